using System.Globalization;
using System.Net.Http;
using System.Net.WebSockets;
using IoTNet.Boards;

namespace IoTNet.HttpOnly.Tests;

/// <summary>A build with IOTNET_NO_WEBSOCKET serves HTTP, and says that it has no WebSocket.</summary>
[TestClass]
public sealed class HttpOnlyTests
{
    [TestMethod]
    public async Task ClientCount_IsMinusOne()
    {
        using Board board = new();
        using HttpClient http = new();
        Assert.AreEqual("{\"ws\":-1}", await http.GetStringAsync(board.Address + "info"));
        Assert.AreEqual(-1, board.ClientCount);
    }

    [TestMethod]
    public async Task Upgrade_IsRefusedWith501()
    {
        using Board board = new();
        using ClientWebSocket client = new();
        client.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() =>
            client.ConnectAsync(new Uri(board.Address.Replace("http", "ws", StringComparison.Ordinal)), CancellationToken.None));
        Assert.AreEqual(501, (int)client.HttpStatusCode);
    }

    [TestMethod]
    public void Types_OfWebSocket_AreNotThere()
    {
        Assert.IsNull(typeof(WebSocketServer).Assembly.GetType("IoTNet.WebSocket"));
        Assert.IsNull(typeof(WebSocketServer).Assembly.GetType("IoTNet.WebSocketClient"));
        Assert.IsNull(typeof(WebSocketServer).GetEvent("Connection"));
    }

    /// <summary>A server on a loop with a thread of its own.</summary>
    private sealed class Board : IDisposable
    {
        private readonly EventLoop _loop;
        private readonly WebSocketServer _server;
        private readonly Thread _thread;

        public Board()
        {
            _loop = new EventLoop(new NetworkStack(new SystemNetStack(), new LoopbackStack()));
            _server = new WebSocketServer(_loop, "127.0.0.1:0");
            _server.Route("/info", (request, response) => response.Send(200, "application/json",
                "{\"ws\":" + _server.ClientCountFor(request).ToString(CultureInfo.InvariantCulture) + "}"), null);
            Address = "http" + _server.Address["tcp".Length..] + "/";
            _thread = new Thread(_loop.Run);
            _thread.Start();
        }

        public string Address { get; }

        public int ClientCount => _server.ClientCount;

        public void Dispose()
        {
            _loop.Stop();
            _thread.Join();
            _server.Close();
            _server.CloseConnections();
        }
    }
}
