namespace IoTNet.Tests.Tls;

/// <summary>Poll and selectors tell what is so of the plain bytes, whatever the line does.</summary>
[TestClass]
public class PollTests
{
    private const PollEvents Both = PollEvents.In | PollEvents.Out;

    [TestMethod]
    public void Poll_BeforeTheHandshakeIsDone_IsNothing()
    {
        using Link link = Link.InMemory();
        Socket listener = link.ListenPlain();
        Socket client = link.Client();
        client.Blocking = false;
        Assert.AreEqual(-(int)Errno.EINPROGRESS, client.TryConnect(listener.LocalEndPoint, 0));
        Socket silent = link.Accept(listener);
        Assert.AreEqual(PollEvents.None, client.Wait(Both, 0));
        silent.ReceiveTimeout = Link.PatienceMs;
        Assert.AreEqual(1, silent.Receive(new byte[1]), "the hello");
        Assert.AreEqual(PollEvents.None, client.Wait(Both, 100));
        Assert.AreEqual(-(int)Errno.EAGAIN, client.TrySend([1], 0, 1, SocketFlags.None));
        Assert.AreEqual(-(int)Errno.EAGAIN, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        Assert.IsFalse(client.Connected);
        Assert.AreEqual(-(int)Errno.EALREADY, client.TryConnect(listener.LocalEndPoint, 0));
    }

    [TestMethod]
    public void Connect_NonBlocking_IsWritableWhenDone()
    {
        using Link link = Link.OnHost();
        Socket listener = link.Listen();
        Socket client = link.Client();
        client.Blocking = false;
        Assert.AreEqual(-(int)Errno.EINPROGRESS, client.TryConnect(listener.LocalEndPoint, 0));
        Thread accepting = new(() => link.Accept(listener).Wait(PollEvents.Out, Link.PatienceMs));
        accepting.Start();
        Assert.AreEqual(PollEvents.Out, client.Wait(PollEvents.Out, Link.PatienceMs));
        Assert.AreEqual(Errno.None, client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error));
        Assert.IsTrue(client.Connected);
        accepting.Join();
    }

