using System.Reflection;

namespace IoTNet.Tests;

/// <summary>A process that has chosen no stack, and a board that has none in memory.</summary>
[TestClass]
[DoNotParallelize]
public sealed class MissingStackTests
{
    private const string UseUnix = "it needs NetworkStack.Use(network, new UnixStack())";
    private const string UseLoopback = "it needs NetworkStack.Use(network, new LoopbackStack())";

    // No test of this assembly calls Use before this one does.
    private static readonly NetworkStack s_none = NetworkStack.Current;

    private readonly LoopbackStack _inner = new();
    private NetworkStack _current = s_none;

    [TestInitialize]
    public void ChooseTheStack() => NetworkStack.UseSource(() => _current);

    [TestCleanup]
    public void NothingIsLeftOpen()
    {
        NetworkStack.UseSource(null);
        Assert.AreEqual(0, _inner.OpenSockets);
    }

    [TestMethod]
    [DataRow(AddressFamily.InterNetwork, SocketType.Stream)]
    [DataRow(AddressFamily.InterNetworkV6, SocketType.Dgram)]
    [DataRow(AddressFamily.Unix, SocketType.Stream)]
    public void Open_BeforeAnyUse_IsEnetdownAndSaysWhatToDo(AddressFamily family, SocketType type)
    {
        SocketException error = Assert.ThrowsExactly<SocketException>(() => new Socket(family, type, ProtocolType.Unspecified));
        Assert.AreEqual(Errno.ENETDOWN, error.Errno);
        StringAssert.EndsWith(error.Message, "(ENETDOWN): no network stack: call NetworkStack.Use(...)");
    }

    [TestMethod]
    public void Pair_BeforeAnyUse_IsEnetdownAndSaysWhatToDo()
    {
        SocketException error = Assert.ThrowsExactly<SocketException>(() => Pair());
        Assert.AreEqual(Errno.ENETDOWN, error.Errno);
        StringAssert.EndsWith(error.Message, "no network stack: call NetworkStack.Use(...)");
    }

    [TestMethod]
    public void Use_OfAStackInMemory_ServesTrafficWithinTheBoardAsWell()
    {
        _current = NetworkStack.Use(_inner);
        Assert.AreSame(_inner, _current.Network);
        Assert.AreSame(_inner, _current.Local);
        Close(Pair());
    }

    [TestMethod]
    public void Use_OfANetworkStack_HasNothingInMemory()
    {
        NetworkStack used = NetworkStack.Use(new NullStack());
        NetworkStack.UseSource(null);
        Assert.AreSame(used, NetworkStack.Current);
        Assert.IsNull(used.Local);
    }

    [TestMethod]
    public void Use_OfBoth_OpensEachSocketOnItsOwn()
    {
        IBoard board = Board(true);
        LoopbackStack local = new();
        _current = NetworkStack.Use(board, local);
        using Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using Socket unix = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Assert.AreSame(board, tcp.Stack);
        Assert.AreSame(local, unix.Stack);
    }

