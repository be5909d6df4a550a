using System.Xml.Linq;

namespace IoTNet.Emulator.Tests;

[TestClass]
public sealed class SequenceDiagramTests
{
    private long _ms;

    [TestMethod]
    public void WriteTo_RealTraffic_ShowsAConnectionFromBeginningToEnd()
    {
        SequenceDiagram diagram = new() { Title = "TCP echo" };
        using (RealTraffic traffic = new(seed: 11))
        {
            traffic.Network.Switch.Attach(diagram);
            traffic.Echo(20_000);
            traffic.Network.Switch.Detach(diagram);
        }

        string svg = Draw(diagram);

        string[] order = [">client</text>", "who has 10.0.2.15?", ">SYN</text>", ">SYN ACK</text>", "connected</text>", "PSH ACK  1,000 B", "client has sent all</text>"];
        int[] places = [.. order.Select(text => svg.IndexOf(text, StringComparison.Ordinal))];
        CollectionAssert.AreEqual(places.Order().ToArray(), places);
        Assert.IsGreaterThan(0, places[0]);
        StringAssert.Contains(svg, " segments, ");
    }

    [TestMethod]
    public void WriteTo_Faults_AreDrawnAndToldInTheMargin()
    {
        SequenceDiagram diagram = new();
        Handshake(diagram);
        Show(diagram, Frames.Tcp(1, 2, TcpFlags.Ack, 101, 501, 100), FrameFate.Lost);
        _ms += 300;
        Show(diagram, Frames.Tcp(1, 2, TcpFlags.Ack, 101, 501, 100), FrameFate.Lost);
        Show(diagram, Frames.Tcp(1, 2, TcpFlags.Ack, 101, 501, 100));
        Show(diagram, Frames.Tcp(1, 2, TcpFlags.Ack, 201, 501, 100), FrameFate.Corrupted);
        Show(diagram, Frames.Tcp(1, 2, TcpFlags.Ack, 301, 501, 100), FrameFate.Duplicated);
        Show(diagram, Frames.Tcp(1, 2, TcpFlags.Ack, 401, 501, 100), FrameFate.Reordered);
        Show(diagram, Frames.Tcp(2, 1, TcpFlags.Rst | TcpFlags.Ack, 501, 501, 0, 7, 49153));

        string svg = Draw(diagram);

        // The cross halfway between the lanes at 176 and 536.
        StringAssert.Contains(svg, "<line class=\"lost cross\" x1=\"350\"");
        StringAssert.Contains(svg, ">301 ms of silence<");
        foreach (string note in new[] { "lost", "lost; again, after 301 ms", "again, after 302 ms", "one bit turned", "delivered twice", "held back", "reset" })
        {
            StringAssert.Contains(svg, $">{note}</text>");
        }
    }

    [TestMethod]
    public void WriteTo_LostOnTheWayOut_EndsTheArrowCloseToTheReceiver()
    {
        SequenceDiagram diagram = new();
        Greet(diagram);
        Show(diagram, Frames.Tcp(1, 2, TcpFlags.Syn, 100, 0));
        Show(diagram, Frames.Tcp(2, 1, TcpFlags.Syn | TcpFlags.Ack, 500, 101, 0, 7, 49153));
        byte[] last = Frames.Tcp(1, 2, TcpFlags.Ack, 101, 501);
        Show(diagram, last);
        ShowOut(diagram, "node-2", last, FrameFate.Lost);
        byte[] data = Frames.Tcp(1, 2, TcpFlags.Ack, 101, 501, 100);
        Show(diagram, data);
        ShowOut(diagram, "node-2", data, FrameFate.Duplicated);

        string svg = Draw(diagram);

        // One arrow a frame: its cross is 24 before the lane at 536.
        Assert.AreEqual(2 + 4, svg.Split("<g>").Length - 1, "arrows");
        StringAssert.Contains(svg, "<line class=\"lost cross\" x1=\"506\"");
        StringAssert.Contains(svg, ">6 frames in 5.0 ms, 1 dropped<");
        StringAssert.Contains(svg, ">lost \u2192 node-2</text>");
        StringAssert.Contains(svg, ">delivered twice \u2192 node-2; connected</text>", "the ACK that was lost did not connect");
        Assert.IsFalse(svg.Contains("again,", StringComparison.Ordinal), "nothing was sent again");
    }

    [TestMethod]
    public void WriteTo_ABroadcastThatOneDidNotGet_IsAnArrowForAllAndOneForIt()
    {
        SequenceDiagram diagram = new();
        Greet(diagram);
        Show(diagram, Frames.Arp(1, 1, 9));
        ShowOut(diagram, "node-2", Frames.Arp(1, 1, 9), FrameFate.Partitioned);

        string svg = Draw(diagram);

        Assert.AreEqual(4, svg.Split("<g>").Length - 1, "arrows");
        StringAssert.Contains(svg, "<line class=\"lost cross\" x1=\"506\"");
        StringAssert.Contains(svg, ">partitioned \u2192 node-2</text>");
        StringAssert.Contains(svg, ">3 frames in ");
    }

