namespace IoTNet.Apps.Tests;

[TestClass]
public class EchoServerTests
{
    [TestMethod]
    public void Echo_OverTcp_ComesBack()
    {
        using var board = new Board();

        AssertEcho(board.Connect(), 700);
    }

    [TestMethod]
    public void Echo_OverUdp_ComesBack()
    {
        using var board = new Board();

        AssertEcho(board.OpenUdp(), 1472);
    }

    [TestMethod]
    public void Counters_AfterEchoes_TellThem()
    {
        using var board = new Board();
        AssertEcho(board.Connect(), 700);
        AssertEcho(board.OpenUdp(), 30);

        board.Stop();

        Assert.AreEqual(1, board.Server.Accepted);
        Assert.AreEqual(1, board.Server.Datagrams);
        Assert.AreEqual(730, board.Server.BytesIn);
        Assert.AreEqual(730, board.Server.BytesOut);
        Assert.AreEqual(0, board.Server.Clients);
        Assert.AreEqual(0, board.Server.Dropped + board.Server.Refused);
    }

    [TestMethod]
    public void Stop_WhileAnotherThreadStarts_EndsWhatWasStarted()
    {
        LoopbackStack stack = new();
        NetworkStack.Use(stack);
        for (int i = 0; i < 300; i++)
        {
            EchoServer server = new(new EchoServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) });
            Thread starter = new(server.Start);
            starter.Start();
            do
            {
                server.Stop();
            }
            while (!starter.Join(0));

