using System.Reflection;

namespace IoTNet.Tests.Messaging.Boards;

/// <summary>Message sockets of a board without a stack in memory.</summary>
[TestClass]
public sealed class NoMemoryTests
{
    private readonly LoopbackStack _inner = new();

    [TestMethod]
    [DataRow("tcp://127.0.0.1:*")]
    [DataRow("inproc://no-memory")]
    public void Bind_OfWhatTheBoardHas_ExchangesMessages(string endpoint)
    {
        using (MessageContext context = new(IPAlone()))
        {
            MessageSocket pull = new(context, MessageSocketType.Pull);
            pull.Options.ReceiveTimeoutMs = World.PatienceMs;
            pull.Bind(endpoint);
            MessageSocket push = new(context, MessageSocketType.Push);
            push.Connect(pull.LastEndpoint);
            push.SendText("hello");
            Assert.AreEqual("hello", pull.ReceiveText());
        }

        Assert.AreEqual(0, _inner.OpenSockets);
    }

    [TestMethod]
    public void Bind_OfIpc_IsEafnosupportAndSaysWhatToDo()
    {
        using MessageContext context = new(IPAlone());
        MessageSocket pull = new(context, MessageSocketType.Pull);
        SocketException error = Assert.ThrowsExactly<SocketException>(() => pull.Bind("ipc://@no-memory"));
        Assert.AreEqual(Errno.EAFNOSUPPORT, error.Errno);
        StringAssert.Contains(error.Message, "NetworkStack.Use(network, new UnixStack())");
    }

    private NetworkStack IPAlone()
    {
        INetworkStack board = DispatchProxy.Create<INetworkStack, IPStack>();
        ((IPStack)board).Inner = _inner;
        return new NetworkStack(board, null);
    }

    public class IPStack : DispatchProxy
    {
        public LoopbackStack Inner { get; set; } = null!;

        protected override object? Invoke(MethodInfo? method, object?[]? arguments) =>
            method!.Name == nameof(INetworkStack.Open) && arguments![0] is AddressFamily.Unix
                ? -(int)Errno.EAFNOSUPPORT
                : method.Invoke(Inner, arguments);
    }
}
