namespace IoTNet.Tests.Messaging;

/// <summary>Bind, connect and disconnect, as every pattern has them.</summary>
[TestClass]
public class ConnectAndBindTests
{
    private const int WouldBlock = -(int)Errno.EAGAIN;

    private static IEnumerable<object[]> Transports => World.Transports;

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Connect_BeforeBind_WaitsWithItsMessages(string transport)
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        string endpoint = World.Endpoint(transport);
        if (transport == "tcp")
        {
            pull.Bind(endpoint);
            endpoint = pull.LastEndpoint;
            pull.Disconnect(endpoint);
        }

        MessageSocket push = world.Open(MessageSocketType.Push, o => o.ReconnectMs = 10);
        push.Connect(endpoint);
        Assert.AreEqual(endpoint, push.LastEndpoint);
        push.Send(Frames.Of("1", "2"));
        push.Send(Frames.Of("3"));
        pull.Bind(endpoint);
        Frames.AreEqual(pull.ReceiveFrames(), "1", "2");
        Frames.AreEqual(pull.ReceiveFrames(), "3");
    }

    [TestMethod]
    public void Connect_BeforeBind_HasTheMarkOfItsSideUntilThen()
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.SendHighWaterMark = 2);
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.ReceiveHighWaterMark = 3);
        string endpoint = World.Endpoint("inproc");
        push.Connect(endpoint);

        Assert.AreEqual(2, Frames.Fill(push));
        Task<int> sender = Task.Run(() => push.TrySend([9], 0, 1, false, World.PatienceMs));
        pull.Bind(endpoint);
        Assert.AreEqual(0, sender.Result);
        Assert.AreEqual(2, Frames.Fill(push));
    }

    [TestMethod]
    public void Immediate_WithoutConnection_DoesNotTakeMessages()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        pull.Bind("tcp://127.0.0.1:*");
        string endpoint = pull.LastEndpoint;
        pull.Disconnect(endpoint);
        MessageSocket push = world.Open(MessageSocketType.Push, o =>
        {
            o.Immediate = true;
            o.ReconnectMs = 10;
        });
        push.Connect(endpoint);

        Assert.AreEqual(WouldBlock, push.TrySend([1], 0, 1, false, 10));
        pull.Bind(endpoint);
        push.SendText("now");
        Assert.AreEqual("now", pull.ReceiveText());
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Bind_NameThatWasGivenBack_IsFree(string transport)
    {
        using World world = new();
        MessageSocket first = world.Open(MessageSocketType.Pull);
        first.Bind(World.Endpoint(transport));
        string endpoint = first.LastEndpoint;
        for (int i = 0; i < 5; i++)
        {
            MessageSocket second = world.Open(MessageSocketType.Pull);
            Assert.AreEqual(Errno.EADDRINUSE, Assert.ThrowsExactly<SocketException>(() => second.Bind(endpoint)).Errno);
            first.Disconnect(endpoint);
            second.Bind(endpoint);
            Assert.AreEqual(endpoint, second.LastEndpoint);
            second.Close();
            first.Bind(endpoint);
        }

        MessageSocket push = world.Open(MessageSocketType.Push);
        push.Connect(endpoint);
        push.SendText("x");
        Assert.AreEqual("x", first.ReceiveText());
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Disconnect_OfWhatIsBound_LeavesItsConnections(string transport)
    {
        using World world = new();
        var (pull, push) = world.Join(transport, MessageSocketType.Pull, MessageSocketType.Push);
        push.SendText("1");
        Assert.AreEqual("1", pull.ReceiveText());

        pull.Disconnect(pull.LastEndpoint);
        push.SendText("2");
        Assert.AreEqual("2", pull.ReceiveText());
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Disconnect_OfWhatIsConnected_EndsAllOfTheName(string transport)
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        MessageSocket push = world.Open(MessageSocketType.Push);
        pull.Bind(World.Endpoint(transport));
        push.Connect(pull.LastEndpoint);
        push.Connect(pull.LastEndpoint);
        push.SendText("1");
        push.SendText("2");
        pull.ReceiveText();
        pull.ReceiveText();

        push.Disconnect(pull.LastEndpoint);
        Assert.AreEqual(WouldBlock, push.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(Errno.ENOENT, Assert.ThrowsExactly<SocketException>(() => push.Disconnect(pull.LastEndpoint)).Errno);
        push.Connect(pull.LastEndpoint);
        push.SendText("3");
        Assert.AreEqual("3", pull.ReceiveText());
    }

    [TestMethod]
    public void Disconnect_FromAPeerThatHasGone_IsNotThere()
    {
        using World world = new();
        var (pull, push) = world.Join("inproc", MessageSocketType.Pull, MessageSocketType.Push);
        pull.Close();

        Assert.AreEqual(Errno.ENOENT, Assert.ThrowsExactly<SocketException>(() => push.Disconnect(pull.LastEndpoint)).Errno);
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Timeouts_CountAtOnce(string transport)
    {
        using World world = new();
        var (pull, push) = world.Join(transport, MessageSocketType.Pull, MessageSocketType.Push);
        pull.Options.ReceiveTimeoutMs = 1;
        Assert.AreEqual(Errno.EAGAIN, Assert.ThrowsExactly<SocketException>(() => pull.Receive()).Errno);
        pull.Options.ReceiveTimeoutMs = 0;
        Assert.AreEqual(Errno.EAGAIN, Assert.ThrowsExactly<SocketException>(() => pull.ReceiveFrames()).Errno);
        pull.Options.ReceiveTimeoutMs = World.PatienceMs;
        push.SendText("x");
        Assert.AreEqual("x", pull.ReceiveText());
    }

    [TestMethod]
    public void Close_WhileCallsWait_EndsThem()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        MessageSocket push = world.Open(MessageSocketType.Push);
        Task<int>[] calls =
        [
            Task.Run(() => pull.TryReceive([1], 0, 1, out _, World.PatienceMs)),
            Task.Run(() => push.TrySend([1], 0, 1, false, World.PatienceMs)),
        ];
        pull.Close();
        push.Close();

        foreach (Task<int> call in calls)
        {
            Assert.AreEqual(-(int)Errno.EBADF, call.Result);
        }

        Assert.AreEqual(PollEvents.Nval, pull.Events);
        Assert.ThrowsExactly<ObjectDisposedException>(() => pull.Bind("inproc://x"));
    }
}
