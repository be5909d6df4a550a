using System.Collections;

namespace IoTNet.IO.Tests;

[TestClass]
public class MessageServerTests
{
    private readonly List<string> _log = [];
    private LoopbackStack _stack = new();
    private MessageServer? _server;

    [TestInitialize]
    public void Open()
    {
        _stack = new LoopbackStack();
        NetworkStack.Use(_stack);
    }

    [TestCleanup]
    public void CountOpenSockets()
    {
        _server?.Stop();
        Assert.AreEqual(0, _stack.OpenSockets);
    }

    [TestMethod]
    public void Request_OfEachKind_IsAnsweredAndTheConnectionClosed()
    {
        Start(new MessageServerOptions());
        using var client = Client();
        Message[] requests =
        [
            Message.FromJson(new Hashtable { ["action"] = "search", ["value"] = "caf\u00e9" }),
            Message.FromJson(new Hashtable()),
            Message.FromJson(null),
            new("binary/custom", "binary", []),
            new("binary/custom", "binary", new byte[5000]),
        ];
        foreach (var request in requests)
        {
            var answer = client.Request(request, 10000);
            Assert.AreEqual(request.ContentType, answer.ContentType);
            CollectionAssert.AreEqual(request.Content, answer.Content);
            Assert.IsFalse(client.IsOpen);
        }

        _server!.Stop();
        Assert.AreEqual(requests.Length, _server.Answered);
        Assert.AreEqual(0, _server.Failed, string.Join("\n", _log));
    }

    [TestMethod]
    public void Request_KeptAlive_UsesOneConnection()
    {
        Start(new MessageServerOptions { KeepAlive = true, MaxClients = 1 });
        using var client = new MessageClient(_server!.LocalEndPoint, true, new MessageLimits());
        for (var i = 0; i < 10; i++)
        {
            Assert.AreEqual((long)i, client.Request(Message.FromJson(i), 10000).ToJson());
            Assert.IsTrue(client.IsOpen);
            Assert.AreEqual(1, _server.Clients);
        }
    }

    [TestMethod]
    public void Requests_OfMoreClientsThanPlaces_AreAllAnswered()
    {
        Start(new MessageServerOptions { MaxClients = 2 });
        var wrong = 0;
        var threads = Enumerable.Range(0, 8).Select(i => new Thread(() =>
        {
            using var client = Client();
            for (var j = 0; j < 20; j++)
            {
                if (client.Request(Message.FromJson((100 * i) + j), 20000).ToJson() is not long answer || answer != (100 * i) + j)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        })).ToArray();
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.AreEqual(0, wrong);
    }

    [TestMethod]
    public void Server_OfGarbageLeaversAndAThrowingHandler_ServesTheOthers()
    {
        Start(new MessageServerOptions { MaxClients = 2 });
        foreach (var bytes in new byte[][] { [0, 0], [255, 255], [0, 2, (byte)'{', (byte)'}'], [0] })
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(_server!.LocalEndPoint, 10000);
            socket.Send(bytes);
            socket.Shutdown(SocketShutdown.Send);
            Assert.IsLessThanOrEqualTo(0, socket.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        }

        using var client = Client();
        Assert.ThrowsExactly<MessageException>(() => client.Request(Message.FromJson("throw"), 10000));
        Assert.ThrowsExactly<MessageException>(() => client.Request(Message.FromJson("close"), 10000));
        Assert.AreEqual("fine", client.Request(Message.FromJson("fine"), 10000).ToJson());
        _server!.Stop();
        Assert.AreEqual(5, _server.Failed);
        string[] expected =
        [
            "client closed: A header has 2 to 1024 bytes here; this one has 0.",
            "client closed: A header has 2 to 1024 bytes here; this one has 65535.",
            "client closed: Missing required header 'byteorder'.",
            "client closed: Peer closed after 1 of 2 bytes of the header length.",
            "client closed: as asked",
        ];
        CollectionAssert.AreEqual(expected, _log);
    }

    [TestMethod]
    public void Server_OfASilentClient_ClosesIt()
    {
        Start(new MessageServerOptions { TimeoutMs = 20 });
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(_server!.LocalEndPoint, 10000);
        Assert.AreEqual(0, socket.Receive(new byte[1]));
        _server.Stop();
        CollectionAssert.AreEqual(new[] { "client closed: late" }, _log);
    }

    [TestMethod]
    public void Stop_WhileAnotherThreadStarts_EndsWhatWasStarted()
    {
        for (var i = 0; i < 300; i++)
        {
            MessageServer server = new(new MessageServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, message => message);
            Thread starter = new(server.Start);
            starter.Start();
            do
            {
                server.Stop();
            }
            while (!starter.Join(0));

            server.Stop();
            Assert.AreEqual(0, _stack.OpenSockets, $"round {i}");
        }
    }

    [TestMethod]
    public void Request_ThatFails_LeavesNoConnection()
    {
        Start(new MessageServerOptions());
        var to = _server!.LocalEndPoint;
        using var small = new MessageClient(to, true, new MessageLimits { ContentBytes = 10 });
        Assert.ThrowsExactly<MessageException>(() => small.Request(Message.FromJson("0123456789"), 10000));
        Assert.IsFalse(small.IsOpen);
        _server.Stop();
        Failed(Errno.ECONNREFUSED, to, 10000);
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen(1);
        Failed(Errno.ETIMEDOUT, silent.LocalEndPoint, 20);
        Failed(Errno.ETIMEDOUT, silent.LocalEndPoint, 0);
        silent.Close();
    }

    [TestMethod]
    public void Server_OnAUnixAddress_Answers()
    {
        Start(new MessageServerOptions { Listen = new UnixEndPoint("/messages") });
        using var client = Client();
        Assert.AreEqual(1L, client.Request(Message.FromJson(1), 10000).ToJson());
    }

    [TestMethod]
    public void Server_WithWrongOptions_IsNotMade()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MessageServer(new() { MaxClients = 0 }, r => r));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MessageServer(new() { TimeoutMs = -2 }, r => r));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MessageServer(new() { Limits = new() { HeaderBytes = 65536 } }, r => r));
        Assert.ThrowsExactly<ArgumentNullException>(() => new MessageServer(new() { Limits = null }, r => r));
        Assert.ThrowsExactly<ArgumentNullException>(() => new MessageServer(new(), null));
    }

    private void Start(MessageServerOptions options)
    {
        options.Log = _log.Add;
        _server = new MessageServer(options, Answer);
        _server.Start();
    }

    private MessageClient Client() => new(_server!.LocalEndPoint is IPEndPoint ip
        ? new IPEndPoint(IPAddress.Loopback, ip.Port)
        : _server.LocalEndPoint);

    private static Message? Answer(Message request) => request.IsJson && request.Content.Length > 0
        ? request.ToJson() switch
        {
            "throw" => throw new InvalidOperationException("as asked"),
            "close" => null,
            _ => request,
        }
        : request;

    private static void Failed(Errno error, EndPoint to, int timeoutMs)
    {
        using var client = new MessageClient(to);
        var e = Assert.ThrowsExactly<SocketException>(() => client.Request(Message.FromJson(1), timeoutMs));
        Assert.AreEqual(error, e.Errno, e.Message);
        Assert.IsFalse(client.IsOpen);
    }
}