    [TestMethod]
    public void Connect_NonBlockingAndRefused_TellsTheCause()
    {
        using Link link = Link.InMemory();
        link.ClientOptions.CaCertificates = Certificates.OtherAuthority.CertificatePem;
        Socket listener = link.Listen();
        Socket client = link.Client();
        client.Blocking = false;
        Assert.AreEqual(-(int)Errno.EINPROGRESS, client.TryConnect(listener.LocalEndPoint, 0));
        Thread accepting = new(() => link.Accept(listener).Wait(PollEvents.Out, Link.PatienceMs));
        accepting.Start();
        Assert.AreEqual(Both | PollEvents.Err | PollEvents.Hup, client.Wait(Both, Link.PatienceMs));
        accepting.Join();
        Assert.AreEqual(Errno.ECONNABORTED, client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error));
        Assert.AreEqual(Both | PollEvents.Hup, client.Wait(Both, 0));
        StringAssert.Contains(link.Stack.GetFailure(client.Handle).Text, "not one of the CA certificates");
    }

    [TestMethod]
    public void Handshake_Stalled_IsReportedToWhoPollsAndWhoSelects()
    {
        using Link link = Link.InMemory();
        link.ServerOptions.HandshakeTimeoutMs = 300;
        Socket listener = link.Listen();
        Socket first = link.Plain();
        first.Connect(listener.LocalEndPoint);
        Socket polled = link.Accept(listener);
        Assert.AreEqual(PollEvents.In | PollEvents.Err | PollEvents.Hup, polled.Wait(PollEvents.In, Link.PatienceMs));
        Assert.AreEqual(Errno.ETIMEDOUT, polled.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error));
        Socket second = link.Plain();
        second.Connect(listener.LocalEndPoint);
        Socket selected = link.Accept(listener);
        ISelector selector = Selectors.Open(link.Stack);
        int[] keys = new int[4];
        int[] seen = new int[4];
        Assert.AreEqual(0, selector.Watch(selected.Handle, PollEvents.In, false, 5));
        Assert.AreEqual(1, selector.Wait(keys, seen, Link.PatienceMs));
        Assert.AreEqual(5, keys[0]);
        Assert.AreEqual(PollEvents.In | PollEvents.Err | PollEvents.Hup, (PollEvents)seen[0]);
        selector.Close();
    }

    [TestMethod]
    public void Poll_PartOfARecord_IsNoInput()
    {
        using Link link = Link.InMemory();
        Socket listener = link.Listen();
        using ManualResetEventSlim gate = new();
        Socket client = link.Client();
        Socket? server = null;
        link.ClientOptions.SessionCache = false;

        // After the handshake and the tickets comes a record, of which the first half is let through.
        long handshake = ServerBytes();
        Relay relay = new(link, listener.LocalEndPoint) { GateAt = handshake + 20, Gate = gate };
        Thread accepting = new(() => (server = link.Accept(listener)).Wait(PollEvents.Out, Link.PatienceMs));
        accepting.Start();
        client.Connect(relay.Address, Link.PatienceMs);
        accepting.Join();
        ISelector selector = Selectors.Open(link.Stack);
        Assert.AreEqual(0, selector.Watch(client.Handle, PollEvents.In, false, 1));
        server!.Send(new byte[1000]);
        int[] keys = new int[4];
        int[] seen = new int[4];
        Assert.AreEqual(0, selector.Wait(keys, seen, 200), "half a record is no input");
        Assert.AreEqual(PollEvents.None, client.Wait(PollEvents.In, 0));
        gate.Set();
        Assert.AreEqual(1, selector.Wait(keys, seen, Link.PatienceMs));
        Assert.AreEqual(PollEvents.In, client.Wait(PollEvents.In, 0));
        selector.Close();
    }

    [TestMethod]
    public void Selector_DecryptedBytesWait_IsReportedThoughTheLineIsQuiet()
    {
        using Link link = Link.OnHost();
        (Socket client, Socket server) = link.Connect();
        client.Send([1, 2, 3]);
        server.ReceiveTimeout = Link.PatienceMs;
        Assert.AreEqual(1, server.Receive(new byte[1]));
        ISelector selector = Selectors.Open(link.Stack);
        int[] keys = new int[4];
        int[] seen = new int[4];
        Assert.AreEqual(0, selector.Watch(server.Handle, PollEvents.In, false, 9));
        for (int i = 0; i < 2; i++)
        {
            Assert.AreEqual(1, selector.Wait(keys, seen, 0));
            Assert.AreEqual(9, keys[0]);
        }

        Assert.AreEqual(2, server.Receive(new byte[8]));
        Assert.AreEqual(0, selector.Wait(keys, seen, 0));
        client.Send([4]);
        Assert.AreEqual(1, selector.Wait(keys, seen, Link.PatienceMs));
        selector.Close();
    }

    [TestMethod]
    public void Selector_AnotherThreadDecrypts_WakesTheWait()
    {
        // The other thread takes the cipher text from the line, and only some of the bytes.
        using Link link = Link.OnHost();
        (Socket client, Socket server) = link.Connect();
        server.ReceiveTimeout = Link.PatienceMs;
        ISelector selector = Selectors.Open(link.Stack);
        for (int i = 0; i < 50; i++)
        {
            int[] keys = new int[1];
            int[] seen = new int[1];
            int count = -1;
            Assert.AreEqual(0, selector.Watch(server.Handle, PollEvents.In, true, 1));
            Thread waiting = new(() => count = selector.Wait(keys, seen, Link.PatienceMs));
            waiting.Start();
            client.Send([1, 2]);
            Assert.AreEqual(1, server.Receive(new byte[1]));
            Assert.IsTrue(waiting.Join(Link.PatienceMs));
            Assert.AreEqual(1, count);
            Assert.AreEqual(1, server.Receive(new byte[1]));
        }

        selector.Close();
    }

    [TestMethod]
    public void Selector_KeysAndPlainSockets_AreTold()
    {
        using Link link = Link.InMemory();
        (Socket client, Socket server) = link.Connect();
        Socket plainListener = link.ListenPlain();
        Socket plain = link.Plain();
        plain.Connect(plainListener.LocalEndPoint);
        Socket plainServer = link.Accept(plainListener);
        ISelector selector = Selectors.Open(link.Stack);
        int[] keys = new int[8];
        int[] seen = new int[8];
        Assert.AreEqual(0, selector.Watch(server.Handle, PollEvents.In, false, int.MaxValue));
        Assert.AreEqual(0, selector.Watch(plainServer.Handle, PollEvents.In, false, int.MaxValue - 1));
        Assert.AreEqual(0, selector.Watch(plainListener.Handle, PollEvents.In, false, 3));
        client.Send([1]);
        plain.Send([1]);
        link.Plain().Connect(plainListener.LocalEndPoint);
        Assert.AreEqual(3, selector.Wait(keys, seen, Link.PatienceMs));
        CollectionAssert.AreEquivalent(new[] { int.MaxValue, int.MaxValue - 1, 3 }, keys[..3]);
        plainServer.Close();
        server.Close();
        Assert.AreEqual(3, selector.Wait(keys, seen, Link.PatienceMs));
        Assert.AreEqual(2, Enumerable.Range(0, 3).Count(i => seen[i] == (int)PollEvents.Nval));
        Assert.AreEqual(1, selector.Wait(keys, seen, 0));
        selector.Close();
    }

    [TestMethod]
    public void Selector_Idle_DoesNotLookAtTheLine()
    {
        CountingStack? counted = null;
        using Link link = Link.Through(inner => counted = new CountingStack(inner));
        (Socket client, Socket server) = link.Connect();
        ISelector selector = Selectors.Open(link.Stack);
        int[] keys = new int[4];
        int[] seen = new int[4];
        Assert.AreEqual(0, selector.Watch(server.Handle, PollEvents.In, false, 1));
        Assert.AreEqual(0, selector.Wait(keys, seen, 0));
        long before = counted!.Calls;
        Assert.AreEqual(0, selector.Wait(keys, seen, 300));
        Assert.IsTrue(counted.Calls - before <= 4, $"{counted.Calls - before} calls of the inner stack in an idle wait");
        client.Send([1]);
        Assert.AreEqual(1, selector.Wait(keys, seen, Link.PatienceMs));

        // Reported again and again, it is looked at no more than it is reported.
        before = counted.Calls;
        for (int i = 0; i < 10; i++)
        {
            Assert.AreEqual(1, selector.Wait(keys, seen, 0));
        }

        Assert.IsTrue(counted.Calls - before <= 10 * 3, $"{counted.Calls - before} calls for 10 reports");
        selector.Close();
    }

    [TestMethod]
    public void Poller_PlainAndSecured_SeesBoth()
    {
        using Link link = Link.InMemory();
        (Socket client, Socket server) = link.Connect();
        Socket plainListener = link.ListenPlain();
        Poller poller = new();
        poller.Add(server, PollEvents.In);
        poller.Add(plainListener, PollEvents.In);
        poller.Add(server, PollEvents.Out);
        Assert.AreEqual(1, poller.Wait(0));
        Assert.AreEqual(PollEvents.Out, poller.GetEvents(2));
        poller.Remove(2);
        Assert.AreEqual(0, poller.Wait(50));
        Thread sending = new(() => client.Send([1]));
        sending.Start();
        Assert.AreEqual(1, poller.Wait(Link.PatienceMs));
        Assert.AreEqual(PollEvents.In, poller.GetEvents(0));
        sending.Join();
        link.Plain().Connect(plainListener.LocalEndPoint);
        Assert.AreEqual(2, poller.Wait(Link.PatienceMs));
    }

    [TestMethod]
    public void Allocation_SendReceiveAndPollsThatFindNothing_IsOnlyTheEngines()
    {
        using Link link = Link.OnHost();
        (Socket client, Socket server) = link.Connect();
        byte[] buffer = new byte[100];
        void Round()
        {
            client.TrySend(buffer, 0, buffer.Length, SocketFlags.None);
            while (server.TryReceive(buffer, 0, buffer.Length, SocketFlags.DontWait) <= 0)
            {
                server.Wait(PollEvents.In, 100);
            }

            server.Wait(PollEvents.In, 1);
        }

        for (int i = 0; i < 200; i++)
        {
            Round();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Round();
        }

        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        Assert.IsTrue(each <= 200, each + " bytes a round");
    }

    // What a server sends before the first byte: measured, because the two ends are the same in the test.
    private static long ServerBytes()
    {
        CountingStack? counted = null;
        using Link link = Link.Through(inner => counted = new CountingStack(inner));
        link.ClientOptions.SessionCache = false;
        (_, Socket server) = link.Connect();
        return counted!.SentBy(server.Handle);
    }
}
