using System.Text.Json.Nodes;

namespace IoTNet.Tests.SocketIO.Interop;

/// <summary>socket.io-client in Chromium, on a page that the board serves itself.</summary>
[TestClass]
public class ChromiumTests
{
    private const string Chromium = "/usr/bin/chromium";

    [TestMethod]
    public void Page_OfTheBoard_TalksToTheBoard()
    {
        if (!File.Exists(Chromium))
        {
            Assert.Inconclusive(Chromium + " is missing: Debian's package chromium");
        }

        using World world = new(isHost: true);
        SocketIOServer io = TestServer.Start(world, o => o.AllowPolling = true);
        string script = Path.Combine(NodePeer.Root(), "tests", "node", "node_modules", "socket.io-client", "dist", "socket.io.min.js");
        using NodePeer node = new("browser.cjs", Chromium, World.Uri(io, "/"));
        io.Http.Route("/", new HttpPage("text/html; charset=utf-8",
            World.Utf8("<!doctype html><title>board</title><script src=\"/client.js\"></script>")).Answer, null);
        io.Http.Route("/client.js", new HttpPage("text/javascript", File.ReadAllBytes(script)).Answer, null);

        string line = node.ReadLine(world);

        JsonNode told = JsonNode.Parse(line)!;
        Assert.AreEqual("unauthorized 7", (string?)told["refused"], line);
        string websocket = (string)told["websocket"]!;
        Assert.IsTrue(websocket is "true|bröd|1 2 255|42|in the room|transport close|io server disconnect"
            or "true|bröd|1 2 255|42|in the room|transport error|io server disconnect", line);
        Assert.AreEqual("7|8|websocket", (string?)told["upgrade"], line);
        Assert.AreEqual("true|polling", (string?)told["polling"], line);
    }
}
