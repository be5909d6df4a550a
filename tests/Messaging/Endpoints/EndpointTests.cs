namespace IoTNet.Tests.Messaging;

/// <summary>Names that are bound and connected: when they are taken, when they are free again.</summary>
[TestClass]
public class EndpointTests
{
    [TestMethod]
    [DynamicData(nameof(World.Transports), typeof(World))]
    public void Bind_OfATakenName_IsRefusedUntilItIsFree(string transport)
    {
        using World world = new();
        MessageSocket first = world.Open(MessageSocketType.Pull);
        MessageSocket second = world.Open(MessageSocketType.Pull);
        first.Bind(World.Endpoint(transport));
        string endpoint = first.LastEndpoint;
        for (int i = 0; i < 20; i++)
        {
            SocketException taken = Assert.ThrowsExactly<SocketException>(() => second.Bind(endpoint));
            Assert.AreEqual(Errno.EADDRINUSE, taken.Errno);

            // Freed by a disconnect, and by a close.
            first.Disconnect(endpoint);
            second.Bind(endpoint);
            second.Close();
            first.Bind(endpoint);
            second = world.Open(MessageSocketType.Pull);
        }
    }

    [TestMethod]
    [DynamicData(nameof(World.Transports), typeof(World))]
    public void Disconnect_OfWhatWasConnected_SendsNothingThereAnyMore(string transport)
    {
        using World world = new();
        MessageSocket one = world.Open(MessageSocketType.Pull);
        MessageSocket other = world.Open(MessageSocketType.Pull);
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.LingerMs = World.PatienceMs);
        one.Bind(World.Endpoint(transport));
        other.Bind(World.Endpoint(transport));
        push.Connect(one.LastEndpoint);
        push.SendText("before");
        push.Connect(other.LastEndpoint);
        push.Disconnect(one.LastEndpoint);
        for (int i = 0; i < 10; i++)
        {
            push.SendText("after " + i);
        }

        // What was sent before goes out all the same.
        Assert.AreEqual("before", one.ReceiveText());
        for (int i = 0; i < 10; i++)
        {
            Assert.AreEqual("after " + i, other.ReceiveText());
        }

        Assert.AreEqual(Errno.ENOENT, Assert.ThrowsExactly<SocketException>(() => push.Disconnect(one.LastEndpoint)).Errno);
        push.Disconnect(other.LastEndpoint);
        Assert.AreEqual(-(int)Errno.EAGAIN, push.TrySend([1], 0, 1, false, 0));
    }

    [TestMethod]
    public void Connect_FromALocalAddress_ComesFromThere()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        pull.Bind("tcp://127.0.0.1:*");
        using SocketMonitor monitor = new(pull);
        string target = pull.LastEndpoint["tcp://".Length..];
        MessageSocket push = world.Open(MessageSocketType.Push);
        push.Connect("tcp://127.0.0.9:*;" + target);
        push.SendText("hello");
        Assert.AreEqual("hello", pull.ReceiveText());
        Assert.IsTrue(monitor.TryTake(World.PatienceMs, out SocketEvent accepted));
        Assert.StartsWith("127.0.0.9:", accepted.Detail);
        push.Disconnect("tcp://127.0.0.9:*;" + target);
    }

    [TestMethod]
    [DataRow("tcp://127.0.0.1;127.0.0.1:5", "the port is missing")]
    [DataRow("tcp://localhost:*;127.0.0.1:5", "expected a local address")]
    [DataRow("tcp://127.0.0.1:*;", "the port is missing")]
    [DataRow("tcp://127.0.0.1:70000", "the port is 0 to 65535")]
    [DataRow("udp://127.0.0.1:5", "expected inproc://, tcp:// or ipc://")]
    [DataRow("inproc://", "an inproc name has 1 to 256 characters")]
    [DataRow("ipc://", "the path is missing")]
    public void Connect_ToAMalformedEndpoint_SaysWhatIsWrong(string endpoint, string what)
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push);
        Assert.Contains(what, Assert.ThrowsExactly<ArgumentException>(() => push.Connect(endpoint)).Message);
    }

    [TestMethod]
    public void Options_OutOfTheirRange_AreRefusedByName()
    {
        using World world = new();
        (string Name, Action<MessageSocketOptions> Set)[] wrong =
        [
            ("SendHighWaterMark", o => o.SendHighWaterMark = -1),
            ("HighWaterBytes", o => o.HighWaterBytes = -1),
            ("LingerMs", o => o.LingerMs = -2),
            ("ReconnectMs", o => o.ReconnectMs = -2),
            ("ConnectTimeoutMs", o => o.ConnectTimeoutMs = 0),
            ("HandshakeTimeoutMs", o => o.HandshakeTimeoutMs = 0),
            ("HeartbeatTtlMs", o => o.HeartbeatTtlMs = 6_553_501),
            ("Backlog", o => o.Backlog = -1),
        ];
        foreach (var (name, set) in wrong)
        {
            MessageSocket socket = world.Open(MessageSocketType.Dealer, set);
            Assert.AreEqual(name, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => socket.Bind("inproc://options")).ParamName);
            Assert.AreEqual(name, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => socket.Connect("tcp://127.0.0.1:1")).ParamName);
        }

        MessageSocket open = world.Open(MessageSocketType.Dealer, o => o.Security = null);
        Assert.ThrowsExactly<ArgumentNullException>(() => open.Bind("inproc://options"));
    }

    [TestMethod]
    public void Inproc_Marks_AreThoseOfBothSides()
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.SendHighWaterMark = 3);
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.ReceiveHighWaterMark = 4);
        push.Connect("inproc://marks");
        Assert.AreEqual(1000 + 3, Fill(push) + 1000);
        pull.Bind("inproc://marks");
        Assert.AreEqual(4, Fill(push));
    }

    private static int Fill(MessageSocket socket)
    {
        int sent = 0;
        while (socket.TrySend([1], 0, 1, false, 0) == 0)
        {
            sent++;
        }

        return sent;
    }
}
