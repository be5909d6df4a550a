using TcpClient = System.Net.Sockets.TcpClient;
using TcpListener = System.Net.Sockets.TcpListener;

namespace IoTNet.Tests.Messaging;

[TestClass]
public class SocketMonitorTests
{
    [TestMethod]
    [DataRow("tcp")]
    [DataRow("ipc")]
    public void Connection_FromBeginToEnd_IsToldOnBothSides(string transport)
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        MessageSocket push = world.Open(MessageSocketType.Push);
        SocketMonitor bound = new(pull);
        SocketMonitor connected = new(push);

        pull.Bind(World.Endpoint(transport));
        push.Connect(pull.LastEndpoint);
        SocketEvent listening = Take(bound, SocketEventKind.Listening);
        Assert.AreEqual(pull.LastEndpoint, listening.Endpoint);
        Assert.AreEqual("listening " + pull.LastEndpoint, listening.ToString());
        Take(bound, SocketEventKind.Accepted);
        Take(connected, SocketEventKind.Connected);
        Assert.AreEqual("PUSH, NULL, ZMTP 3.1", Take(bound, SocketEventKind.HandshakeSucceeded).Detail);
        SocketEvent done = Take(connected, SocketEventKind.HandshakeSucceeded);
        Assert.AreEqual("PULL, NULL, ZMTP 3.1", done.Detail);
        Assert.AreEqual(pull.LastEndpoint, done.Endpoint);

        push.Close();
        Take(connected, SocketEventKind.Closed, SocketEventKind.MonitorStopped);
        Take(bound, SocketEventKind.Disconnected);
        Take(bound, SocketEventKind.Closed);
        pull.Close();
        Take(bound, SocketEventKind.Closed);
        Take(bound, SocketEventKind.MonitorStopped);
        Assert.IsFalse(bound.TryTake(-1, out _));
    }

    [TestMethod]
    public void Peer_OfAnotherPattern_IsToldWithTheReason()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        MessageSocket sub = world.Open(MessageSocketType.Sub);
        SocketMonitor bound = new(pull);
        SocketMonitor connected = new(sub);
        pull.Bind("tcp://127.0.0.1:*");
        sub.Connect(pull.LastEndpoint);

        Take(bound, SocketEventKind.Listening);
        Take(bound, SocketEventKind.Accepted);
        Assert.AreEqual("PULL cannot talk to SUB", Take(bound, SocketEventKind.HandshakeFailed).Detail);
        Take(bound, SocketEventKind.Closed);
        Take(connected, SocketEventKind.Connected);
        Take(connected, SocketEventKind.HandshakeFailed);
        // A type does not change by trying again.
        Take(connected, SocketEventKind.Closed);
    }

    [TestMethod]
    public void Peer_ThatSpeaksAnotherProtocol_IsToldWithTheReason()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        SocketMonitor monitor = new(pull);
        pull.Bind("tcp://127.0.0.1:*");
        using TcpClient browser = new("127.0.0.1", int.Parse(pull.LastEndpoint[(pull.LastEndpoint.LastIndexOf(':') + 1)..]));
        browser.GetStream().Write("GET / HTTP/1.1\r\n\r\n"u8);

        Take(monitor, SocketEventKind.Listening);
        SocketEvent accepted = Take(monitor, SocketEventKind.Accepted);
        Assert.AreEqual("127.0.0.1:" + ((System.Net.IPEndPoint)browser.Client.LocalEndPoint!).Port, accepted.Detail);
        Assert.AreEqual("no ZMTP greeting: the first byte is 71, expected 255", Take(monitor, SocketEventKind.HandshakeFailed).Detail);
    }

    [TestMethod]
    public void Connect_ToNobody_TellsWhenItTriesAgain()
    {
        using World world = new();
        TcpListener gone = new(System.Net.IPAddress.Loopback, 0);
        gone.Start();
        int port = ((System.Net.IPEndPoint)gone.LocalEndpoint).Port;
        gone.Stop();
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.ReconnectMs = 1);
        SocketMonitor monitor = new(push);
        push.Connect("tcp://127.0.0.1:" + port);

        SocketEvent first = Take(monitor, SocketEventKind.ConnectRetried);
        Assert.AreEqual(1, first.Value);
        Assert.Contains("ECONNREFUSED", first.Detail);
        SocketEvent second = Take(monitor, SocketEventKind.ConnectRetried);
        Assert.IsInRange(2, 3, second.Value);
    }

    [TestMethod]
    public void Monitor_ThatNobodyReads_LosesTheOldest()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        SocketMonitor monitor = new(pull, 2);
        foreach (string name in new[] { "a", "b", "c" })
        {
            pull.Bind("inproc://" + name);
        }

        Assert.AreEqual(1, monitor.Lost);
        Assert.AreEqual("inproc://b", Take(monitor, SocketEventKind.Listening).Endpoint);
        Assert.AreEqual("inproc://c", Take(monitor, SocketEventKind.Listening).Endpoint);
        Assert.IsFalse(monitor.TryTake(0, out _));
    }

    [TestMethod]
    public void Monitor_OfASocketThatGetsAnother_Stops()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        SocketMonitor first = new(pull);
        using SocketMonitor second = new(pull);
        Take(first, SocketEventKind.MonitorStopped);
        first.Dispose();
        pull.Bind("inproc://still-told");
        Take(second, SocketEventKind.Listening);
        Assert.IsFalse(first.TryTake(0, out _));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SocketMonitor(pull, 0));
        pull.Close();
        Assert.ThrowsExactly<ObjectDisposedException>(() => new SocketMonitor(pull));
    }

    // The next event, which has to be of this kind, or of one of these.
    private static SocketEvent Take(SocketMonitor monitor, params SocketEventKind[] kinds)
    {
        Assert.IsTrue(monitor.TryTake(World.PatienceMs, out SocketEvent happened), $"no {kinds[0]} came");
        Assert.Contains(happened.Kind, kinds, happened.ToString());
        return happened;
    }
}
