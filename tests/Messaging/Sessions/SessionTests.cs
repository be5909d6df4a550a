using TcpClient = System.Net.Sockets.TcpClient;
using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>What a session does on the wire, against a bare TCP socket of .NET.</summary>
[TestClass]
public class SessionTests
{
    private static readonly byte[] s_greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. Encoding.ASCII.GetBytes("NULL"), .. new byte[48]];

    [TestMethod]
    public void Greeting_OfOurs_IsThatOfTheRfc()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        pull.Bind("tcp://127.0.0.1:*");
        using TcpClient peer = Connect(pull);

        byte[] greeting = Read(peer, 64);
        byte[] expected = [0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 1, .. Encoding.ASCII.GetBytes("NULL"), .. new byte[48]];
        CollectionAssert.AreEqual(expected, greeting);
        peer.GetStream().Write(s_greeting);
        CollectionAssert.AreEqual(Ready("PULL"), Read(peer, Ready("PULL").Length));
    }

    [TestMethod]
    public void Messages_SplitAtEveryPoint_ArriveWhole()
    {
        byte[] bytes = [.. s_greeting, .. Ready("PUSH"), 0, 3, 1, 2, 3, 1, 1, 7, 0, 2, 8, 9];
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        pull.Bind("tcp://127.0.0.1:*");
        for (int split = 0; split < bytes.Length; split++)
        {
            using TcpClient peer = Connect(pull);
            peer.NoDelay = true;
            peer.GetStream().Write(bytes, 0, split);
            peer.GetStream().Write(bytes, split, bytes.Length - split);
            CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, pull.Receive());
            byte[][] frames = pull.ReceiveFrames();
            CollectionAssert.AreEqual(new byte[] { 7 }, frames[0]);
            CollectionAssert.AreEqual(new byte[] { 8, 9 }, frames[1]);
        }
    }

    [TestMethod]
    public void Peer_OfAnIllegalType_GetsAnErrorAndIsClosed()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        pull.Bind("tcp://127.0.0.1:*");
        using TcpClient peer = Connect(pull);

        peer.GetStream().Write([.. s_greeting, .. Ready("SUB")]);
        Read(peer, 64 + Ready("PULL").Length);
        byte[] rest = ReadAll(peer);
        Assert.AreEqual(4, rest[0]);
        Assert.Contains("ERROR", Encoding.ASCII.GetString(rest));
    }

    [TestMethod]
    public void Peer_ThatSpeaksNonsense_IsClosed()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.MaxFrameBytes = 1000);
        pull.Bind("tcp://127.0.0.1:*");
        byte[] begin = [.. s_greeting, .. Ready("PUSH")];
        byte[][] all =
        [
            Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"),
            [0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 2],
            [.. s_greeting, 0, 1, 1],
            [.. s_greeting, 4, 3, 2, 65, 66],
            [.. begin, 0x08, 1, 1],
            [.. begin, 0x05, 1, 1],
            [.. begin, 0x02, 0, 0, 0, 0, 0, 0, 0x03, 0xE9],
            [.. begin, 0x02, 0xFF, 0, 0, 0, 0, 0, 0, 1],
            [.. begin, 4, 6, 4, 80, 73, 78, 71, 1],
        ];
        foreach (byte[] bytes in all)
        {
            using TcpClient peer = Connect(pull);
            peer.GetStream().Write(bytes);
            ReadAll(peer);
        }

        using TcpClient good = Connect(pull);
        good.GetStream().Write([.. begin, 0, 1, 42]);
        CollectionAssert.AreEqual(new byte[] { 42 }, pull.Receive());
    }

    [TestMethod]
    public void Ping_BetweenMessages_IsAnsweredWithItsContext()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        pull.Bind("tcp://127.0.0.1:*");
        using TcpClient peer = Connect(pull);
        peer.GetStream().Write([.. s_greeting, .. Ready("PUSH")]);
        Read(peer, 64 + Ready("PULL").Length);

        for (int i = 0; i < 1000; i++)
        {
            byte[] message = i % 3 == 0 ? [0, 1, (byte)i] : [];
            peer.GetStream().Write([4, 10, 4, .. Encoding.ASCII.GetBytes("PING"), 0, 0, 1, 2, (byte)i, .. message]);
            CollectionAssert.AreEqual(new byte[] { 4, 8, 4, (byte)'P', (byte)'O', (byte)'N', (byte)'G', 1, 2, (byte)i }, Read(peer, 10));
            if (i % 3 == 0)
            {
                CollectionAssert.AreEqual(new[] { (byte)i }, pull.Receive());
            }
        }
    }

    [TestMethod]
    public void Heartbeat_WithoutAnswer_EndsTheConnection()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.HeartbeatMs = 50);
        pull.Bind("tcp://127.0.0.1:*");
        using TcpClient peer = Connect(pull);
        peer.GetStream().Write([.. s_greeting, .. Ready("PUSH")]);
        Read(peer, 64 + Ready("PULL").Length);

        byte[] pings = ReadAll(peer);
        CollectionAssert.AreEqual(new byte[] { 4, 7, 4, (byte)'P', (byte)'I', (byte)'N', (byte)'G', 0, 0 }, pings[..9]);
    }

    // RFC 37 and libzmq: the time runs from the first PING that stays without an answer.
    [TestMethod]
    public void Heartbeat_WithoutAnAnswerAnyMore_EndsTheConnectionBeforeTheSecondPing()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.HeartbeatMs = 1000);
        pull.Bind("tcp://127.0.0.1:*");
        using TcpClient peer = Connect(pull);
        peer.GetStream().Write([.. s_greeting, .. Ready("PUSH")]);
        Read(peer, 64 + Ready("PULL").Length);

        Read(peer, 9);
        peer.GetStream().Write([4, 5, 4, .. Encoding.ASCII.GetBytes("PONG")]);
        Assert.HasCount(9, ReadAll(peer), "one PING more");
    }

    [TestMethod]
    public void Heartbeat_WithAShortTimeout_EndsTheConnectionSoonAfterThePing()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o =>
        {
            o.HeartbeatMs = 1000;
            o.HeartbeatTimeoutMs = 50;
        });
        pull.Bind("tcp://127.0.0.1:*");
        using TcpClient peer = Connect(pull);
        peer.GetStream().Write([.. s_greeting, .. Ready("PUSH")]);
        Read(peer, 64 + Ready("PULL").Length);

        Read(peer, 9);
        long begin = Environment.TickCount64;
        Assert.IsEmpty(ReadAll(peer));
        Assert.IsLessThan(900L, Environment.TickCount64 - begin, "ms after the PING");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3_600_000)]
    public void Ttl_OfAPeerThatSaysNoMore_EndsTheConnection(int heartbeatMs)
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.HeartbeatMs = heartbeatMs);
        pull.Bind("tcp://127.0.0.1:*");
        using TcpClient peer = Connect(pull);
        peer.GetStream().Write([.. s_greeting, .. Ready("PUSH"), 4, 7, 4, .. Encoding.ASCII.GetBytes("PING"), 0, 2]);
        Read(peer, 64 + Ready("PULL").Length + 7);

        Assert.IsEmpty(ReadAll(peer));
    }

    [TestMethod]
    public void Message_ThatComesWithTheEndOfItsConnection_WakesWhoeverWaits()
    {
        using World world = new();
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.ReceiveTimeoutMs = -1);
        pull.Connect("tcp://" + listener.LocalEndpoint);
        Task<byte[]> receiving = Task.Run(() => pull.Receive());
        using TcpClient peer = listener.AcceptTcpClient();
        peer.GetStream().Write([.. s_greeting, .. Ready("PUSH")]);
        Read(peer, 64 + Ready("PULL").Length);

        // A message, and a PING that is too short.
        peer.GetStream().Write([0, 1, 42, 4, 6, 4, .. Encoding.ASCII.GetBytes("PING"), 1]);

        Assert.IsTrue(receiving.Wait(World.PatienceMs), "nobody woke it");
        CollectionAssert.AreEqual(new byte[] { 42 }, receiving.Result);
    }

    [TestMethod]
    public void Handshake_ThatStallsAtEachByte_EndsInTime()
    {
        byte[] bytes = [.. s_greeting, .. Ready("PUSH")];
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.HandshakeTimeoutMs = 300);
        pull.Bind("tcp://127.0.0.1:*");
        TcpClient[] peers = new TcpClient[bytes.Length];
        for (int i = 0; i < peers.Length; i++)
        {
            peers[i] = Connect(pull);
            peers[i].GetStream().Write(bytes, 0, i);
        }

        foreach (TcpClient peer in peers)
        {
            ReadAll(peer);
            peer.Dispose();
        }
    }

    [TestMethod]
    public void Push_WhoseServerComesBack_SendsWhatWasNotSent()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        pull.Bind("tcp://127.0.0.1:*");
        MessageSocket push = world.Open(MessageSocketType.Push, o => { o.ReconnectMs = 10; o.ReconnectMaxMs = 50; });
        push.Connect(pull.LastEndpoint);
        push.SendText("first");
        Assert.AreEqual("first", pull.ReceiveText());
        string endpoint = pull.LastEndpoint;
        pull.Close();

        // Until the loss is seen, what is sent may be lost with the connection: at most once is what ZMTP promises.
        MessageSocket again = world.Open(MessageSocketType.Pull, o => o.ReceiveTimeoutMs = 100);
        Bind(again, endpoint);
        byte[] last = new byte[4];
        int count = 0;
        int result;
        do
        {
            push.Send(BitConverter.GetBytes(count++));
            result = again.TryReceive(last, 0, 4, out _, 100);
        }
        while (result == -(int)Errno.EAGAIN && count < 200);
        Assert.AreEqual(4, result);
        int previous = BitConverter.ToInt32(last);
        while (previous < count - 1)
        {
            int next = BitConverter.ToInt32(again.Receive());
            Assert.IsGreaterThan(previous, next);
            previous = next;
        }
    }

    // Connect, send, close: the loop may come to the session only when all that has been done.
    [TestMethod]
    public void Push_ClosedBeforeTheLoopConnects_StillDelivers()
    {
        using World server = new();
        using World client = new();
        MessageSocket pull = server.Open(MessageSocketType.Pull);
        pull.Bind("tcp://127.0.0.1:*");
        client.Open(MessageSocketType.Pull).Bind("tcp://127.0.0.1:*");
        using ManualResetEventSlim busy = new();
        client.Context.Loop.Post(_ => busy.Wait(), null);
        MessageSocket push = client.Open(MessageSocketType.Push, o => o.LingerMs = World.PatienceMs);
        push.Connect(pull.LastEndpoint);
        push.SendText("last words");
        push.Close();
        busy.Set();

        Assert.AreEqual("last words", pull.ReceiveText());
    }

    private static void Bind(MessageSocket socket, string endpoint)
    {
        // The old listener is closed by the loop soon after Close.
        Assert.IsTrue(SpinWait.SpinUntil(() =>
        {
            try
            {
                socket.Bind(endpoint);
                return true;
            }
            catch (SocketException e) when (e.Errno == Errno.EADDRINUSE)
            {
                return false;
            }
        }, World.PatienceMs));
    }

    private static TcpClient Connect(MessageSocket bound)
    {
        TcpClient client = new() { ReceiveTimeout = World.PatienceMs };
        client.Connect(System.Net.IPEndPoint.Parse(bound.LastEndpoint["tcp://".Length..]));
        return client;
    }

    private static byte[] Ready(string type) =>
        [4, (byte)(6 + 12 + 4 + type.Length), 5, .. Encoding.ASCII.GetBytes("READY"), 11, .. Encoding.ASCII.GetBytes("Socket-Type"), 0, 0, 0, (byte)type.Length, .. Encoding.ASCII.GetBytes(type)];

    private static byte[] Read(TcpClient peer, int count)
    {
        byte[] bytes = new byte[count];
        peer.GetStream().ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Until the other side closes.</summary>
    private static byte[] ReadAll(TcpClient peer)
    {
        MemoryStream all = new();
        byte[] bytes = new byte[1024];
        try
        {
            for (int count; (count = peer.GetStream().Read(bytes)) > 0;)
            {
                all.Write(bytes, 0, count);
            }
        }
        catch (IOException e) when (e.InnerException is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionReset })
        {
            // Closed with bytes of ours unread: a reset, which is an end as well.
        }

        return all.ToArray();
    }
}
