namespace IoTNet.Tests.Messaging;

/// <summary>Who opens the sockets of secured endpoints. The security here opens plain ones.</summary>
[TestClass]
public class TransportSecurityTests
{
    [TestMethod]
    public void Bind_OfTcp_OpensItsSocketByIt()
    {
        using World world = new();
        Recorder security = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.TransportSecurity = security);

        pull.Bind("tcp://127.0.0.1:*");

        CollectionAssert.AreEqual(new[] { "InterNetwork, host null" }, security.Asked);
        Assert.StartsWith("tcp://127.0.0.1:", pull.LastEndpoint);
        Assert.AreNotEqual("tcp://127.0.0.1:0", pull.LastEndpoint);
    }

    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("localhost")]
    public void Connect_OfTcp_AsksForTheHostOfTheEndpoint(string host)
    {
        using World world = new();
        Recorder ofServer = new();
        Recorder ofClient = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.TransportSecurity = ofServer);
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.TransportSecurity = ofClient);
        pull.Bind("tcp://127.0.0.1:*");

        push.Connect("tcp://" + host + pull.LastEndpoint[pull.LastEndpoint.LastIndexOf(':')..]);
        push.SendText("21.5");

        Assert.AreEqual("21.5", pull.ReceiveText());
        Assert.AreEqual("InterNetwork, host " + host, ofClient.Asked[^1]);
        Assert.HasCount(1, ofServer.Asked, "an accepted socket is not opened");
    }

    [TestMethod]
    public void Connect_WithSecurityOfTheMessagesToo_HasBoth()
    {
        using World world = new();
        Recorder security = new();
        string? user = null;
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.Security = new PlainServerSecurity((name, _) => (user = name) != null));
        MessageSocket push = world.Open(MessageSocketType.Push, o =>
        {
            o.TransportSecurity = security;
            o.Security = new PlainClientSecurity("board2", "secret");
        });
        pull.Bind("tcp://127.0.0.1:*");

        push.Connect(pull.LastEndpoint);
        push.SendText("21.5");

        Assert.AreEqual("21.5", pull.ReceiveText());
        Assert.AreEqual("board2", user);
        Assert.HasCount(1, security.Asked);
    }

    [TestMethod]
    [DataRow("ipc")]
    [DataRow("inproc")]
    public void Join_OnTheBoard_IsPlain(string transport)
    {
        using World world = new();
        Recorder security = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.TransportSecurity = security);
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.TransportSecurity = security);
        pull.Bind(World.Endpoint(transport));
        push.Connect(pull.LastEndpoint);

        push.SendText("21.5");

        Assert.AreEqual("21.5", pull.ReceiveText());
        Assert.IsEmpty(security.Asked);
    }

    [TestMethod]
    public void Connect_AfterTheOptionHasChanged_KeepsTheOneOfItsTime()
    {
        using World world = new();
        Recorder first = new();
        Recorder later = new();
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.TransportSecurity = first);
        using SocketMonitor monitor = new(push);

        // Nobody listens there: it tries again and again.
        push.Connect("tcp://127.0.0.1:1");
        push.Options.TransportSecurity = later;

        for (int tries = 0; tries < 2;)
        {
            Assert.IsTrue(monitor.TryTake(World.PatienceMs, out SocketEvent happened), "no second try");
            tries += happened.Kind == SocketEventKind.ConnectRetried ? 1 : 0;
        }

        Assert.IsGreaterThanOrEqualTo(2, first.Asked.Count);
        Assert.IsEmpty(later.Asked);
    }

    [TestMethod]
    public void Bind_WhoseSecurityFails_SaysWhy()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.TransportSecurity = new Recorder { Failure = Errno.EPROTONOSUPPORT });

        SocketException error = Assert.ThrowsExactly<SocketException>(() => pull.Bind("tcp://127.0.0.1:*"));

        Assert.AreEqual(Errno.EPROTONOSUPPORT, error.Errno);
        Assert.Contains("no TLS here", error.Message);
    }

    [TestMethod]
    public void Connect_WhoseSecurityFails_TellsTheMonitor()
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.TransportSecurity = new Recorder { Failure = Errno.EPROTONOSUPPORT });
        using SocketMonitor monitor = new(push);

        push.Connect("tcp://127.0.0.1:1");

        Assert.IsTrue(monitor.TryTake(World.PatienceMs, out SocketEvent happened));
        Assert.AreEqual(SocketEventKind.ConnectRetried, happened.Kind);
        Assert.Contains("EPROTONOSUPPORT", happened.Detail);
    }

    /// <summary>Opens plain sockets and notes what it was asked for.</summary>
    private sealed class Recorder : ISocketSecurity
    {
        private readonly List<string> _asked = [];

        public Errno Failure { get; init; }

        public List<string> Asked
        {
            get
            {
                lock (_asked)
                {
                    return [.. _asked];
                }
            }
        }

        public Socket Open(NetworkStack stacks, AddressFamily family, string host)
        {
            lock (_asked)
            {
                _asked.Add(family + ", host " + (host ?? "null"));
            }

            return Failure == Errno.None ? new Socket(stacks, family, SocketType.Stream, ProtocolType.Unspecified)
                : throw new SocketException(Failure, "no TLS here");
        }
    }
}
