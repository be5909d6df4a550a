using System.Reflection;

namespace IoTNet.Tests;

/// <summary>A board whose stack has no loopback interface: its sockets move to the in-memory stack when, and only when,
/// their first address lies within the board.</summary>
[TestClass]
public sealed class NetworkStackTests
{
    private readonly BoardWithoutLoopback _board = new();
    private readonly LoopbackStack _local = new();
    private readonly NetworkStack _stacks;

    public NetworkStackTests()
    {
        _stacks = new NetworkStack(_board, _local);
    }

    [TestMethod]
    public void Bind_LoopbackAddress_MovesTheSocketAndFreesTheBoards()
    {
        using Socket socket = Open(SocketType.Stream);
        Assert.AreSame(_board, socket.Stack);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.AreSame(_local, socket.Stack);
        Assert.AreEqual(0, _board.Inner.OpenSockets);
    }

    [TestMethod]
    public void Bind_AnyAddress_StaysOnTheBoardsStack()
    {
        using Socket socket = Open(SocketType.Stream);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        Assert.AreSame(_board, socket.Stack);
        Assert.AreEqual(0, _local.OpenSockets);
    }

    [TestMethod]
    public void Connect_LoopbackAddress_ReachesAListenerOfTheSameBoard()
    {
        using Socket listener = Open(SocketType.Stream);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using Socket client = Open(SocketType.Stream);
        client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
        client.Connect(listener.LocalEndPoint);
        Assert.IsTrue(listener.Accept(1000, out Socket accepted));
        accepted.Close();
        Assert.AreEqual(1, client.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay), "an option set before the move is kept");
    }

    [TestMethod]
    public void SendTo_LoopbackAddress_ReachesADatagramSocketOfTheSameBoard()
    {
        using Socket receiver = Open(SocketType.Dgram);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Socket sender = Open(SocketType.Dgram);
        sender.SendTo([1, 2, 3], receiver.LocalEndPoint);
        byte[] buffer = new byte[8];
        EndPoint? from = null;
        Assert.AreEqual(3, receiver.ReceiveFrom(buffer, ref from));
        Assert.AreEqual(sender.LocalEndPoint.ToString(), from!.ToString()!.Replace("127.0.0.1", "0.0.0.0"));
    }

    [TestMethod]
    public void Wait_SocketsOfTwoStacks_SeesTheEventOfEither()
    {
        using Socket onBoard = Open(SocketType.Dgram);
        onBoard.Bind(new IPEndPoint(IPAddress.Any, 0));
        using Socket inMemory = Open(SocketType.Dgram);
        inMemory.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Poller poller = new();
        int first = poller.Add(onBoard, PollEvents.In);
        int second = poller.Add(inMemory, PollEvents.In);
        Assert.AreEqual(0, poller.Wait(0));

        using Socket sender = Open(SocketType.Dgram);
        sender.SendTo([1], inMemory.LocalEndPoint);
        Assert.AreEqual(1, poller.Wait(10_000));
        Assert.AreEqual(PollEvents.None, poller.GetEvents(first));
        Assert.AreEqual(PollEvents.In, poller.GetEvents(second));

        inMemory.Receive(new byte[1]);
        onBoard.Close();
        Assert.AreEqual(1, poller.Wait(10_000));
        Assert.AreEqual(PollEvents.Nval, poller.GetEvents(first));
        Assert.AreEqual(PollEvents.None, poller.GetEvents(second));
    }

    [TestMethod]
    public void Bind_OfASocketThatIsClosedAsItMoves_LeavesNothingOpen()
    {
        LoopbackStack local = new();
        ILocalStack hooked = DispatchProxy.Create<ILocalStack, Hook>();
        NetworkStack stacks = new(_board, hooked);
        Socket socket = new(stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        ((Hook)hooked).Set(local, socket.Close);
        Assert.AreEqual(-(int)Errno.EBADF, socket.TryBind(new IPEndPoint(IPAddress.Loopback, 0).Serialize()));
        Assert.AreEqual(0, local.OpenSockets);
        Assert.AreEqual(0, _board.Inner.OpenSockets);
    }

    [TestMethod]
    public void Bind_OfASocketThatAnotherThreadMovesAndBinds_LeavesItThere()
    {
        LoopbackStack local = new();
        ILocalStack hooked = DispatchProxy.Create<ILocalStack, Hook>();
        NetworkStack stacks = new(_board, hooked);
        using Socket socket = new(stacks, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Thread? other = null;
        string? bound = null;
        ((Hook)hooked).Set(local, () =>
        {
            if (other == null)
            {
                other = new Thread(() => bound = socket.TryBind(new IPEndPoint(IPAddress.Loopback, 0).Serialize()) < 0
                    ? null : socket.LocalEndPoint.ToString());
                other.Start();
                other.Join();
            }
        });
        Assert.AreEqual(-(int)Errno.EINVAL, socket.TryBind(new IPEndPoint(IPAddress.Loopback, 0).Serialize()), "it is bound");
        Assert.AreEqual(bound, socket.LocalEndPoint.ToString());
        Assert.AreEqual(1, local.OpenSockets);
        Assert.AreEqual(0, _board.Inner.OpenSockets);
    }

    [TestMethod]
    public void UseSource_GivesAnotherBoard_NewSocketsAreItsOwn()
    {
        NetworkStack.UseSource(() => _stacks);
        try
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            Assert.AreSame(_board, socket.Stack);
        }
        finally
        {
            NetworkStack.UseSource(null);
        }
    }

    private Socket Open(SocketType type) => new(_stacks, AddressFamily.InterNetwork, type, ProtocolType.Unspecified);

    public class Hook : DispatchProxy
    {
        private LoopbackStack _inner = null!;
        private Action _onOpen = null!;

        public void Set(LoopbackStack inner, Action onOpen)
        {
            _inner = inner;
            _onOpen = onOpen;
        }

        protected override object? Invoke(MethodInfo? method, object?[]? arguments)
        {
            object? answer = method!.Invoke(_inner, arguments);
            if (method.Name == nameof(INetworkStack.Open))
            {
                _onOpen();
            }

            return answer;
        }
    }

    private sealed class BoardWithoutLoopback : INetworkStack
    {
        public LoopbackStack Inner { get; } = new();

        public string Name => "board";

        public bool HasLoopback => false;

        public string DescribeExhaustion() => Inner.DescribeExhaustion();

        public int Open(AddressFamily family, SocketType type, ProtocolType protocol) => Inner.Open(family, type, protocol);

        public int Close(int handle) => Inner.Close(handle);

        public int Bind(int handle, SocketAddress local) => Inner.Bind(handle, local);

        public int Listen(int handle, int backlog) => Inner.Listen(handle, backlog);

        public int Accept(int handle, SocketAddress peer, int timeoutMs) => Inner.Accept(handle, peer, timeoutMs);

        public int Connect(int handle, SocketAddress remote, int timeoutMs) => Inner.Connect(handle, remote, timeoutMs);

        public int Shutdown(int handle, SocketShutdown how) => Inner.Shutdown(handle, how);

        public int Send(int handle, byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs) =>
            Inner.Send(handle, buffer, offset, count, flags, to, timeoutMs);

        public int Receive(int handle, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, int timeoutMs) =>
            Inner.Receive(handle, buffer, offset, count, ref flags, from, timeoutMs);

        public int SendMsg(int handle, SocketMessage message, int timeoutMs) => Inner.SendMsg(handle, message, timeoutMs);

        public int ReceiveMsg(int handle, SocketMessage message, int timeoutMs) => Inner.ReceiveMsg(handle, message, timeoutMs);

        public int GetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length) =>
            Inner.GetOption(handle, level, name, value, length);

        public int SetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length) =>
            Inner.SetOption(handle, level, name, value, length);

        public int GetLocalAddress(int handle, SocketAddress local) => Inner.GetLocalAddress(handle, local);

        public int GetRemoteAddress(int handle, SocketAddress remote) => Inner.GetRemoteAddress(handle, remote);

        public int Poll(int handle, PollEvents events, int timeoutMs) => Inner.Poll(handle, events, timeoutMs);

        public int PollMany(int[] handles, int[] events, int[] results, int count, int timeoutMs) =>
            Inner.PollMany(handles, events, results, count, timeoutMs);
    }
}
