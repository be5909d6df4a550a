namespace IoTNet.Tests.SocketIO.Interop;

/// <summary>npm's socket.io-client against our server.</summary>
[TestClass]
public class NpmClientTests
{
    [TestMethod]
    [DataRow("connect")]
    [DataRow("middleware")]
    [DataRow("namespaces")]
    [DataRow("values")]
    [DataRow("acks")]
    [DataRow("order")]
    [DataRow("rooms")]
    [DataRow("disconnects")]
    [DataRow("reconnect")]
    public void Server_OverWebSocket_DoesWhatNpmsClientExpects(string task)
    {
        using World world = new(isHost: true);
        SocketIOServer io = TestServer.Start(world);
        using NodePeer node = new("client_peer.cjs", World.Uri(io), task);

        node.Finish(world);
    }

    [TestMethod]
    public void Server_WithAShortInterval_PingsAndNoticesASilentClient()
    {
        using World world = new(isHost: true);
        SocketIOServer io = TestServer.Start(world, o => (o.PingIntervalMs, o.PingTimeoutMs) = (50, 1500));
        using NodePeer node = new("client_peer.cjs", World.Uri(io), "ping");

        node.Finish(world);
    }

    [TestMethod]
    [DataRow("polling")]
    [DataRow("upgrade")]
    public void Server_WithPolling_DoesWhatNpmsClientExpects(string task)
    {
        using World world = new(isHost: true);
        SocketIOServer io = TestServer.Start(world, o => o.AllowPolling = true);
        using NodePeer node = new("client_peer.cjs", World.Uri(io), task);

        node.Finish(world);
    }

    [TestMethod]
    public void Server_WithRecovery_BringsAClientBack()
    {
        using World world = new(isHost: true);
        SocketIOServer io = TestServer.Start(world, o => o.MaxDisconnectionMs = 60_000);
        using NodePeer node = new("client_peer.cjs", World.Uri(io), "recovery");

        node.Finish(world);
    }
}
