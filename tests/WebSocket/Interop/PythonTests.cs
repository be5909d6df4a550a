namespace IoTNet.Tests.WebSockets.Interop;

/// <summary>Debian's python3-websockets.</summary>
[TestClass]
public sealed class PythonTests
{
    [TestMethod]
    public void Client_DoesItsTasksWithOurServer()
    {
        using World world = new(isHost: true);
        List<string> closes = [];
        WebSocketServer server = world.ServeEcho(o => (o.Path, o.Sockets.Compressor) = ("/", new DeflateCompressor()));
        server.Connection += s => s.Closed += (_, code, reason, wasClean) => closes.Add($"{code} {reason} {wasClean} {s.IsCompressed}");

        // The peer's first line may take as long as its tasks: the loop runs meanwhile.
        using Peer peer = Peer.Websockets(world, "client", World.Uri(server));
        Assert.AreEqual("done 25", peer.Line(world, 0));
        world.Until(() => closes.Count == 2, "not closed");
        CollectionAssert.AreEqual(new[] { "4321 bye True False", "4321 bye True True" }, closes);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Server_EchoesToOurClient(bool isPacked)
    {
        using World world = new(isHost: true);
        using Peer peer = Peer.Websockets(world, "server");
        WebSocket? client = null;
        SocketException? failure = null;
        WebSocketClientOptions options = new() { Compressor = isPacked ? new DeflateCompressor() : null };
        WebSocketClient.Connect(world.Loop, "ws://127.0.0.1:" + peer.Line(world, 0) + "/", options, (s, e) => (client, failure) = (s, e));
        world.Until(() => client != null || failure != null, "no end");
        Assert.IsNull(failure, failure?.Message);
        Assert.AreEqual(isPacked, client!.IsCompressed);
        List<string> told = [];
        client.Text += (_, buffer, offset, count) => told.Add(World.TextOf(buffer, offset, count));
        client.Binary += (_, _, _, count) => told.Add("" + count);
        foreach (int size in (int[])[0, 1, 125, 126, 65535, 65536, 1 << 20])
        {
            client.SendBinary(new byte[size], 0, size);
            client.SendText(new string('x', size / 2) + "é");
        }

        world.Until(() => told.Count == 14, "no echo");
        Assert.AreEqual("" + (1 << 20), told[12]);
        Assert.AreEqual(new string('x', 1 << 19) + "é", told[13]);
        string? closed = null;
        client.Closed += (_, code, reason, wasClean) => closed = $"{code} {reason} {wasClean}";
        client.Close(4001, "bye");
        world.Until(() => closed != null, "not closed");
        Assert.AreEqual("4001 bye True", closed);
    }
}
