using IoTNet.Boards;

namespace IoTNet.Tests.Server;

[TestClass]
public sealed class UdpServerTests
{
    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Sockets_WithoutHostAndPort_ShareOnePort(string stack)
    {
        using Stacks board = new(stack);
        Socket[] sockets = Open(board, null);
        Assert.AreNotEqual(0, PortOf(sockets[0]));
        Assert.IsTrue(sockets.All(s => PortOf(s) == PortOf(sockets[0])), string.Join<Socket>(", ", sockets));
        Assert.IsTrue(sockets.Any(s => s.LocalEndPoint.Equals(new IPEndPoint(IPAddress.Loopback, PortOf(s)))));
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Sockets_OnAnyIPv4_AreOneForEachAddress(string stack)
    {
        using Stacks board = new(stack);
        IPAddress[] addresses = new IPAddress[64];
        int count = ((ILocalAddresses)board.Stack.Network).GetLocalAddresses(addresses);
        IPAddress[] own = [.. addresses.Take(count).Where(a => a.AddressFamily == AddressFamily.InterNetwork)];
        CollectionAssert.AreEquivalent(own, Open(board, "0.0.0.0").Select(s => ((IPEndPoint)s.LocalEndPoint).Address).ToArray());
    }

    [TestMethod]
    public void Sockets_OnAnyIPv6_AreOneWhereTheStackTellsDestinations()
    {
        using Stacks loopback = new("loopback");
        Assert.AreEqual(IPAddress.IPv6Any, ((IPEndPoint)Open(loopback, "::").Single().LocalEndPoint).Address);
    }

    [TestMethod]
    public void GetLocalAddresses_OfTheHost_AreThoseThatCanBeBound()
    {
        SystemNetStack stack = new();
        NetworkStack stacks = new(stack, new LoopbackStack());
        IPAddress[] addresses = new IPAddress[64];
        int count = stack.GetLocalAddresses(addresses);
        Assert.AreEqual(count, stack.GetLocalAddresses([]));
        CollectionAssert.Contains(addresses, IPAddress.Loopback);
        foreach (IPAddress address in addresses.Take(count))
        {
            using Socket socket = new(stacks, address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
        }
    }

    [TestMethod]
    public void Sockets_PortTakenOnOneAddress_DrawAnother()
    {
        LoopbackStack inner = new();
        NetworkStack board = Troubled.Board(inner, (call, count) => call == "Bind" && count is 2 or 4 ? -(int)Errno.EADDRINUSE : null);
        Socket[] sockets = UdpServer.Sockets(board, null, 0);
        Assert.AreEqual(2, sockets.Length);
        Assert.AreEqual(PortOf(sockets[0]), PortOf(sockets[1]));
        Assert.AreEqual(2, inner.OpenSockets);
        Array.ForEach(sockets, s => s.Close());
    }

    [TestMethod]
    public void Sockets_PortTakenAlways_EndWithEaddrinuseAndLeaveNothing()
    {
        LoopbackStack inner = new();
        NetworkStack board = Troubled.Board(inner, (call, count) => call == "Bind" && count % 2 == 0 ? -(int)Errno.EADDRINUSE : null);
        Assert.AreEqual(Errno.EADDRINUSE, Assert.ThrowsExactly<SocketException>(() => UdpServer.Sockets(board, null, 0)).Errno);
        Assert.AreEqual(0, inner.OpenSockets);
    }

    [TestMethod]
    public void Sockets_OnAPortInUse_IsEaddrinuseAtOnce()
    {
        LoopbackStack inner = new();
        NetworkStack board = new(inner, inner);
        Socket[] first = UdpServer.Sockets(board, "::1", 0);
        Assert.AreEqual(Errno.EADDRINUSE, Assert.ThrowsExactly<SocketException>(() => UdpServer.Sockets(board, null, PortOf(first[0]))).Errno);
        Assert.AreEqual(1, inner.OpenSockets);
        first[0].Close();
    }

    [TestMethod]
    public void Sockets_OnABoardWithTooFewSockets_IsEnfileAndLeaveNothing()
    {
        LoopbackStack inner = new(new LoopbackLimits { MaxSockets = 1 });
        Assert.AreEqual(Errno.ENFILE, Assert.ThrowsExactly<SocketException>(() => UdpServer.Sockets(new NetworkStack(inner, inner), null, 0)).Errno);
        Assert.AreEqual(0, inner.OpenSockets);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Reply_ToEachAddress_ComesFromWhereTheQuestionWent(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        Socket[] sockets = Open(board, null);
        List<string> seen = [];
        using UdpServer server = new(loop, sockets, (buffer, offset, count, source) =>
        {
            seen.Add(source.LocalAddress.ToString());
            source.Reply(buffer, offset, count);
        });
        IPAddress[] addresses = new IPAddress[64];
        int own = ((ILocalAddresses)board.Stack.Network).GetLocalAddresses(addresses);
        foreach (IPAddress address in addresses.Take(own))
        {
            IPEndPoint asked = new(address, PortOf(sockets[0]));
            Socket client = board.Open(SocketType.Dgram, address.AddressFamily);
            client.SendTo([1, 2, 3], asked);
            byte[] answer = Receive(loop, client, out EndPoint from);
            CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, answer);
            Assert.AreEqual(asked, from);
            Assert.AreEqual(asked.ToString(), seen[^1]);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Handler_GetsTheSender_AndMayKeepTheSource(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        List<UdpSource> kept = [];
        Socket[] sockets = Open(board, "127.0.0.1");
        using UdpServer server = new(loop, sockets, (_, _, _, source) => kept.Add(source.Keep()));
        Socket one = Client(board, sockets[0]), two = Client(board, sockets[0]);
        one.Send([1]);
        two.Send([2]);
        Until(loop, () => kept.Count == 2);
        foreach (UdpSource source in kept)
        {
            source.Reply([(byte)source.RemoteAddress.Port], 0, 1);
        }

        CollectionAssert.AreEqual(new[] { (byte)PortOf(one) }, Receive(loop, one, out _));
        CollectionAssert.AreEqual(new[] { (byte)PortOf(two) }, Receive(loop, two, out _));
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Handler_OfALongDatagram_IsToldThatItIsTruncated(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        List<(int Count, bool IsTruncated)> seen = [];
        Socket[] sockets = Open(board, "127.0.0.1");
        using UdpServer server = new(loop, sockets, (_, _, count, source) => seen.Add((count, source.IsTruncated)), 4);
        Socket client = Client(board, sockets[0]);
        client.Send(new byte[5]);
        client.Send(new byte[4]);
        client.Send([]);
        Until(loop, () => seen.Count == 3);
        CollectionAssert.AreEqual(new[] { (4, true), (4, false), (0, false) }, seen);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Handler_Throws_IsReportedAndTheServerLives(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        List<string> errors = [];
        loop.Error += (_, error) => errors.Add(error.Message);
        int calls = 0;
        Socket[] sockets = Open(board, "127.0.0.1");
        using UdpServer server = new(loop, sockets, (_, _, _, _) =>
            throw new InvalidOperationException("call " + ++calls));
        Socket client = Client(board, sockets[0]);
        client.Send([1]);
        client.Send([2]);
        Until(loop, () => errors.Count == 2);
        CollectionAssert.AreEqual(new[] { "call 1", "call 2" }, errors);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Close_InTheHandler_IsItsLastCall(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        int calls = 0;
        Socket[] sockets = Open(board, "127.0.0.1");
        UdpServer server = null!;
        server = new UdpServer(loop, sockets, (_, _, _, _) =>
        {
            calls++;
            server.Close();
        });
        Socket client = Client(board, sockets[0]);
        client.Send([1]);
        client.Send([2]);
        Until(loop, () => calls > 0);
        while (loop.RunOnce(0) > 0)
        {
        }

        Assert.AreEqual(1, calls);
        server.Close();
    }

    // On the default board, which is one in memory: the blocking form serves the current board.
    [TestMethod]
    public void LoopOn_UntilItsSocketsAreClosed_Serves()
    {
        Socket[] sockets = UdpServer.Sockets("127.0.0.1", 0);
        List<string> errors = [];
        Thread server = new(() => UdpServer.LoopOn(sockets, (buffer, offset, count, source) =>
        {
            source.Reply(buffer, offset, count);
            throw new InvalidOperationException("after " + count);
        }, (_, error) => errors.Add(error.Message)));
        server.Start();
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = Stacks.PatienceMs };
        client.Connect(sockets[0].LocalEndPoint);
        client.Send([1, 2]);
        Assert.AreEqual(2, client.Receive(new byte[4]));
        client.Send([1]);
        Assert.AreEqual(1, client.Receive(new byte[4]));
        sockets[0].Close();
        Assert.IsTrue(server.Join(Stacks.PatienceMs));
        CollectionAssert.AreEqual(new[] { "after 2", "after 1" }, errors);
    }

    [TestMethod]
    public void LoopOn_HandlerThrows_LeavesWithTheSocketsOpen()
    {
        Socket[] sockets = UdpServer.Sockets("127.0.0.1", 0);
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(sockets[0].LocalEndPoint);
        client.Send([1]);
        client.Send([2]);
        Assert.ThrowsExactly<FormatException>(() => UdpServer.LoopOn(sockets, (_, _, _, _) => throw new FormatException()));
        byte seen = 0;
        UdpServer.LoopOn(sockets, (buffer, offset, _, source) =>
        {
            seen = buffer[offset];
            source.Socket.Close();
        });
        Assert.AreEqual(2, seen);
        Assert.ThrowsExactly<ArgumentException>(() => UdpServer.LoopOn([], (_, _, _, _) => { }));
        Assert.ThrowsExactly<ObjectDisposedException>(() => UdpServer.LoopOn(sockets, (_, _, _, _) => { }));
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Serve_InSteadyState_AllocatesNothing(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        int served = 0;
        Socket[] sockets = Open(board, "127.0.0.1");
        using UdpServer server = new(loop, sockets, (buffer, offset, count, source) =>
        {
            served++;
            Assert.AreEqual(count, source.TryReply(buffer, offset, count));
        });
        Socket client = Client(board, sockets[0]);
        byte[] data = new byte[16];
        void Round(int rounds)
        {
            for (int target = served + rounds; served < target;)
            {
                client.TrySend(data, 0, data.Length, SocketFlags.None);
                loop.RunOnce(Stacks.PatienceMs);
                client.TryReceive(data, 0, data.Length, SocketFlags.None);
            }
        }

        Round(200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(1000);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Socket[] Open(Stacks board, string? host) => [.. UdpServer.Sockets(board.Stack, host, 0).Select(board.Keep)];

    private static Socket Client(Stacks board, Socket server)
    {
        Socket client = board.Open(SocketType.Dgram);
        client.Connect(server.LocalEndPoint);
        return client;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint).Port;

    private static byte[] Receive(EventLoop loop, Socket client, out EndPoint from)
    {
        while (client.Wait(PollEvents.In, 0) == PollEvents.None)
        {
            Assert.AreNotEqual(0, loop.RunOnce(Stacks.PatienceMs), "nothing came");
        }

        byte[] buffer = new byte[64];
        from = new IPEndPoint(IPAddress.Any, 0);
        return buffer[..client.ReceiveFrom(buffer, ref from)];
    }

    private static void Until(EventLoop loop, Func<bool> isSo)
    {
        while (!isSo())
        {
            Assert.AreNotEqual(0, loop.RunOnce(Stacks.PatienceMs), "nothing happened");
        }
    }
}