    [TestMethod]
    public void WriteTo_CorruptedOnTheWayOut_ShowsBothAndTrustsTheFirst()
    {
        SequenceDiagram diagram = new();
        Greet(diagram);
        byte[] data = Frames.Tcp(1, 2, TcpFlags.Ack, 101, 501, 100);
        Show(diagram, data);
        data[^1] ^= 4;
        ShowOut(diagram, "node-2", data, FrameFate.Corrupted);

        string svg = Draw(diagram);

        StringAssert.Contains(svg, ">one bit turned \u2192 node-2</text>");
        Assert.IsFalse(svg.Contains("again,", StringComparison.Ordinal), "nothing was sent again");
    }

    [TestMethod]
    public void WriteTo_LongRuns_FoldsThem()
    {
        SequenceDiagram diagram = new();
        Handshake(diagram);
        for (uint i = 0; i < 40; i++)
        {
            Show(diagram, Frames.Tcp(1, 2, TcpFlags.Ack, 101 + (i * 1000), 501, 1000));
            Show(diagram, Frames.Tcp(2, 1, TcpFlags.Ack, 501, 1101 + (i * 1000), 0, 7, 49153));
        }

        string svg = Draw(diagram);

        StringAssert.Contains(svg, "\u2026 77 segments, 39,000 B \u2192, 76 ms<");
        Assert.AreEqual(3 + 2 + 1, svg.Split("<g>").Length - 1, "arrows");
    }

    [TestMethod]
    public void WriteTo_ACaptureOfThousandsOfFaults_HasABoundedHeight()
    {
        SequenceDiagram diagram = new() { MaxRows = 60 };
        Handshake(diagram);
        for (uint i = 0; i < 5_000; i++)
        {
            Show(diagram, Frames.Tcp(1, 2, TcpFlags.Ack, 101 + (i / 2 * 100), 501, 100), i % 2 == 0 ? FrameFate.Lost : FrameFate.Passed);
        }

        string svg = Draw(diagram);

        Assert.IsLessThan(2_200, (int)XDocument.Parse(svg).Root!.Attribute("height")!);
        StringAssert.Contains(svg, ">5,003 frames in 5.00 s, 2,500 dropped, 2,500 sent again<");
        StringAssert.Contains(svg, "\u2026 4,944 frames, 494,");
    }

    [TestMethod]
    public void Observe_MoreThanItKeeps_SaysHowMuchIsMissing()
    {
        SequenceDiagram diagram = new() { MaxFrames = 3 };
        Handshake(diagram);
        Handshake(diagram);

        Assert.AreEqual(3, diagram.Missed);
        StringAssert.Contains(Draw(diagram), "; 3 more are not drawn<");
    }

    [TestMethod]
    public void WriteTo_NamesThatAreMarkup_AreEscaped()
    {
        SequenceDiagram diagram = new(new HostNames(a => a.ToString() == "10.0.0.1" ? "<a & \"b\">\u0001" : null)) { Title = "</title>" };
        Handshake(diagram);

        string svg = Draw(diagram);

        StringAssert.Contains(svg, ">&lt;a &amp; &quot;b&quot;&gt;?<");
        StringAssert.Contains(svg, "<title>&lt;/title&gt;</title>");
    }

    [TestMethod]
    public void WriteTo_NothingOrAnything_IsWholeXml()
    {
        const int Seed = 9;
        Random random = new(Seed);
        Draw(new SequenceDiagram());
        SequenceDiagram diagram = new();
        for (int i = 0; i < 5_000; i++)
        {
            byte[] frame = i % 3 == 0 ? Frames.IPv6(1, 2, 58, new byte[40]) : Frames.Tcp(random.Next(20), random.Next(20), TcpFlags.Ack, 5, 6, 7);
            frame[random.Next(frame.Length)] = (byte)random.Next(256);
            FrameFate fate = (FrameFate)random.Next(10);
            Show(diagram, frame, fate);
            if (i % 4 == 0)
            {
                ShowOut(diagram, "node-" + (i % 7), frame, fate);
            }
        }

        Draw(diagram);
    }

    private void Handshake(SequenceDiagram diagram)
    {
        Show(diagram, Frames.Tcp(1, 2, TcpFlags.Syn, 100, 0));
        Show(diagram, Frames.Tcp(2, 1, TcpFlags.Syn | TcpFlags.Ack, 500, 101, 0, 7, 49153));
        Show(diagram, Frames.Tcp(1, 2, TcpFlags.Ack, 101, 501));
    }

    // The switch shows which port an address is at.
    private void Greet(SequenceDiagram diagram)
    {
        diagram.Observe(Seen.In("node-1", DateTimeOffset.UnixEpoch.AddMilliseconds(_ms++)), Frames.Arp(1, 1, 2));
        diagram.Observe(Seen.In("node-2", DateTimeOffset.UnixEpoch.AddMilliseconds(_ms++)), Frames.Arp(2, 2, 1));
    }

    // What becomes of the frame before it, on its way out.
    private void ShowOut(SequenceDiagram diagram, string port, byte[] frame, FrameFate fate) =>
        diagram.Observe(Seen.Out(port, DateTimeOffset.UnixEpoch.AddMilliseconds(_ms - 1), fate), frame);

    // A frame each millisecond.
    private void Show(SequenceDiagram diagram, byte[] frame, FrameFate fate = FrameFate.Passed)
    {
        diagram.Observe(Seen.In("", DateTimeOffset.UnixEpoch.AddMilliseconds(_ms++), fate), frame);
    }

    private static string Draw(SequenceDiagram diagram)
    {
        using StringWriter text = new();
        diagram.WriteTo(text);
        _ = XDocument.Parse(text.ToString());
        return text.ToString();
    }
}
