using System.Text;
using System.Text.Json.Nodes;

namespace IoTNet.Tests.WebSockets.Interop;

/// <summary>Chromium, headless, on a page that the board serves itself.</summary>
[TestClass]
public sealed class BrowserTests
{
    private const string Chromium = "/usr/bin/chromium";

    [TestMethod]
    public void Page_OfTheBoard_TalksToTheBoard()
    {
        if (!File.Exists(Chromium))
        {
            throw new AssertInconclusiveException(Chromium + " is missing: Debian's package chromium");
        }

        using World world = new(isHost: true);
        List<string> closes = [];
        WebSocketServer plain = Serve(world, null, closes);
        WebSocketServer packed = Serve(world, new DeflateCompressor(), closes);
        using Peer peer = Peer.Node("browser.cjs", "playwright-core", Chromium, Page(plain), Page(packed));
        Check(peer.Line(world, 0), false);
        Check(peer.Line(world, 1), true);
        CollectionAssert.AreEqual(new[] { "4001 bye True", "4001 bye True" }, closes);
    }

    private static string Page(WebSocketServer server) => "http" + server.Address["tcp".Length..] + "/";

    private static WebSocketServer Serve(World world, IMessageCompressor? compressor, List<string> closes)
    {
        WebSocketServer server = world.ServeEcho(o => (o.Path, o.Protocols, o.Sockets.Compressor) = ("/live", ["board"], compressor));
        server.Connection += s => s.Closed += (_, code, reason, wasClean) => closes.Add($"{code} {reason} {wasClean}");
        server.Route("/", new HttpPage("text/html; charset=utf-8", Encoding.UTF8.GetBytes("<!doctype html><title>bröd</title>")).Answer, null);
        server.Route("/live/close/*", null, upgrade =>
        {
            string path = upgrade.Request.Path;
            upgrade.Accept(null).Close(int.Parse(path[(path.LastIndexOf('/') + 1)..], null), "because");
        });
        server.Route("/live/terminate", null, upgrade => upgrade.Accept(null).Connection.End());
        server.Route("/live/refused", null, upgrade => upgrade.Refuse(403, "no"));
        return server;
    }

    private static void Check(string line, bool isPacked)
    {
        JsonNode told = JsonNode.Parse(line)!;
        Assert.IsNull(told["error"], line);
        Assert.AreEqual("bröd", (string)told["title"]!);
        Assert.AreEqual("board", (string)told["protocol"]!);
        Assert.AreEqual(isPacked, ((string)told["extensions"]!).StartsWith("permessage-deflate", StringComparison.Ordinal));
        Assert.AreEqual(12, (int)told["echoes"]!);
        Assert.AreEqual("4001 bye true, 1000 because true, 4999 because true, 1006  false", string.Join(", ", told["closes"]!.AsArray()));
        Assert.IsTrue((bool)told["refused"]!);
    }
}
