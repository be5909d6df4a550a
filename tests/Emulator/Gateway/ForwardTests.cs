using System.Net.Sockets;
using NetSocket = System.Net.Sockets.Socket;

namespace IoTNet.Emulator.Tests;

/// <summary>The host reaches boards by forwarded ports.</summary>
[TestClass]
public sealed class ForwardTests
{
    [TestMethod]
    public void AddForward_OfTcp_LeadsToTheBoardAndBack()
    {
        using Bench bench = new();
        bench.RunTcpEcho(7);
        Forward forward = bench.Forward(ProtocolType.Tcp, 7);

        using NetSocket client = Bench.Connect(forward);
        client.Send([1, 2, 3]);

        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, Bench.ReceiveAll(client, 3));
        client.Shutdown(System.Net.Sockets.SocketShutdown.Both);
    }

    [TestMethod]
    public void AddForward_OfTcp_ServesNetcat()
    {
        using Bench bench = new();
        bench.RunTcpEcho(7);
        Forward forward = bench.Forward(ProtocolType.Tcp, 7);

        System.Diagnostics.ProcessStartInfo start = new("nc.openbsd", ["-N", "-w", "10", "127.0.0.1", forward.Host.Port.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using System.Diagnostics.Process netcat = System.Diagnostics.Process.Start(start)!;
        netcat.StandardInput.Write("hello board\n");
        netcat.StandardInput.Close();

        Assert.AreEqual("hello board\n", netcat.StandardOutput.ReadToEnd());
        Assert.IsTrue(netcat.WaitForExit(Bench.PatienceMs));
        Assert.AreEqual(0, netcat.ExitCode);
    }

    [TestMethod]
    public void SendTo_TheHostWithMoreThanAFrameHolds_IsDroppedAndCounted()
    {
        using Bench bench = new();
        bench.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            Assert.AreEqual(3000, socket.SendTo(new byte[3000], new IPEndPoint(Bench.Host, 9)));
        });
        bench.JoinPrograms();

        // The three fragments went when lwIP had the host's Ethernet address.
        Assert.IsTrue(SpinWait.SpinUntil(() => bench.Gateway.FramesDropped >= 1, Bench.PatienceMs));
    }

    [TestMethod]
    public void AddForward_OfUdp_LeadsEachPeerToTheBoardAndBack()
    {
        using Bench bench = new();
        bench.RunUdpEcho(7, 4);
        Forward forward = bench.Forward(ProtocolType.Udp, 7);
        using UdpClient first = new("127.0.0.1", forward.Host.Port);
        using UdpClient second = new("127.0.0.1", forward.Host.Port);
        first.Client.ReceiveTimeout = second.Client.ReceiveTimeout = Bench.PatienceMs;

        System.Net.IPEndPoint? from = null;
        for (byte i = 0; i < 2; i++)
        {
            first.Send([1, i]);
            second.Send([2, i]);
            CollectionAssert.AreEqual(new byte[] { 1, i }, first.Receive(ref from));
            CollectionAssert.AreEqual(new byte[] { 2, i }, second.Receive(ref from));
        }
    }

    [TestMethod]
    public void AddForward_WithPort0_TellsThePortThatWasTaken()
    {
        using Bench bench = new();
        Forward[] forwards =
        [
            bench.Forward(ProtocolType.Tcp, 7), bench.Forward(ProtocolType.Tcp, 7), bench.Forward(ProtocolType.Udp, 7),
        ];

        Assert.IsTrue(forwards.All(f => f.Host.Port > 0));
        Assert.AreNotEqual(forwards[0].Host.Port, forwards[1].Host.Port);
        CollectionAssert.AreEqual(forwards, bench.Gateway.Forwards.ToArray());
    }

    [TestMethod]
    public void AddForward_OfAPortInUse_NamesAddressAndPort()
    {
        using Bench bench = new();
        TcpListener listener = Bench.Listen();
        using (listener)
        {
            int port = Bench.PortOf(listener);
            SocketException refused = Assert.ThrowsExactly<SocketException>(
                () => bench.Gateway.AddForward(ProtocolType.Tcp, Bench.LoopbackPort(port), new IPEndPoint(bench.Board.Options.Address, 7)));

            Assert.AreEqual(Errno.EADDRINUSE, refused.Errno);
            StringAssert.Contains(refused.Message, "TCP 127.0.0.1:" + port);
        }

        Assert.IsEmpty(bench.Gateway.Forwards);
    }

    [TestMethod]
    public void AddForward_OfAPortThatAnotherForwardHas_IsRefused()
    {
        using Bench bench = new();
        Forward first = bench.Forward(ProtocolType.Udp, 7);

        SocketException refused = Assert.ThrowsExactly<SocketException>(() => bench.Network.AddForward(first with { BoardPort = 8 }));

        Assert.AreEqual(Errno.EADDRINUSE, refused.Errno);
    }

    [TestMethod]
    public void AddForward_OfAForeignAddress_SaysSo()
    {
        using Bench bench = new();

        // 192.0.2.0/24 is for documentation (RFC 5737): no machine has it.
        SocketException refused = Assert.ThrowsExactly<SocketException>(() => bench.Network.AddForward(Emulator.Forward.Parse("tcp:192.0.2.1:0:7")));

        Assert.AreEqual(Errno.EADDRNOTAVAIL, refused.Errno);
        StringAssert.Contains(refused.Message, "192.0.2.1");
    }

    [TestMethod]
    public void AddForward_ToAnUnknownBoard_NamesThoseThatAreThere()
    {
        using Bench bench = new();

        ArgumentException refused = Assert.ThrowsExactly<ArgumentException>(
            () => bench.Network.AddForward(Emulator.Forward.Parse("tcp:127.0.0.1:0:sensor1:7")));

        StringAssert.Contains(refused.Message, "sensor1");
        StringAssert.Contains(refused.Message, "board1");
    }

    [TestMethod]
    public void RemoveForward_OfOneThatIsOpen_FreesThePort()
    {
        using Bench bench = new();
        Forward forward = bench.Forward(ProtocolType.Tcp, 7);

        Assert.IsTrue(bench.Gateway.RemoveForward(forward));
        Assert.IsFalse(bench.Gateway.RemoveForward(forward));
        Assert.ThrowsExactly<System.Net.Sockets.SocketException>(() => Bench.Connect(forward));
        Assert.AreEqual(forward, bench.Network.AddForward(forward));
    }
}
