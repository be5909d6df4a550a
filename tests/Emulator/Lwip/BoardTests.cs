namespace IoTNet.Emulator.Tests;

/// <summary>Boards: power, programs and state.</summary>
[TestClass]
public sealed class BoardTests
{
    private const int PatienceMs = 10_000;

    [TestMethod]
    public void Run_AProgram_OpensItsSocketsOnTheBoard()
    {
        Cable cable = new();
        using EmulatedBoard a = On("a", 1, cable.A);
        using EmulatedBoard b = On("b", 2, cable.B);
        using ManualResetEventSlim listening = new();
        BoardProgram server = b.Run(() =>
        {
            using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Any, 7));
            listener.Listen(1);
            listening.Set();
            using Socket connection = listener.Accept();
            byte[] buffer = new byte[8];
            connection.Send(buffer, 0, connection.Receive(buffer), SocketFlags.None);
        });
        byte[] answer = new byte[8];
        BoardProgram client = a.Run(() =>
        {
            listening.Wait();
            Assert.AreSame(a, EmulatedBoard.Current);

            // Threads that a program starts are the board's as well.
            Thread second = new(() =>
            {
                using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Connect(new IPEndPoint(IPAddress.Parse("10.0.0.2"), 7));
                socket.Send([1, 2, 3]);
                socket.Receive(answer, 0, 3, SocketFlags.WaitAll);
            });
            second.Start();
            second.Join();
        });
        AssertEnded(client);
        AssertEnded(server);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, answer[..3]);
        Assert.IsNull(EmulatedBoard.Current);
        Assert.AreEqual(0, a.GetState().OpenSockets + b.GetState().OpenSockets);
    }

    [TestMethod]
    public void PowerOff_UnderABlockedCall_EndsIt()
    {
        Cable cable = new();
        using EmulatedBoard board = On("a", 1, cable.A);
        int result = 0, afterwards = 0;
        using ManualResetEventSlim waiting = new();
        BoardProgram program = board.Run(() =>
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Any, 7));
            waiting.Set();
            result = socket.TryReceive(new byte[1], 0, 1, SocketFlags.None);
            afterwards = socket.TryReceive(new byte[1], 0, 1, SocketFlags.None);
            socket.Close();
        });
        waiting.Wait();
        board.PowerOff();
        AssertEnded(program);
        Assert.IsTrue(result is -(int)Errno.EINTR or -(int)Errno.EBADF, "during: " + result);
        Assert.AreEqual(-(int)Errno.EBADF, afterwards, "after");
    }

    [TestMethod]
    public void PowerOff_Afterwards_NewSocketsFailWithENETDOWN()
    {
        Cable cable = new();
        using EmulatedBoard board = On("a", 1, cable.A);
        using ManualResetEventSlim off = new();
        Errno error = Errno.None;
        BoardProgram program = board.Run(() =>
        {
            off.Wait();
            try
            {
                new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp).Close();
            }
            catch (SocketException e)
            {
                error = e.Errno;
            }
        });
        board.PowerOff();
        off.Set();
        AssertEnded(program);
        Assert.AreEqual(Errno.ENETDOWN, error);
    }

    [TestMethod]
    public void PowerOff_WithAConnection_SendsNothing()
    {
        Cable cable = new();
        using EmulatedBoard a = On("a", 1, cable.A);
        using EmulatedBoard b = On("b", 2, cable.B);
        Socket listener = Listen(b);
        Socket client = Open(a);
        client.Connect(new IPEndPoint(IPAddress.Parse("10.0.0.2"), 7), PatienceMs);
        Assert.IsTrue(listener.Accept(PatienceMs, out Socket server));
        long sent = cable.A.Sent;
        a.PowerOff();
        Assert.AreEqual(sent, cable.A.Sent, "frames at power-off");
        Assert.AreEqual(PollEvents.None, server.Wait(PollEvents.In, 100), "what the peer sees");
        server.Close();
        listener.Close();
        Assert.AreEqual(0, b.GetState().OpenSockets);
    }

    [TestMethod]
    public void Reset_WithAConnection_PeerLearnsOfItWhenItSends()
    {
        Cable cable = new();
        using EmulatedBoard a = On("a", 1, cable.A);
        using EmulatedBoard b = On("b", 2, cable.B);
        Socket listener = Listen(b);
        Socket client = Open(a);
        client.Connect(new IPEndPoint(IPAddress.Parse("10.0.0.2"), 7), PatienceMs);
        Assert.IsTrue(listener.Accept(PatienceMs, out Socket server));
        a.Reset();
        Assert.AreEqual(2, a.GetState().PowerCycles);

        // RFC 9293 3.5.1: a host that has crashed answers a segment of the half-open connection with a reset.
        server.Send([1]);
        server.ReceiveTimeout = PatienceMs;
        Assert.AreEqual(-(int)Errno.ECONNRESET, server.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        server.Close();
        listener.Close();
    }

    [TestMethod]
    public void Run_AProgramThatThrows_EndsOnlyItself()
    {
        Cable cable = new();
        using EmulatedBoard board = On("a", 1, cable.A);
        BoardProgram program = board.Run(() => throw new InvalidOperationException("on purpose"));
        Assert.IsTrue(program.Join(PatienceMs));
        Assert.AreEqual("on purpose", program.Failure!.Message);
        Assert.IsTrue(board.IsOn);
    }

    [TestMethod]
    public void Members_OfABoardThatIsOff_SaySo()
    {
        Cable cable = new();
        using EmulatedBoard board = new(new BoardOptions { Name = "a" }, cable.A);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => board.Run(() => { })).Message, "a is off");
        Assert.IsFalse(board.IsOn);
        Assert.AreEqual(default, board.GetState());
        board.PowerOff();
        board.PowerOn();
        board.PowerOn();
        Assert.AreEqual(1, board.GetState().PowerCycles);
    }

    [TestMethod]
    public void HardwareAddressOf_AName_IsItsOwnAndLocal()
    {
        Assert.AreEqual(BoardOptions.HardwareAddressOf("a"), BoardOptions.HardwareAddressOf("a"));
        Assert.AreNotEqual(BoardOptions.HardwareAddressOf("a"), BoardOptions.HardwareAddressOf("b"));

        // IEEE 802: bit 0 = group, bit 1 = locally administered.
        Assert.AreEqual(2, BoardOptions.HardwareAddressOf("a").GetAddressBytes()[0] & 3);
    }

    private static EmulatedBoard On(string name, int number, IFrameWire cable)
    {
        EmulatedBoard board = new(
            new BoardOptions { Name = name, Profile = BoardProfile.Unlimited, Address = IPAddress.Parse("10.0.0." + number) }, cable);
        board.PowerOn();
        return board;
    }

    private static Socket Open(EmulatedBoard board)
    {
        return new Socket(board.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    }

    private static Socket Listen(EmulatedBoard board)
    {
        Socket listener = Open(board);
        listener.Bind(new IPEndPoint(IPAddress.Any, 7));
        listener.Listen(1);
        return listener;
    }

    private static void AssertEnded(BoardProgram program)
    {
        Assert.IsTrue(program.Join(PatienceMs), "the program hangs");
        Assert.IsNull(program.Failure, program.Failure?.ToString());
    }
}
