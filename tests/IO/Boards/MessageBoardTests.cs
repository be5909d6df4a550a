using System.Collections;
using IoTNet.Emulator;

namespace IoTNet.IO.Tests;

/// <summary>The message protocol between an ESP32 and an STM32 with its four sockets, over a link that fails.</summary>
[TestClass]
public class MessageBoardTests
{
    private const int Port = 6540;
    private const int RequestTimeoutMs = 60_000;

    private static readonly Message[] s_requests =
    [
        Message.FromJson(new Hashtable { ["action"] = "search", ["value"] = "caf\u00e9" }),
        Message.FromJson(new Hashtable()),
        new Message("binary/custom", "binary", []),
        new Message("text/plain", "iso-8859-1", [0xE9, 0x20]),
        new Message("binary/custom", "binary", [.. Enumerable.Range(0, 3000).Select(i => (byte)i)]),
    ];

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Request_UnderLoss_IsAnsweredForEachContentType(bool keepAlive) => TestNetwork.Run(net =>
    {
        net.Patience = TimeSpan.FromSeconds(120);
        using var boards = new Boards(net, new MessageServerOptions { KeepAlive = keepAlive, TimeoutMs = RequestTimeoutMs }, request => request);
        net.SetLink(boards.Client, new LinkConditions { Loss = 0.2 });
        boards.Ask(keepAlive, client =>
        {
            foreach (var request in s_requests)
            {
                var answer = client.Request(request, RequestTimeoutMs);
                Assert.AreEqual(request.ToString(), answer.ToString());
                CollectionAssert.AreEqual(request.Content, answer.Content);
                Assert.AreEqual(keepAlive, client.IsOpen);
            }
        });
        boards.Stop();
        Assert.AreEqual(s_requests.Length, boards.Server.Answered);
        Assert.AreEqual(0, boards.Server.Failed);
    }, $"{nameof(Request_UnderLoss_IsAnsweredForEachContentType)}_{(keepAlive ? "KeepAlive" : "Close")}");

    [TestMethod]
    public void Request_CutOffForFiveSeconds_IsAnsweredOnce() => TestNetwork.Run(net =>
    {
        net.Patience = TimeSpan.FromSeconds(60);
        var handled = 0;
        Boards? boards = null;
        Timer? healing = null;
        using (boards = new Boards(net, new MessageServerOptions { KeepAlive = true, TimeoutMs = RequestTimeoutMs }, request =>
        {
            if (++handled == 2)
            {
                // The request is there, its answer meets a cable that is cut.
                net.Partition(boards!.Client, boards.Peer);
                healing = new Timer(_ => net.Heal(boards.Client, boards.Peer), null, 5000, Timeout.Infinite);
            }

            return request;
        }))
        {
            boards.Ask(keepAlive: true, client =>
            {
                for (var i = 0; i < 4; i++)
                {
                    Assert.AreEqual((long)i, client.Request(Message.FromJson(i), RequestTimeoutMs).ToJson());
                    Assert.IsTrue(client.IsOpen);
                }
            });
            boards.Stop();
        }

        healing!.Dispose();
        Assert.AreEqual(4, handled);
        Assert.AreEqual(4, boards.Server.Answered);
    });

    [TestMethod]
    public void Request_OfAnImpatientClient_TimesOutAndTheNextOneIsAnswered() => TestNetwork.Run(net =>
    {
        net.Patience = TimeSpan.FromSeconds(60);
        using var boards = new Boards(net, new MessageServerOptions { KeepAlive = true, TimeoutMs = 3000, MaxClients = 1 }, request => request);
        boards.Ask(keepAlive: true, client =>
        {
            Assert.AreEqual(1L, client.Request(Message.FromJson(1), RequestTimeoutMs).ToJson());
            net.Partition(boards.Client, boards.Peer);
            var e = Assert.ThrowsExactly<SocketException>(() => client.Request(Message.FromJson(2), 300));
            Assert.AreEqual(Errno.ETIMEDOUT, e.Errno, e.Message);
            Assert.IsFalse(client.IsOpen);
            Assert.AreEqual(0, OpenSockets(boards.Client));

            // The server's one place is free again when it has heard of it, or its own patience is over.
            net.Heal(boards.Client, boards.Peer);
            Assert.AreEqual(3L, client.Request(Message.FromJson(3), RequestTimeoutMs).ToJson());
        });
        boards.Stop();
    });

    [TestMethod]
    public void Request_WhileTheServersSocketsAreTaken_IsAnsweredWhenOneIsFree() => TestNetwork.Run(net =>
    {
        net.Patience = TimeSpan.FromSeconds(60);
        using ManualResetEventSlim taken = new(), full = new(), answered = new();
        using var boards = new Boards(net, new MessageServerOptions
        {
            // More than the board has: its four sockets are the listener and three clients.
            MaxClients = 8,
            KeepAlive = true,
            TimeoutMs = RequestTimeoutMs,
            Log = line => full.Set(),
        }, request => request);
        var holder = boards.Client.Run(() =>
        {
            MessageClient[] clients = [.. Enumerable.Range(0, 3).Select(_ => new MessageClient(boards.EndPoint, true, new MessageLimits()))];
            Array.ForEach(clients, client => client.Request(Message.FromJson(1), RequestTimeoutMs));
            taken.Set();
            Assert.IsTrue(full.Wait(30_000), "the server has not run out of sockets");
            clients[0].Close();
            Assert.IsTrue(answered.Wait(30_000), "the fourth client was not answered");
            Array.ForEach(clients, client => client.Close());
        }, "holder");
        Assert.IsTrue(taken.Wait(30_000));
        boards.Ask(keepAlive: false, client =>
        {
            Assert.AreEqual(4L, client.Request(Message.FromJson(4), RequestTimeoutMs).ToJson());
            answered.Set();
        });
        net.Wait(holder);
        boards.Stop();
        Assert.AreEqual(4, boards.Server.Answered);
        Assert.AreEqual(0, boards.Server.Failed);
    });

    private static int OpenSockets(EmulatedBoard board) => board.Stack.GetSockets().Count(s => s.Handle != 0);

    /// <summary>A server that runs on one board, and a board for its clients.</summary>
    private sealed class Boards : IDisposable
    {
        private readonly TestNetwork _net;
        private readonly BoardProgram _program;

        public Boards(TestNetwork net, MessageServerOptions options, MessageHandler handler)
        {
            _net = net;
            Peer = net.AddBoard("server", BoardProfile.Stm32);
            Client = net.AddBoard("client", BoardProfile.Esp32);
            EndPoint = new IPEndPoint(Peer.Address, Port);
            options.Listen = new IPEndPoint(IPAddress.Any, Port);
            Server = new MessageServer(options, handler);
            using var ready = new ManualResetEventSlim();
            _program = Peer.Run(() =>
            {
                Server.Open();
                ready.Set();
                Server.Run();
            });
            Assert.IsTrue(ready.Wait(10_000));
        }

        public EmulatedBoard Peer { get; }

        public EmulatedBoard Client { get; }

        public EndPoint EndPoint { get; }

        public MessageServer Server { get; }

        public void Ask(bool keepAlive, Action<MessageClient> ask) => _net.Wait(Client.Run(() =>
        {
            using var client = new MessageClient(EndPoint, keepAlive, new MessageLimits());
            ask(client);
        }));

        public void Stop()
        {
            Server.Stop();
            _net.Wait(_program);
        }

        public void Dispose() => Server.Stop();
    }
}