    [TestMethod]
    public void Open_UnixWithoutAStackInMemory_IsEafnosupportAndSaysWhatToDo()
    {
        _current = new NetworkStack(Board(true), null);
        SocketException error = Assert.ThrowsExactly<SocketException>(
            () => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
        Assert.AreEqual(Errno.EAFNOSUPPORT, error.Errno);
        StringAssert.Contains(error.Message, UseUnix);
    }

    [TestMethod]
    public void Open_OfAnUnknownFamilyWithoutAStackInMemory_DoesNotBlameIt()
    {
        _current = new NetworkStack(Board(true), null);
        SocketException error = Assert.ThrowsExactly<SocketException>(
            () => new Socket((AddressFamily)99, SocketType.Stream, ProtocolType.Unspecified));
        Assert.AreEqual(Errno.EAFNOSUPPORT, error.Errno);
        Assert.IsFalse(error.Message.Contains(UseUnix), error.Message);
    }

    [TestMethod]
    public void Pair_WithoutAStackInMemory_IsEafnosupportAndSaysWhatToDo()
    {
        _current = new NetworkStack(Board(true), null);
        SocketException error = Assert.ThrowsExactly<SocketException>(() => Pair());
        Assert.AreEqual(Errno.EAFNOSUPPORT, error.Errno);
        StringAssert.Contains(error.Message, UseUnix);
        Assert.AreEqual(-(int)Errno.EAFNOSUPPORT,
            Socket.TryPair(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified, out Socket first, out Socket second));
        Assert.IsNull(first ?? second);
    }

    [TestMethod]
    public void LoopbackAddress_CarriedByNoStack_IsEaddrnotavailAndNeverSent()
    {
        _current = new NetworkStack(Board(false), null);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
        IPEndPoint within = new(IPAddress.Loopback, 7);
        foreach (Action call in new Action[] { () => socket.Bind(within), () => socket.Connect(within), () => socket.SendTo([1], within) })
        {
            SocketException error = Assert.ThrowsExactly<SocketException>(call);
            Assert.AreEqual(Errno.EADDRNOTAVAIL, error.Errno);
            StringAssert.Contains(error.Message, UseLoopback);
        }

        Assert.IsFalse(socket.IsBound);
    }

    [TestMethod]
    public void LoopbackAddress_CarriedByTheNetworkStack_NeedsNoneInMemory()
    {
        _current = new NetworkStack(Board(true), null);
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint, 10_000);
        using Socket server = listener.Accept();
        Poller poller = new();
        poller.Add(server, PollEvents.In);
        poller.Add(client, PollEvents.In);
        client.Send([42]);
        Assert.AreEqual(1, poller.Wait(10_000));
        Assert.AreEqual(PollEvents.In, poller.GetEvents(0));
    }

    [TestMethod]
    public void Use_OfUnixBesideANetwork_HasPairsAndNamesAndNoMore()
    {
        UnixStack local = new();
        _current = NetworkStack.Use(Board(true), local);
        Close(Pair());
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixEndPoint("/control"));
        listener.Listen(1);
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixEndPoint("/control"), 10_000);
        Assert.AreSame(local, client.Stack);
        Assert.AreEqual(-(int)Errno.EAFNOSUPPORT, local.Open(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        Assert.AreEqual(-(int)Errno.ESOCKTNOSUPPORT, local.Open(AddressFamily.Unix, SocketType.Raw, ProtocolType.Unspecified));
        Assert.AreEqual(-(int)Errno.EPROTONOSUPPORT, local.Open(AddressFamily.Unix, SocketType.Stream, ProtocolType.Tcp));
    }

    [TestMethod]
    public void Open_MoreThanUnixHas_IsEnfileAndNamesThePool()
    {
        _current = NetworkStack.Use(Board(true), new UnixStack(new UnixLimits { MaxSockets = 1 }));
        SocketException error = Assert.ThrowsExactly<SocketException>(() => Pair());
        Assert.AreEqual(Errno.ENFILE, error.Errno);
        StringAssert.Contains(error.Message, "all 1 sockets of the unix stack are open");
    }

    private static (Socket First, Socket Second) Pair()
    {
        Socket.Pair(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified, out Socket first, out Socket second);
        return (first, second);
    }

    private static void Close((Socket First, Socket Second) pair)
    {
        pair.First.Close();
        pair.Second.Close();
    }

    // A network stack without AF_UNIX, over the one in memory.
    private IBoard Board(bool hasLoopback)
    {
        IBoard board = DispatchProxy.Create<IBoard, BoardProxy>();
        ((BoardProxy)board).Set(_inner, hasLoopback);
        return board;
    }

    public interface IBoard : INetworkStack;

    public class BoardProxy : DispatchProxy
    {
        private LoopbackStack _inner = null!;
        private bool _hasLoopback;

        public void Set(LoopbackStack inner, bool hasLoopback)
        {
            _inner = inner;
            _hasLoopback = hasLoopback;
        }

        protected override object? Invoke(MethodInfo? method, object?[]? arguments) => method!.Name switch
        {
            "get_HasLoopback" => _hasLoopback,
            nameof(INetworkStack.Open) when arguments![0] is AddressFamily.Unix => -(int)Errno.EAFNOSUPPORT,
            _ => method.Invoke(_inner, arguments),
        };
    }
}
