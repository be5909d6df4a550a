using System.Diagnostics;
using IoTNet.Tests.Messaging.Fuzz;

namespace IoTNet.Tests.Messaging;

/// <summary>Peers that fall silent after each byte of the handshake, as clients and as servers, all at once: each is given up in
/// time, and others are served meanwhile.</summary>
[TestClass]
public class StallTests
{
    private const int TimeoutMs = 2500;

    // One that is so much earlier was not given up for its silence.
    private const int EarlyMs = 500;

    [TestMethod]
    public void Client_ThatStallsAtEachByte_IsGivenUpInTime() => OfEachMechanism(Client);

    [TestMethod]
    public void Server_ThatStallsAtEachByte_IsGivenUpInTime() => OfEachMechanism(Server);

    // All wait at once.
    private static void OfEachMechanism(Action<string> test) =>
        Task.WaitAll([.. new[] { "NULL", "PLAIN", "CURVE" }.Select(mechanism => Task.Factory.StartNew(() => test(mechanism), TaskCreationOptions.LongRunning))]);

    private static void Client(string mechanism)
    {
        using MemoryWorld world = new();
        MessageSocket pull = world.Bind(MessageSocketType.Pull, options => Set(options, mechanism, true));
        using Served served = new(world);
        List<(RawPeer Peer, Stopwatch Age)> stalled = [];
        bool isWhole = false;
        for (int bytes = 0; !isWhole; bytes++)
        {
            RawPeer peer = world.Connect(pull);
            stalled.Add((peer, Stopwatch.StartNew()));
            isWhole = Talk(peer, Security(mechanism, false).Open(MessageSocketType.Push, []), bytes);
        }

        // The last one has said all.
        Assert.IsGreaterThan(90, stalled.Count);
        MemoryWorld.Until(() => MemoryWorld.Peers(pull) == 1, () => "nobody is let in");
        stalled[^1].Peer.Socket.Close();
        stalled.RemoveAt(stalled.Count - 1);
        served.Talk();
        AssertGivenUp(world, stalled, served);
    }

    private static void Server(string mechanism)
    {
        using MemoryWorld world = new();
        using Served served = new(world);
        (Socket listener, string endpoint) = world.ListenRaw();
        using MessageSocket push = world.Open(MessageSocketType.Push, options =>
        {
            Set(options, mechanism, false);
            options.ReconnectMs = -1;
        });
        List<(RawPeer Peer, Stopwatch Age)> stalled = [];
        bool isWhole = false;
        for (int bytes = 0; !isWhole; bytes++)
        {
            push.Connect(endpoint);
            RawPeer peer = world.Accept(listener);
            stalled.Add((peer, Stopwatch.StartNew()));
            isWhole = Talk(peer, Security(mechanism, true).Open(MessageSocketType.Pull, []), bytes);
        }

        Assert.IsGreaterThan(90, stalled.Count);
        stalled[^1].Peer.Socket.Close();
        stalled.RemoveAt(stalled.Count - 1);
        served.Talk();
        AssertGivenUp(world, stalled, served);
    }

    // Says so many bytes of a handshake, and listens as it must. True when there is no more to say.
    private static bool Talk(RawPeer peer, Mechanism mechanism, int bytes)
    {
        byte[] next = Reference.Greeting(mechanism.Name, mechanism.IsServer);
        bool hears = false;
        while (true)
        {
            int part = Math.Min(bytes, next.Length);
            peer.Send(next.AsSpan(0, part));
            bytes -= part;
            if (part < next.Length)
            {
                return false;
            }

            if (!hears)
            {
                hears = true;
                Assert.IsNotNull(peer.Read(Greeting.Bytes));
            }

            byte[] command = Conversation.Next(mechanism);
            while (command.Length == 0 && !mechanism.IsDone)
            {
                (int Flags, byte[] Body) heard = peer.ReadFrame() ?? throw new AssertFailedException("given up too early");
                Assert.IsTrue(Conversation.Take(mechanism, heard.Body), mechanism.Failure);
                command = Conversation.Next(mechanism);
            }

            if (command.Length == 0)
            {
                return true;
            }

            next = Reference.Frame(FrameHeader.Command, command);
            // Nothing to say of it yet, and what follows is the other side's again.
            if (bytes == 0)
            {
                return false;
            }
        }
    }

    private static void AssertGivenUp(MemoryWorld world, List<(RawPeer Peer, Stopwatch Age)> stalled, Served served)
    {
        foreach ((RawPeer peer, Stopwatch age) in stalled)
        {
            peer.ReadToEnd();
            Assert.IsGreaterThan(TimeoutMs - EarlyMs, age.ElapsedMilliseconds, "ended, but not by the timeout");
        }

        served.Talk();
        MemoryWorld.Until(() => world.Sessions <= Served.Sessions + 1, () => $"{world.Sessions} sessions stay");
    }

    private static void Set(MessageSocketOptions options, string mechanism, bool isServer)
    {
        options.HandshakeTimeoutMs = TimeoutMs;
        options.Security = Security(mechanism, isServer);
    }

    private static MessageSecurity Security(string mechanism, bool isServer) => mechanism switch
    {
        "PLAIN" => isServer ? new PlainServerSecurity((_, _) => true) : new PlainClientSecurity("admin", "sesame"),
        "CURVE" => isServer ? new CurveServerSecurity(Curves.ServerKeys) : new CurveClientSecurity(Curves.ServerKeys.PublicKey, Curves.ClientKeys),
        _ => MessageSecurity.Null,
    };

    // Two sockets of the same context that go on talking.
    private sealed class Served : IDisposable
    {
        /// <summary>A listener, and both ends of a connection.</summary>
        public const int Sessions = 3;

        private readonly MessageSocket _rep;
        private readonly MessageSocket _req;

        public Served(MemoryWorld world)
        {
            _rep = world.Bind(MessageSocketType.Rep);
            _req = world.Open(MessageSocketType.Req);
            _req.Connect(_rep.LastEndpoint);
            Talk();
        }

        public void Talk()
        {
            _req.SendText("question");
            Assert.AreEqual("question", _rep.ReceiveText());
            _rep.SendText("answer");
            Assert.AreEqual("answer", _req.ReceiveText());
        }

        public void Dispose()
        {
            _req.Dispose();
            _rep.Dispose();
        }
    }
}
