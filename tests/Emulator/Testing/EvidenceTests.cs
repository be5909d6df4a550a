namespace IoTNet.Emulator.Tests;

/// <summary>What a failed test leaves, and that one that passes leaves nothing.</summary>
[TestClass]
public sealed class EvidenceTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "TestNetwork");

    [TestMethod]
    public void Run_WithAFailedAssertion_LeavesCaptureTraceAndSeed()
    {
        TestNetworkException failure = Nets.Fails(net =>
        {
            Nets.Echo(net);
            Assert.IsNull(net, "the assertion's own text");
        });

        Assert.IsInstanceOfType<AssertFailedException>(failure.InnerException);
        StringAssert.StartsWith(failure.Message, failure.InnerException.Message);
        Assert.Contains($"IOTNET_SEED={failure.Seed}", failure.Message);
        Assert.Contains(failure.CapturePath!, failure.Message);
        Assert.Contains(failure.TracePath!, failure.Message);
        string name = $"EvidenceTests.{nameof(Run_WithAFailedAssertion_LeavesCaptureTraceAndSeed)}";
        Assert.AreEqual(Path.Combine(s_folder, name + ".pcapng"), failure.CapturePath);
        Assert.AreEqual(Path.Combine(s_folder, name + ".trace.txt"), failure.TracePath);

        CapturedFrame[] frames = Frames(failure);
        Assert.IsTrue(frames.Any(frame => frame.Port == "a") && frames.Any(frame => frame.Port == "b"));
        string trace = File.ReadAllText(failure.TracePath!);
        Assert.Contains("the assertion's own text", trace);
        Assert.Contains($"seed {failure.Seed}", trace);
        Assert.Contains("a (esp32), 10.0.2.15: frames from it ", trace);

        // The opening of the connection, with the boards' names.
        Assert.MatchesRegex(@"\ba:\d+ +-> b:7 .*SYN", trace);
    }

    [TestMethod]
    public void Run_WithALossyLink_TracesWhatWasLost()
    {
        TestNetworkException failure = Nets.Fails(net =>
        {
            EmulatedBoard sensor = net.AddBoard("sensor");
            net.PortOf(sensor).FromDevice = new LinkConditions { Loss = 1 };
            net.Wait(sensor.Run(() =>
            {
                using Socket socket = Nets.Udp();
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, 1);
                socket.SendTo([1], new IPEndPoint(IPAddress.Broadcast, 9));
            }));
            Assert.Fail();
        });
        Assert.IsTrue(Frames(failure).Any(frame => frame.Fate == FrameFate.Lost));
        string trace = File.ReadAllText(failure.TracePath!);
        Assert.Contains("LOST", trace);
        Assert.MatchesRegex(@"sensor \(esp32\), 10\.0\.2\.15: frames from it .*\d Lost; to it none", trace);
    }

    [TestMethod]
    public void Run_WithALossyReceiver_TracesWhatItDidNotGet()
    {
        TestNetworkException failure = Nets.Fails(net =>
        {
            EmulatedBoard sensor = net.AddBoard("sensor");
            net.PortOf(net.AddBoard("display")).ToDevice = new LinkConditions { Loss = 1 };
            net.Wait(sensor.Run(() =>
            {
                using Socket socket = Nets.Udp();
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, 1);
                socket.SendTo([1], new IPEndPoint(IPAddress.Broadcast, 9));
            }));
            Assert.Fail();
        });
        Assert.IsTrue(Frames(failure).Any(frame => frame is { Port: "display", Direction: FrameDirection.ToDevice, Fate: FrameFate.Lost }));
        Assert.MatchesRegex(@"\bsensor:\d+ +-x all:9 .*LOST -> display", File.ReadAllText(failure.TracePath!));
    }

    [TestMethod]
    public void Run_WithTwoFailuresOfOneName_LeavesBoth()
    {
        TestNetworkException first = Nets.Fails(_ => Assert.Fail("one"));
        TestNetworkException second = Nets.Fails(_ => Assert.Fail("two"));
        Assert.Contains("one", File.ReadAllText(first.TracePath!));
        Assert.Contains("two", File.ReadAllText(second.TracePath!));
    }

    [TestMethod]
    public void Run_WithANameThatIsNoFileName_LeavesFilesAllTheSame()
    {
        TestNetworkException failure = Nets.Fails(_ => Assert.Fail(), "Echo 5/4");
        Assert.AreEqual(Path.Combine(s_folder, "EvidenceTests.Echo_5_4.pcapng"), failure.CapturePath);
        Assert.IsTrue(File.Exists(failure.CapturePath));
    }

    [TestMethod]
    public void Run_ThatPasses_LeavesNothing()
    {
        string[] before = Files();
        TestNetwork.Run(Nets.Echo);
        CollectionAssert.AreEqual(before, Files());
    }

    [TestMethod]
    public void Run_WithMoreFramesThanAreKept_KeepsTheLastOnes()
    {
        const int Sent = 12_000, Bytes = 1400;
        TestNetworkException failure = Nets.Fails(net =>
        {
            net.Wait(net.AddBoard("sensor").Run(() =>
            {
                using Socket socket = Nets.Udp();
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, 1);
                byte[] data = new byte[Bytes];
                for (int i = 0; i < Sent; i++)
                {
                    BitConverter.TryWriteBytes(data, i);
                    socket.SendTo(data, new IPEndPoint(IPAddress.Broadcast, 9));
                }
            }));
            Assert.Fail();
        });
        CapturedFrame[] frames = Frames(failure);
        Assert.IsLessThanOrEqualTo(8 * 1024 * 1024, frames.Sum(frame => frame.Length), "bytes kept");
        Assert.IsGreaterThan(Sent / 3, frames.Length, "frames kept");
        Assert.AreEqual(Sent - 1, BitConverter.ToInt32(frames[^1].Data.Span[^Bytes..]));
        Assert.Contains(" earlier frames", File.ReadAllText(failure.TracePath!));
    }

    private static CapturedFrame[] Frames(TestNetworkException failure)
    {
        using PcapReader reader = new(failure.CapturePath!);
        List<CapturedFrame> frames = [];
        while (reader.TryRead(out CapturedFrame frame))
        {
            frames.Add(frame with { Data = frame.Data.ToArray() });
        }

        return [.. frames];
    }

    private static string[] Files() => Directory.Exists(s_folder) ? [.. Directory.GetFiles(s_folder).Order()] : [];
}
