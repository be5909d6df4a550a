using System.Text;
using System.Text.Json.Nodes;

namespace IoTNet.Tests.WebSockets.Interop;

/// <summary>Chromium, headless, on a page that the board serves itself.</summary>
[TestClass]
public sealed class BrowserTests
{
    private const string Chromium = "/usr/bin/chromium";

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Page_OfTheBoard_TalksToTheBoard(bool isPacked)
    {
        if (!File.Exists(Chromium))
        {
            throw new AssertInconclusiveException(Chromium + " is missing: Debian's package chromium");
        }

        using World world = new(isHost: true);
        WebSocketServer server = world.ServeEcho(o => (o.Path, o.Protocols, o.Compressor) = ("/live", ["board"], isPacked ? new DeflateCompressor() : null));
        List<string> closes = [];
        server.Connection += s => s.Closed += (_, code, reason, wasClean) => closes.Add($"{code} {reason} {wasClean}");
        server.Route("/", new HttpPage("text/html; charset=utf-8", Encoding.UTF8.GetBytes("<!doctype html><title>bröd</title>")).Answer, null);
        server.Route("/live/close/*", null, upgrade =>
        {
            string path = upgrade.Request.Path;
            upgrade.Accept(null).Close(int.Parse(path[(path.LastIndexOf('/') + 1)..], null), "because");
        });
        server.Route("/live/terminate", null, upgrade => upgrade.Accept(null).Connection.End());
        server.Route("/live/refused", null, upgrade => upgrade.Refuse(403, "no"));
        using Peer peer = Peer.Node("browser.cjs", "playwright-core", "http" + server.Address["tcp".Length..] + "/", Chromium);
        JsonNode told = JsonNode.Parse(peer.Line(world, 0))!;
        Assert.IsNull(told["error"], told.ToJsonString());
        Assert.AreEqual("bröd", (string)told["title"]!);
        Assert.AreEqual("board", (string)told["protocol"]!);
        Assert.AreEqual(isPacked, ((string)told["extensions"]!).StartsWith("permessage-deflate", StringComparison.Ordinal));
        Assert.AreEqual(12, (int)told["echoes"]!);
        CollectionAssert.AreEqual(
            new[] { "4001 bye true", "1000 because true", "4999 because true", "1006  false" },
            told["closes"]!.AsArray().Select(c => (string)c!).ToArray());
        Assert.IsTrue((bool)told["refused"]!);
        CollectionAssert.AreEqual(new[] { "4001 bye True" }, closes);
    }
}
