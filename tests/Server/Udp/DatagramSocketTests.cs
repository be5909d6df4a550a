namespace IoTNet.Tests.Server;

[TestClass]
public sealed class DatagramSocketTests
{
    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Send_OnAFreshSocket_BindsItAndTellsBytesLater(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket server = dgram.Bound();
        DatagramSocket client = dgram.Make();
        int? sent = null;
        client.Send([0, 1, 2, 3], 1, 2, server.Address().Port, null, (error, bytes) => sent = error == null ? bytes : -1);
        Assert.IsNull(sent, "told within the call");
        Assert.AreEqual(1, client.SendQueueCount);
        Assert.AreEqual(2, client.SendQueueSize);
        Assert.AreEqual("EBADF", dgram.CodeOf(() => client.Address()));
        dgram.Until(() => dgram.Messages.Count == 1 && sent != null);
        Assert.AreEqual(2, sent);
        Assert.AreEqual("1,2 from " + client.Address().Port, dgram.Messages[0]);
        Assert.AreEqual(0, client.SendQueueCount);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Send_OfSeveralBuffers_IsOneDatagram(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket server = dgram.Bound();
        DatagramSocket client = dgram.Make();
        List<int> sent = [];
        client.Send([[1, 2], [], [3]], server.Address().Port, "127.0.0.1", (_, bytes) => sent.Add(bytes));
        client.Send([], server.Address().Port, "127.0.0.1", (_, bytes) => sent.Add(bytes));
        dgram.Until(() => dgram.Messages.Count == 2 && sent.Count == 2);
        StringAssert.StartsWith(dgram.Messages[0], "1,2,3 from ");
        StringAssert.StartsWith(dgram.Messages[1], " from ");
        CollectionAssert.AreEqual(new[] { 3, 0 }, sent);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Send_InOrder_ArrivesInOrderAndIsToldInOrder(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket server = dgram.Bound();
        DatagramSocket client = dgram.Make();
        List<byte> told = [];
        for (byte i = 0; i < 20; i++)
        {
            byte number = i;
            client.Send([number], 0, 1, server.Address().Port, "127.0.0.1", (_, _) => told.Add(number));
        }

        dgram.Until(() => dgram.Messages.Count == 20 && told.Count == 20);
        CollectionAssert.AreEqual(Enumerable.Range(0, 20).Select(i => (byte)i).ToArray(), told);
        CollectionAssert.AreEqual(Enumerable.Range(0, 20).Select(i => i + " from " + client.Address().Port).ToArray(), dgram.Messages);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Send_ToAName_ArrivesAndOthersDoNotWaitForIt(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket server = dgram.Bound();
        DatagramSocket client = dgram.Make();
        client.Send([1], 0, 1, server.Address().Port, "localhost", null);
        client.Send([2], 0, 1, server.Address().Port, "127.0.0.1", null);
        dgram.Until(() => dgram.Messages.Count == 2);
        CollectionAssert.AreEquivalent(new[] { "1 from " + client.Address().Port, "2 from " + client.Address().Port }, dgram.Messages);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Send_ToANameThatIsNone_TellsItsCallbackOnly(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket client = dgram.Make();
        DatagramException? told = null;
        client.Send([1], 0, 1, 7, "no:address", (error, bytes) =>
        {
            told = error;
            Assert.AreEqual(0, bytes);
        });
        dgram.Until(() => told != null);
        Assert.AreEqual("ENOTFOUND", told!.Code);
        Assert.AreEqual("getaddrinfo ENOTFOUND no:address", told.Message);
        Assert.AreEqual(0, dgram.Errors.Count);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Send_FailsWithoutCallback_IsTheErrorEvent(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket client = dgram.Make();
        client.Send([1], 0, 1, 7, "no:address", null);
        client.Send([1], 0, 1, 7, "::1", null);
        client.Send(new byte[65508], 0, 65508, 7, "127.0.0.1", null);
        client.Send([1], 0, 1, 7, "255.255.255.255", null);
        dgram.Until(() => dgram.Errors.Count == 4);
        CollectionAssert.AreEquivalent(new[]
        {
            "getaddrinfo ENOTFOUND no:address", "send EINVAL ::1:7", "send EMSGSIZE 127.0.0.1:7", "send EACCES 255.255.255.255:7",
        }, dgram.Errors);
    }

    [TestMethod]
    public void Send_WhenTheStackIsFull_WaitsForRoomAndKeepsItsOrder()
    {
        LoopbackStack inner = new();
        bool isFull = true;
        int refused = 0;
        using Dgram dgram = new(Troubled.Board(inner, (call, _) => call == "Send" && isFull && ++refused > 0 ? -(int)Errno.EAGAIN : null));
        DatagramSocket server = dgram.Bound();
        DatagramSocket client = dgram.Make();
        List<int> told = [];
        client.Send([1], 0, 1, server.Address().Port, null, (_, _) => told.Add(1));
        client.Send([2], 0, 1, server.Address().Port, null, (_, _) => told.Add(2));
        dgram.Until(() => refused >= 3);
        Assert.AreEqual(0, told.Count);
        isFull = false;
        dgram.Until(() => dgram.Messages.Count == 2 && told.Count == 2);
        CollectionAssert.AreEqual(new[] { 1, 2 }, told);
        StringAssert.StartsWith(dgram.Messages[0], "1 from ");
    }

    [TestMethod]
    public void Send_BeyondTheQueueLimit_IsEnobufs()
    {
        using Dgram dgram = new("loopback");
        DatagramSocket client = dgram.Make();
        client.SendQueueLimit = 2;
        client.Send([1], 0, 1, 7, null, null);
        client.Send([1], 0, 1, 7, null, null);
        Assert.AreEqual("ENOBUFS", dgram.CodeOf(() => client.Send([1], 0, 1, 7, null, null)));
        dgram.Until(() => client.SendQueueCount == 0);
        client.Send([1], 0, 1, 7, null, null);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Close_WithSendsAndAConnectUnderWay_TellsEcanceledThenClosed(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket client = dgram.Make();
        List<string> told = [];
        client.Closed += _ => told.Add("closed");
        client.Send([1], 0, 1, 7, null, (error, _) => told.Add(error.Code));
        client.Send([1], 0, 1, 7, "localhost", (error, _) => told.Add(error.Code));
        client.Connect(7, "localhost", (error, _) => told.Add("connect " + error.Code));
        client.Close();
        Assert.AreEqual(0, told.Count, "told within the call");
        dgram.Until(() => told.Count == 4);
        CollectionAssert.AreEqual(new[] { "connect ECANCELED", "ECANCELED", "ECANCELED", "closed" }, told);
        Assert.AreEqual("ERR_SOCKET_DGRAM_NOT_RUNNING", dgram.CodeOf(client.Close));
        client.Dispose();
        dgram.Drain();
        Assert.AreEqual(4, told.Count);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Bind_OfAPortInUse_IsAnErrorEventAndMayBeTriedAgain(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket first = dgram.Bound();
        DatagramSocket second = dgram.Make();
        DatagramException? sent = null;
        bool isTold = false;
        second.Bind(first.Address().Port, "127.0.0.1", _ => Assert.Fail("not bound"));
        second.Send([1], 0, 1, 7, null, (error, _) => sent = error);
        dgram.Until(() => dgram.Errors.Count == 1 && sent != null);
        Assert.AreEqual("bind EADDRINUSE 127.0.0.1:" + first.Address().Port, dgram.Errors[0]);
        Assert.AreEqual("EADDRINUSE", sent!.Code);
        Assert.AreEqual("EBADF", dgram.CodeOf(() => second.Address()));
        second.Bind(0, "127.0.0.1", _ => isTold = true);
        dgram.Until(() => isTold);
        Assert.AreEqual(IPAddress.Loopback, second.Address().Address);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Bind_OfWhatIsNoAddressHere_IsAnErrorEvent(string stack)
    {
        using Dgram dgram = new(stack);
        dgram.Make().Bind(0, "192.0.2.1");
        dgram.Make().Bind(0, "::1");
        dgram.Make().Bind(0, "no:address");
        dgram.Until(() => dgram.Errors.Count == 3);
        CollectionAssert.AreEquivalent(new[] { "bind EADDRNOTAVAIL 192.0.2.1", "bind EINVAL ::1", "getaddrinfo ENOTFOUND no:address" }, dgram.Errors);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Connect_ThenDisconnect_ChoosesThePeerAndTakesItAway(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket peer = dgram.Bound(), stranger = dgram.Bound();
        DatagramSocket client = dgram.Make();
        List<string> told = [];
        client.Connected += _ => told.Add("event");
        client.Connect(peer.Address().Port, null, (error, bytes) => told.Add(error?.Code ?? "callback"));
        Assert.AreEqual("ERR_SOCKET_DGRAM_NOT_CONNECTED", dgram.CodeOf(() => client.RemoteAddress()));
        dgram.Until(() => told.Count == 2);
        CollectionAssert.AreEqual(new[] { "event", "callback" }, told);
        Assert.AreEqual(peer.Address().Port, client.RemoteAddress().Port);
        client.Send([5], 0, 1, null);
        client.Send([[6], [7]], null);
        stranger.Send([1], 0, 1, client.Address().Port, "127.0.0.1", null);
        peer.Send([8], 0, 1, client.Address().Port, "127.0.0.1", null);
        dgram.Until(() => dgram.Messages.Count == 3);
        Assert.IsTrue(dgram.Messages.All(m => !m.StartsWith("1 ", StringComparison.Ordinal)), string.Join(", ", dgram.Messages));
        client.Disconnect();
        Assert.AreEqual("ERR_SOCKET_DGRAM_NOT_CONNECTED", dgram.CodeOf(client.Disconnect));
        client.Send([9], 0, 1, stranger.Address().Port, null, null);
        dgram.Until(() => dgram.Messages.Count == 4);
    }

    [TestMethod]
    public void Connect_ToAPortThatNobodyHas_TellsByTheErrorEvent()
    {
        using Dgram dgram = new("host");
        DatagramSocket gone = dgram.Bound();
        int port = gone.Address().Port;
        gone.Close();
        DatagramSocket client = dgram.Make();
        client.Connect(port);
        dgram.Until(() => dgram.CodeOf(() => client.RemoteAddress()) == null);
        client.Send([1], 0, 1, null);
        dgram.Until(() => dgram.Errors.Count > 0);
        Assert.AreEqual("recvmsg ECONNREFUSED", dgram.Errors[0]);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Message_OfALongDatagram_IsTruncatedAndSaysSo(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket server = dgram.Bound(4);
        List<bool> truncated = [];
        server.Message += (socket, _, _, _, _) => truncated.Add(socket.IsTruncated);
        DatagramSocket client = dgram.Make();
        client.Send(new byte[5], 0, 5, server.Address().Port, null, null);
        client.Send(new byte[4], 0, 4, server.Address().Port, null, null);
        dgram.Until(() => truncated.Count == 2);
        CollectionAssert.AreEqual(new[] { true, false }, truncated);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Options_OfABoundSocket_AreTaken(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket socket = dgram.Bound();
        socket.SetBroadcast(true);
        Assert.AreEqual(255, socket.SetTTL(255));
        Assert.AreEqual(0, socket.SetMulticastTTL(0));
        Assert.IsFalse(socket.SetMulticastLoopback(false));
        socket.SetSendBufferSize(8192);
        Assert.IsTrue(socket.GetSendBufferSize() >= 8192);
        socket.SetRecvBufferSize(8192);
        Assert.IsTrue(socket.GetRecvBufferSize() >= 8192);
        int size = socket.GetSendBufferSize();
        socket.SetSendBufferSize(0);
        Assert.AreEqual(size, socket.GetSendBufferSize());
        bool isSent = false;
        socket.Send([1], 0, 1, 7, "255.255.255.255", (error, _) => isSent = error?.Code != "EACCES");
        dgram.Until(() => isSent);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void AddMembership_OnAFreshSocket_BindsItAndHearsTheGroup(string stack)
    {
        using Dgram dgram = new(stack);
        DatagramSocket member = dgram.Make();
        bool isTold = false;
        member.Listening += _ => isTold = true;
        member.AddMembership("239.1.2.3", "127.0.0.1");
        int port = member.Address().Port;
        Assert.AreEqual("ERR_SOCKET_ALREADY_BOUND", dgram.CodeOf(() => member.Bind()));
        DatagramSocket sender = dgram.Bound();
        if (stack == "host")
        {
            sender.SetMulticastInterface("127.0.0.1");
        }

        sender.Send([1], 0, 1, port, "239.1.2.3", null);
        dgram.Until(() => dgram.Messages.Count == 1 && isTold);
        member.DropMembership("239.1.2.3", "127.0.0.1");
        Assert.AreEqual("EADDRNOTAVAIL", dgram.CodeOf(() => member.DropMembership("239.1.2.3", "127.0.0.1")));
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Echo_InSteadyState_AllocatesNothing(string stack)
    {
        using Dgram dgram = new(stack, isQuiet: true);
        DatagramSocket server = dgram.Bound(), client = dgram.Bound();
        int echoed = 0;
        byte[] data = new byte[16];
        int port = server.Address().Port;
        server.Message += (s, buffer, offset, count, from) => s.Send(buffer, offset, count, from, null);
        DatagramCallback onSent = (error, bytes) => Assert.AreEqual(16, bytes);
        client.Message += (s, _, _, _, _) =>
        {
            echoed++;
            s.Send(data, 0, data.Length, port, "127.0.0.1", onSent);
        };
        client.Send(data, 0, data.Length, port, "127.0.0.1", onSent);
        while (echoed < 200)
        {
            dgram.Loop.RunOnce(Stacks.PatienceMs);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        while (echoed < 1200)
        {
            dgram.Loop.RunOnce(Stacks.PatienceMs);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
