using System.Text;

namespace IoTNet.Tests.Tls.Protocols;

/// <summary>https:// and wss://: ours with ours, with curl, and with npm's ws.</summary>
[TestClass]
public sealed class WebSocketTests
{
    [TestMethod]
    public void Wss_BetweenOurs_CarriesTextAndBinary()
    {
        using SecureWorld world = new();
        WebSocketServer server = Serve(world);
        (WebSocket? client, SocketException? failure) = Connect(world, server, world.Client);
        Assert.IsNull(failure, failure?.Message);
        string? text = null;
        byte[]? bytes = null;
        client!.Text += (_, buffer, offset, count) => text = Encoding.UTF8.GetString(buffer, offset, count);
        client.Binary += (_, buffer, offset, count) => bytes = buffer.AsSpan(offset, count).ToArray();

        byte[] sent = new byte[60_000];
        new Random(3).NextBytes(sent);
        client.SendText("21.5 °C");
        client.SendBinary(sent, 0, sent.Length);
        world.Until(() => bytes != null, () => "no echo");

        Assert.AreEqual("21.5 °C", text);
        CollectionAssert.AreEqual(sent, bytes);
        Close(world, server);
    }

    [TestMethod]
    public void Wss_ToAServerOfAnotherCa_FailsAndSaysWhy()
    {
        using SecureWorld world = new();
        WebSocketServer server = Serve(world);

        (WebSocket? client, SocketException? failure) = Connect(world, server, world.Stranger);

        Assert.IsNull(client);
        StringAssert.Contains(failure!.Message, "which is not one of the CA certificates");
        Close(world, server);
    }

    [TestMethod]
    [DataRow("--tlsv1.2", "--tls-max", "1.2")]
    [DataRow("--tlsv1.3", "--tls-max", "1.3")]
    public void Https_OfCurl_GetsThePage(params string[] version)
    {
        using SecureWorld world = new();
        WebSocketServer server = Serve(world);
        using Peer peer = new("curl", "curl");
        string authority = peer.File("ca.pem", Certificates.Authority.CertificateText);
        peer.Start(["--silent", "--show-error", "--max-time", "20", "--cacert", authority, .. version, "https://localhost:" + PortOf(server) + "/"]);

        world.Until(() => peer.HasEnded, () => "curl goes on: " + peer.Output);

        Assert.AreEqual("it is warm", peer.Output.Trim());
        Close(world, server);
    }

    [TestMethod]
    public void Https_OfCurlThatDoesNotKnowTheCa_IsRefusedByIt()
    {
        using SecureWorld world = new();
        WebSocketServer server = Serve(world);
        using Peer peer = new("curl", "curl");
        string authority = peer.File("ca.pem", Certificates.OtherAuthority.CertificateText);
        peer.Start(["--silent", "--show-error", "--max-time", "20", "--cacert", authority, "https://localhost:" + PortOf(server) + "/"]);

        world.Until(() => peer.HasEnded, () => "curl goes on: " + peer.Output);

        // CURLE_PEER_FAILED_VERIFICATION.
        Assert.AreEqual(60, peer.ExitCode, peer.Output);
        Close(world, server);
    }

    [TestMethod]
    public void Wss_OfNpmWs_EchoesEverySize()
    {
        using SecureWorld world = new();
        WebSocketServer server = Serve(world);
        using Peer peer = Peer.Node();
        string authority = peer.File("ca.pem", Certificates.Authority.CertificateText);
        peer.Start([peer.Script("wss_client.cjs"), "wss://localhost:" + PortOf(server) + "/", authority]);

        world.Until(() => peer.HasEnded, () => "node goes on: " + peer.Output);

        Assert.AreEqual("ok", peer.Output.Trim());
        Close(world, server);
    }

    [TestMethod]
    public void Wss_ToNpmWs_IsEchoed()
    {
        using SecureWorld world = new();
        using Peer peer = Peer.Node();
        peer.Start(
        [
            peer.Script("wss_server.cjs"), peer.File("server.crt", Certificates.Server.CertificateText),
            peer.File("server.key", Certificates.Server.KeyText),
        ]);
        world.Until(() => peer.Output.Length > 0 || peer.HasEnded, () => "node does not listen: " + peer.Output);
        WebSocket? client = null;
        SocketException? failure = null;
        WebSocketClient.Connect(world.Loop, "wss://127.0.0.1:" + peer.Output.Trim() + "/", new WebSocketClientOptions { Security = world.Client },
            (socket, error) => (client, failure) = (socket, error));
        world.Until(() => client != null || failure != null, () => "neither connected nor failed");
        Assert.IsNull(failure, failure?.Message);

        int came = 0;
        client!.Binary += (_, _, _, count) => came += count;
        client.SendBinary(new byte[50_000], 0, 50_000);
        world.Until(() => came == 50_000, () => came + " bytes came back");
        client.Close(1000, "");
        world.Until(() => client.IsClosed, () => "the close is not answered");
        world.AssertClosed();
    }

    private static int PortOf(WebSocketServer server) => SecureWorld.PortOf(server.Address);

    private static WebSocketServer Serve(SecureWorld world)
    {
        WebSocketServerOptions options = new();
        options.Tcp.Security = world.Server;
        WebSocketServer server = new(world.Loop, "tls://127.0.0.1:0", options);
        server.Request += (_, response) => response.Send(200, "text/plain", "it is warm");
        server.Connection += socket =>
        {
            socket.Text += static (s, buffer, offset, count) => s.SendText(buffer, offset, count);
            socket.Binary += static (s, buffer, offset, count) => s.SendBinary(buffer, offset, count);
        };
        return server;
    }

    private static (WebSocket? Client, SocketException? Failure) Connect(SecureWorld world, WebSocketServer server, TlsOptions options)
    {
        WebSocket? client = null;
        SocketException? failure = null;
        WebSocketClient.Connect(world.Loop, "wss://127.0.0.1:" + PortOf(server) + "/", new WebSocketClientOptions { Security = options },
            (socket, error) => (client, failure) = (socket, error));
        world.Until(() => client != null || failure != null, () => "neither connected nor failed");
        return (client, failure);
    }

    private static void Close(SecureWorld world, WebSocketServer server)
    {
        server.Close();
        server.CloseConnections();
        world.AssertClosed();
    }
}