            server.Stop();
            Assert.AreEqual(0, stack.OpenSockets, $"round {i}");
        }
    }

    // Four sockets are the server's two and one client with its two ends; the next client's own end is the fifth, and for
    // the other end there is none: nanoFramework's users meet this as a bare CLR_E_FAIL (Home 926).
    [TestMethod]
    public void Accept_WithAnExhaustedPool_WaitsForAFreeSocket()
    {
        using var board = new Board(maxSockets: 5);
        var first = board.Connect();
        AssertEcho(first, 10);
        var second = board.Connect();
        board.WaitForLog("cannot accept a client now: all 5 sockets of the loopback stack are open");

        first.Close();

        AssertEcho(second, 10);
        board.Stop();
        Assert.AreEqual(1, board.Server.Refused);
    }

    [TestMethod]
    public void Client_BeyondTheLimit_WaitsForAPlace()
    {
        using var board = new Board(o => o.MaxClients = 1);
        var first = board.Connect();
        AssertEcho(first, 10);
        var second = board.Connect();
        second.Send(new byte[10]);

        Assert.AreEqual(-(int)Errno.EAGAIN, second.TryReceive(new byte[10], 0, 10, SocketFlags.DontWait));
        first.Close();

        Assert.AreEqual(10, second.TryReceive(new byte[10], 0, 10, SocketFlags.WaitAll));
    }

    [TestMethod]
    public void Client_ThatClosesItsHalf_GetsTheRest()
    {
        using var board = new Board(o => o.ClientBytes = 7);
        var client = board.Connect();
        var data = Data(1000);
        client.Send(data);
        client.Shutdown(SocketShutdown.Send);

        var answer = new byte[1001];
        var count = client.TryReceive(answer, 0, answer.Length, SocketFlags.WaitAll);

        CollectionAssert.AreEqual(data, answer[..count]);
    }

    [TestMethod]
    public void Client_ThatResets_HarmsNobodyElse()
    {
        using var board = new Board();
        var other = board.Connect();
        AssertEcho(other, 10);
        var client = board.Connect();
        AssertEcho(client, 10);
        client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, 0);

        client.Close();
        board.WaitForLog("gone");

        AssertEcho(other, 10);
    }

    [TestMethod]
    public void Client_ThatIsSilent_IsDisconnected()
    {
        using var board = new Board(o => o.IdleTimeoutMs = 20);

        Assert.AreEqual(0, board.Connect().Receive(new byte[1]));
    }

    [TestMethod]
    [DataRow(19)]
    [DataRow(1023)]
    public void Datagram_FromAServicesPort_IsDropped(int port)
    {
        using var board = new Board();
        board.OpenUdp(port).Send(new byte[10]);
        AssertEcho(board.OpenUdp(), 10);

        board.Stop();

        Assert.AreEqual(1, board.Server.Dropped);
        Assert.AreEqual(1, board.Server.Datagrams);
    }

    [TestMethod]
    public void Datagram_ThatIsTooLong_IsDropped()
    {
        using var board = new Board(o => o.DatagramBytes = 100);
        var client = board.OpenUdp();
        client.Send(new byte[101]);
        AssertEcho(client, 100);

        board.Stop();

        Assert.AreEqual(1, board.Server.Dropped);
    }

    [TestMethod]
    public void Datagrams_SwitchedOff_TakeNoSocket()
    {
        using var board = new Board(o => o.DatagramBytes = 0, maxSockets: 3);

        AssertEcho(board.Connect(), 10);

        Assert.IsNull(board.Server.UdpEndPoint);
    }

    [TestMethod]
    public void Stop_BeforeRun_EndsItAtOnce()
    {
        var stack = new LoopbackStack();
        NetworkStack.Use(stack);
        var server = new EchoServer(new EchoServerOptions());
        server.Stop();

        Assert.AreEqual(0, server.Run());
        Assert.AreEqual(0, stack.OpenSockets);
    }

    [TestMethod]
    public void Stop_AfterStart_WaitsForTheThread()
    {
        var stack = new LoopbackStack();
        NetworkStack.Use(stack);
        var server = new EchoServer(new EchoServerOptions());
        server.Start();

        server.Stop();

        Assert.AreEqual(0, stack.OpenSockets);
    }

    [TestMethod]
    [DataRow(SocketType.Stream)]
    [DataRow(SocketType.Dgram)]
    public void Open_OnAPortInUse_ThrowsAndLeavesNothingOpen(SocketType type)
    {
        var stack = new LoopbackStack();
        NetworkStack.Use(stack);
        using var other = new Socket(AddressFamily.InterNetwork, type, ProtocolType.Unspecified);
        other.Bind(new IPEndPoint(IPAddress.Any, 7));
        if (type == SocketType.Stream)
        {
            other.Listen(1);
        }

        var e = Assert.ThrowsExactly<SocketException>(() => new EchoServer(new EchoServerOptions()).Open());

        Assert.AreEqual(Errno.EADDRINUSE, e.Errno);
        StringAssert.Contains(AppFailure.Explain(e), "choose another port");
        Assert.AreEqual(1, stack.OpenSockets);
    }

    [TestMethod]
    public void Options_OutOfRange_AreNamed()
    {
        AssertRefused("MaxClients is 1 to 1024, not 0.", o => o.MaxClients = 0);
        AssertRefused("ClientBytes is 1 to 65536, not 65537.", o => o.ClientBytes = 65537);
        AssertRefused("DatagramBytes is 0 to 65535, not -1.", o => o.DatagramBytes = -1);
        AssertRefused("IdleTimeoutMs is -1 to 2147483647, not -2.", o => o.IdleTimeoutMs = -2);
    }

    // On a device each allocation is a step towards the next garbage collection.
    [TestMethod]
    public void Echo_InSteadyState_DoesNotAllocate()
    {
        AllocatedBy(10);
        var few = AllocatedBy(10);
        var many = AllocatedBy(2000);

        Assert.IsTrue(many - few < 2000, $"10 echoes allocated {few} bytes, 2000 echoes {many}");
    }

    private static long AllocatedBy(int echoes)
    {
        using var board = new Board();
        var tcp = board.Connect();
        var udp = board.OpenUdp();
        for (var i = 0; i < echoes; i++)
        {
            AssertEcho(tcp, 64);
            AssertEcho(udp, 64);
        }

        board.Stop();
        return board.AllocatedBytes;
    }

    private static void AssertEcho(Socket client, int count)
    {
        var data = Data(count);
        Assert.AreEqual(count, client.Send(data));
        var answer = new byte[count];
        var flags = client.SocketType == SocketType.Stream ? SocketFlags.WaitAll : SocketFlags.None;
        Assert.AreEqual(count, client.TryReceive(answer, 0, count, flags));
        CollectionAssert.AreEqual(data, answer);
    }

    private static void AssertRefused(string text, Action<EchoServerOptions> change)
    {
        var options = new EchoServerOptions();
        change(options);
        var e = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new EchoServer(options));
        Assert.AreEqual(text, e.Message);
    }

    private static byte[] Data(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 31))];
}
