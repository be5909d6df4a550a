using System.Globalization;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using IoTNet.Boards;

namespace IoTNet.HttpOnly.Tests;

/// <summary>A board with IoTNet.Http and nothing of WebSocket serves HTTP, and says that it has no WebSocket.</summary>
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
    public void References_OfHttp_HaveNothingOfWebSocket()
    {
        var references = typeof(HttpServer).Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        Assert.AreEqual("", string.Join(", ", references.Where(n => n.Contains("WebSocket", StringComparison.Ordinal))));
    }

    [TestMethod]
    public async Task Request_OfAPathWithoutARoute_IsTheServersOwn()
    {
        using Board board = new();
        using HttpClient http = new();
        Assert.AreEqual(404, (int)(await http.GetAsync(board.Address + "nothing")).StatusCode);
        board.Request += (request, response) => response.Send(200, "text/plain", request.Method + " " + request.GetBodyText());
        var answer = await http.PostAsync(board.Address + "nothing", new StringContent("21.5", Encoding.UTF8));
        Assert.AreEqual("POST 21.5", await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A server on a loop with a thread of its own.</summary>
    private sealed class Board : IDisposable
    {
        private readonly EventLoop _loop;
        private readonly HttpServer _server;
        private readonly Thread _thread;

        public Board()
        {
            _loop = new EventLoop(new NetworkStack(new SystemNetStack(), new UnixStack()));
            _server = new HttpServer(_loop, "127.0.0.1:0");
            _server.Route("/info", (request, response) => response.Send(200, "application/json",
                "{\"ws\":" + _server.ClientCountFor(request).ToString(CultureInfo.InvariantCulture) + "}"));
            Address = "http" + _server.Address["tcp".Length..] + "/";
            _thread = new Thread(_loop.Run);
            _thread.Start();
        }

        public event HttpHandler Request
        {
            add => _server.Request += value;
            remove => _server.Request -= value;
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
