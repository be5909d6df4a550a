using System.Text;

namespace IoTNet.Tests.Tls;

/// <summary>Peers and lines that do not behave.</summary>
[TestClass]
public class HostileTests
{
    [TestMethod]
    public void Accept_PlainHttp_SaysSo()
    {
        TlsFailure failure = FailureOf(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        StringAssert.Contains(failure.Text, "the peer does not speak TLS: it speaks plain HTTP");
    }

    [TestMethod]
    public void Accept_Garbage_SaysWhatCame()
    {
        TlsFailure failure = FailureOf([0xDE, 0xAD, 0xBE, 0xEF, 1, 2, 3, 4, 5, 6, 7, 8]);
        StringAssert.Contains(failure.Text, "the peer does not speak TLS: it sent DEADBEEF01020304");
    }

    [TestMethod]
    public void Accept_HelloOfGarbage_Fails()
    {
        byte[] record = new byte[5 + 200];
        record[0] = 22;
        record[1] = 3;
        record[2] = 1;
        record[4] = 200;
        record.AsSpan(5).Fill(0xA5);
        Assert.AreEqual(Errno.ECONNABORTED, FailureOf(record).Errno);
    }

    [TestMethod]
    public void Connect_ToAPlainServer_SaysSo()
    {
        using Link link = Link.InMemory();
        Socket listener = link.ListenPlain();
        Socket client = link.Client();
        Thread answering = new(() =>
        {
            Socket server = link.Accept(listener);
            server.Receive(new byte[1]);
            server.Send(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
        });
        answering.Start();
        SocketException thrown = Assert.ThrowsExactly<SocketException>(() => client.Connect(listener.LocalEndPoint, Link.PatienceMs));
        answering.Join();
        StringAssert.Contains(thrown.Message, "the peer does not speak TLS: it speaks plain HTTP");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Handshake_StallsAnywhere_EndsInTime(bool ofClient)
    {
        // All at once: each waits for its own time to be over.
        using Link link = Link.InMemory();
        link.ClientOptions.HandshakeTimeoutMs = 700;
        link.ServerOptions.HandshakeTimeoutMs = 700;
        link.ClientOptions.SessionCache = false;
        long all = HandshakeBytes(ofClient);
        List<Task> tasks = [];
        for (long at = 0; at < all; at += Math.Max(1, all / 12))
        {
            long place = at;
            tasks.Add(Task.Factory.StartNew(() => Stall(link, ofClient, place), TaskCreationOptions.LongRunning));
        }

        Task.WaitAll([.. tasks]);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Handshake_IsCutAnywhere_FailsOnBothSides(bool ofClient)
    {
        using Link link = Link.InMemory();
        link.ClientOptions.SessionCache = false;
        long all = HandshakeBytes(ofClient);
        for (long at = 0; at < all; at += Math.Max(1, all / 12))
        {
            Socket listener = link.Listen();
            Relay relay = new(link, listener.LocalEndPoint) { OfClient = ofClient, CutAt = at };
            Socket client = link.Client();
            int connected = 1;
            Thread connecting = new(() => connected = client.TryConnect(relay.Address, Link.PatienceMs));
            connecting.Start();
            Socket server = link.Accept(listener);
            server.ReceiveTimeout = Link.PatienceMs;
            int received = server.TryReceive(new byte[1], 0, 1, SocketFlags.None);
            connecting.Join();
            client.ReceiveTimeout = Link.PatienceMs;
            int answered = connected < 0 ? connected : client.TryReceive(new byte[1], 0, 1, SocketFlags.None);
            Assert.IsTrue(received < 0 && answered < 0, $"cut at {at}: server {received}, client {connected}, {answered}");
        }
    }

    [TestMethod]
    public void Receive_CutAfterTheData_IsNoEnd()
    {
        using Link link = Link.InMemory();
        (Socket client, Socket server, Socket line) = ConnectThroughALine(link, out _);
        server.Send([1, 2, 3]);
        client.ReceiveTimeout = Link.PatienceMs;
        Assert.AreEqual(3, client.Receive(new byte[3], SocketFlags.WaitAll));

        // A FIN that the server never sent.
        line.Shutdown(SocketShutdown.Send);
        SocketException thrown = Assert.ThrowsExactly<SocketException>(() => client.Receive(new byte[1]));
        Assert.AreEqual(Errno.ECONNABORTED, thrown.Errno);
        StringAssert.Contains(thrown.Message, "the connection ended without TLS's close_notify");
        Assert.AreEqual(-(int)Errno.ECONNABORTED, client.TryReceive(new byte[1], 0, 1, SocketFlags.None), "it never looks like an end");
    }

    [TestMethod]
    public void Receive_CutInARecord_FailsAfterWhatWasWhole()
    {
        using Link link = Link.InMemory();
        (Socket client, Socket server, Socket line) = ConnectThroughALine(link, out Action stop);
        client.ReceiveTimeout = Link.PatienceMs;
        server.Send([1]);
        Assert.AreEqual(1, client.Receive(new byte[9]));
        stop();
        line.Send([23, 3, 3, 0, 50, 1, 2, 3]);
        line.Shutdown(SocketShutdown.Send);
        Assert.AreEqual(-(int)Errno.ECONNABORTED, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
    }

    [TestMethod]
    public void Receive_RecordOfGarbage_FailsForEver()
    {
        using Link link = Link.InMemory();
        (Socket client, _, Socket line) = ConnectThroughALine(link, out Action stop);
        client.ReceiveTimeout = Link.PatienceMs;
        stop();
        line.Send([23, 3, 3, 0, 30, .. new byte[30]]);
        SocketException thrown = Assert.ThrowsExactly<SocketException>(() => client.Receive(new byte[1]));
        Assert.AreEqual(Errno.ECONNABORTED, thrown.Errno, thrown.Message);
        Assert.AreEqual(-(int)Errno.ECONNABORTED, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        Assert.AreEqual(-(int)Errno.EPIPE, client.TrySend(new byte[1], 0, 1, SocketFlags.None));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Handshake_MutatedBytes_NeverHangOrPass(bool ofClient)
    {
        // A changed byte may lie where nobody looks (a session ticket, say); but no side may hang, and no data be wrong.
        Random random = new(ofClient ? 1 : 2);
        long all = HandshakeBytes(ofClient) + 300;
        using Link link = Link.InMemory();
        link.ClientOptions.HandshakeTimeoutMs = 3000;
        link.ServerOptions.HandshakeTimeoutMs = 3000;
        DateTime until = DateTime.UtcNow.AddSeconds(3);
        for (int i = 0; i < 60 && DateTime.UtcNow < until; i++)
        {
            long place = random.NextInt64(all);
            Socket listener = link.Listen();
            Relay relay = new(link, listener.LocalEndPoint) { OfClient = ofClient, FlipAt = place };
            Socket client = link.Client();
            int answer = 0;
            Thread connecting = new(() =>
            {
                if (client.TryConnect(relay.Address, Link.PatienceMs) == 0)
                {
                    client.TrySend([1, 2, 3, 4], 0, 4, SocketFlags.None);
                }

                client.ReceiveTimeout = 3000;
                byte[] back = new byte[4];
                answer = client.TryReceive(back, 0, 4, SocketFlags.None);
                Assert.IsTrue(answer <= 0 || back.AsSpan(0, answer).SequenceEqual(new byte[] { 5, 6, 7, 8 }.AsSpan(0, answer)));
                client.Close();
            });
            connecting.Start();
            Socket server = link.Accept(listener);
            server.ReceiveTimeout = 3000;
            byte[] got = new byte[4];
            int received = server.TryReceive(got, 0, 4, SocketFlags.None);
            Assert.IsTrue(received <= 0 || got.AsSpan(0, received).SequenceEqual(new byte[] { 1, 2, 3, 4 }.AsSpan(0, received)), "place " + place);
            server.TrySend([5, 6, 7, 8], 0, 4, SocketFlags.None);
            server.Close();
            listener.Close();
            Assert.IsTrue(connecting.Join(Link.PatienceMs), "the client hangs, place " + place);
        }
    }

    [TestMethod]
    public void Close_DuringTheHandshake_EndsBothSides()
    {
        using Link link = Link.InMemory();
        Socket listener = link.ListenPlain();
        Socket client = link.Client();
        int result = 0;
        Thread connecting = new(() => result = client.TryConnect(listener.LocalEndPoint, -1));
        connecting.Start();
        Socket silent = link.Accept(listener);
        Assert.IsTrue(silent.Receive(new byte[1]) == 1, "no hello");
        client.Close();
        Assert.IsTrue(connecting.Join(Link.PatienceMs));
        Assert.IsTrue(result is -(int)Errno.EINTR or -(int)Errno.EBADF, "connect gave " + result);
    }

    [TestMethod]
    public void Connect_PeerStalls_IsBoundedByItsOwnTimeout()
    {
        using Link link = Link.InMemory();
        Socket listener = link.ListenPlain();
        Socket client = link.Client();
        SocketException thrown = Assert.ThrowsExactly<SocketException>(() => client.Connect(listener.LocalEndPoint, 100));
        Assert.AreEqual(Errno.ETIMEDOUT, thrown.Errno);
    }

    [TestMethod]
    public void Connect_NoSelectorHasRoom_SaysSoAndDoesNotSpin()
    {
        CountingStack? counting = null;
        using Link link = Link.Through(inner => counting = new CountingStack(inner));
        Socket listener = link.ListenPlain();
        Socket client = link.Client();
        counting!.SelectorsAreFull = true;
        Assert.AreEqual(-(int)Errno.ENFILE, client.TryConnect(listener.LocalEndPoint, 1000));
    }

    private static void Stall(Link link, bool ofClient, long place)
    {
        Socket listener = link.Listen();
        Relay relay = new(link, listener.LocalEndPoint) { OfClient = ofClient, StallAt = place };
        Socket client = link.Client();
        int connected = 1;
        int answered = 1;
        Thread connecting = new(() =>
        {
            connected = client.TryConnect(relay.Address, -1);
            client.ReceiveTimeout = 700;
            answered = connected < 0 ? connected : client.TryReceive(new byte[1], 0, 1, SocketFlags.None);
        });
        connecting.Start();
        Socket server = link.Accept(listener);

        // At the last places this side's handshake is done.
        server.ReceiveTimeout = 1400;
        int received = server.TryReceive(new byte[1], 0, 1, SocketFlags.None);
        Assert.IsTrue(connecting.Join(Link.PatienceMs), "the client hangs, stalled at " + place);
        Assert.IsTrue(answered < 0, $"stalled at {place}: the client got {connected}, {answered}");
        Assert.IsTrue(received < 0, $"stalled at {place}: the server got {received}");
        Assert.IsTrue(received == -(int)Errno.ETIMEDOUT || answered == -(int)Errno.ETIMEDOUT, $"stalled at {place}: {received}, {answered}");
    }

    // How many bytes a side sends in a handshake.
    private static long HandshakeBytes(bool ofClient)
    {
        using Link link = Link.InMemory();
        link.ClientOptions.SessionCache = false;
        Socket listener = link.Listen();
        Socket middle = link.ListenPlain();
        Socket client = link.Client();
        long count = 0;
        Thread relaying = new(() =>
        {
            Socket left = link.Accept(middle);
            Socket right = link.Plain();
            right.Connect(listener.LocalEndPoint);
            new Thread(() => Copy(ofClient ? right : left, ofClient ? left : right)) { IsBackground = true }.Start();
            byte[] bytes = new byte[4096];
            int got;
            while ((got = (ofClient ? left : right).TryReceive(bytes, 0, bytes.Length, SocketFlags.None)) > 0)
            {
                Interlocked.Add(ref count, got);
                (ofClient ? right : left).TrySend(bytes, 0, got, SocketFlags.None);
            }
        }) { IsBackground = true };
        relaying.Start();
        Thread accepting = new(() => link.Accept(listener).Wait(PollEvents.Out, Link.PatienceMs));
        accepting.Start();
        client.Connect(middle.LocalEndPoint, Link.PatienceMs);
        accepting.Join();
        return Interlocked.Read(ref count);
    }

    private static TlsFailure FailureOf(byte[] bytes)
    {
        using Link link = Link.InMemory();
        Socket listener = link.Listen();
        Socket client = link.Plain();
        client.Connect(listener.LocalEndPoint);
        client.Send(bytes);
        Socket server = link.Accept(listener);
        server.ReceiveTimeout = Link.PatienceMs;
        Assert.AreEqual(-(int)Errno.ECONNABORTED, server.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        return link.Stack.GetFailure(server.Handle);
    }

    // The line: the plain socket that leads to the client; stop ends the passing on from the server.
    private static (Socket Client, Socket Server, Socket Line) ConnectThroughALine(Link link, out Action stop)
    {
        Socket listener = link.Listen();
        Socket middle = link.ListenPlain();
        Socket client = link.Client();
        Socket? server = null;
        Socket? left = null;
        Socket? right = null;
        Thread relaying = new(() =>
        {
            left = link.Accept(middle);
            right = link.Plain();
            right.Connect(listener.LocalEndPoint);
            new Thread(() => Copy(left, right)) { IsBackground = true }.Start();
            new Thread(() => Copy(right, left)) { IsBackground = true }.Start();
        });
        relaying.Start();
        Thread accepting = new(() => (server = link.Accept(listener)).Wait(PollEvents.Out, Link.PatienceMs));
        accepting.Start();
        client.Connect(middle.LocalEndPoint, Link.PatienceMs);
        accepting.Join();
        relaying.Join();
        stop = () => right!.Close();
        return (client, server!, left!);
    }

    private static void Copy(Socket from, Socket to)
    {
        byte[] bytes = new byte[4096];
        int count;
        while ((count = from.TryReceive(bytes, 0, bytes.Length, SocketFlags.None)) > 0)
        {
            to.TrySend(bytes, 0, count, SocketFlags.None);
        }
    }
}
