using IoTNet.Emulator;

namespace IoTNet.Tests.Server;

[TestClass]
public sealed class ConnectionTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Write_AroundTheMarks_IsExact()
    {
        // A direction holds 512 bytes; what is beyond is the connection's.
        World.RunIn(new LoopbackLimits { StreamBufferBytes = 256 }, world =>
        {
            TcpServer server = world.Serve(new() { BufferBytes = 64, LowWaterBytes = 40, HighWaterBytes = 100, MaxBufferedBytes = 200 });
            Socket client = world.Connect(server, out Connection connection);
            int drains = 0;
            connection.Drain += c =>
            {
                drains++;
                Assert.IsLessThanOrEqualTo(40, c.BufferedBytes);
            };
            byte[] bytes = new byte[200];
            int stacks = 0;
            while (connection.BufferedBytes == 0)
            {
                Assert.IsTrue(connection.Write(bytes, 0, 1));
                stacks++;
            }

            Assert.AreEqual(513, stacks);
            Assert.IsTrue(connection.Write(bytes, 0, 99));
            Assert.AreEqual(100, connection.BufferedBytes);
            Assert.IsFalse(connection.Write(bytes, 0, 1));
            Assert.IsFalse(connection.Write(bytes, 0, 99));
            Assert.AreEqual(-(int)Errno.ENOBUFS, connection.TryWrite(bytes, 0, 1));
            SocketException full = Assert.ThrowsExactly<SocketException>(() => connection.Write(bytes, 0, 1));
            Assert.AreEqual(Errno.ENOBUFS, full.Errno);
            Assert.AreEqual(200, connection.BufferedBytes);

            int received = 0;
            byte[] piece = new byte[8];
            while (received < 712)
            {
                int count = client.TryReceive(piece, 0, piece.Length, SocketFlags.DontWait);
                received += Math.Max(count, 0);
                world.Settle();
                Assert.AreEqual(connection.BufferedBytes <= 40 ? 1 : 0, drains);
            }

            Assert.AreEqual(0, connection.BufferedBytes);
            Assert.AreEqual(1, drains);
        });
    }

    [TestMethod]
    [DynamicData(nameof(World.Kinds), typeof(World))]
    public void End_WithASlowReader_SendsAllThenEnds(string kind) => World.Run(kind, world =>
    {
        // More than the kernel's loopback takes by itself.
        int size = kind == "host" ? 20_000_000 : 1_000_000;
        TcpServer server = world.Serve(new() { MaxBufferedBytes = size });
        Socket client = world.Connect(server, out Connection connection);
        byte[] bytes = new byte[size];
        Random random = new(5);
        random.NextBytes(bytes);
        connection.Write(bytes, 0, size);
        Assert.IsGreaterThan(0, connection.BufferedBytes);
        connection.End();
        Assert.IsFalse(connection.Write(bytes, 0, 1));
        byte[] received = new byte[size];
        int got = 0;
        world.Until(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                int count = client.TryReceive(received, got, Math.Min(50_000, size - got), SocketFlags.DontWait);
                got += Math.Max(count, 0);
            }

            return got == size;
        }, "not all came");
        CollectionAssert.AreEqual(bytes, received);
        Assert.AreEqual(0, world.End(client));
        Assert.IsFalse(connection.IsClosed);
        client.Close();
        world.Until(() => connection.IsClosed, "the connection stays");
    }, TestContext.TestName!);

    [TestMethod]
    public void End_OnAStackThatCannotHalfClose_SendsAllThenCloses()
    {
        const int size = 500_000;
        LoopbackStack inner = new();
        NetworkStack stacks = Troubled.Board(inner, (call, _) => call == nameof(INetworkStack.Shutdown) ? -(int)Errno.EOPNOTSUPP : null);
        World.RunOn(stacks, world =>
        {
            TcpServer server = world.Serve(new() { MaxBufferedBytes = size });
            Socket client = world.Connect(server, out Connection connection);
            connection.Write(new byte[size], 0, size);
            connection.End();
            Assert.IsFalse(connection.IsClosed);
            Assert.AreEqual(size, world.Receive(client, size).Length);
            Assert.AreEqual(0, world.End(client));
            Assert.IsTrue(connection.IsClosed);
        });
    }

    [TestMethod]
    [DynamicData(nameof(World.Kinds), typeof(World))]
    public void Peer_ThatEndsItsHalf_StillGetsTheAnswer(string kind) => World.Run(kind, world =>
    {
        TcpServer server = world.Serve(new() { AllowHalfOpen = true });
        Socket client = world.Connect(server, out Connection connection);
        bool ended = false;
        connection.Ended += _ => ended = true;
        client.Shutdown(SocketShutdown.Send);
        world.Until(() => ended, "the end was not told");
        Assert.IsFalse(connection.IsClosed);
        Assert.IsTrue(connection.Write([65, 66], 0, 2));
        Assert.AreEqual("AB", world.Receive(client, 2));
        connection.End();
        Assert.IsTrue(connection.IsClosed);
        Assert.AreEqual(0, world.End(client));
    }, TestContext.TestName!);

    [TestMethod]
    [DynamicData(nameof(World.Kinds), typeof(World))]
    public void Pause_UntilResume_KeepsDataAndEnd(string kind) => World.Run(kind, world =>
    {
        TcpServer server = world.Serve();
        Socket client = world.Connect(server, out Connection connection);
        int bytes = 0;
        bool ended = false;
        connection.Data += (_, _, _, count) => bytes += count;
        connection.Ended += _ => ended = true;
        connection.Pause();
        connection.Pause();
        world.Send(client, "hello");
        client.Shutdown(SocketShutdown.Send);
        for (int i = 0; i < 10; i++)
        {
            world.Loop.RunOnce(5);
        }

        Assert.AreEqual(0, bytes);
        connection.Resume();
        connection.Resume();
        world.Until(() => ended, "the end was not told");
        Assert.AreEqual(5, bytes);
    }, TestContext.TestName!);

    [TestMethod]
    public void Pause_WithinData_HoldsTheNext() => World.Run("loopback", world =>
    {
        TcpServer server = world.Serve(new() { BufferBytes = 64 });
        Socket client = world.Connect(server, out Connection connection);
        int events = 0;
        connection.Data += (c, _, _, _) =>
        {
            events++;
            c.Pause();
        };
        client.Send(new byte[640]);
        world.Settle();
        Assert.AreEqual(1, events);
        connection.Resume();
        world.Settle();
        Assert.AreEqual(2, events);
    }, TestContext.TestName!);

    [TestMethod]
    public void Reader_OfMuch_DoesNotStarveTheOthers() => World.Run("loopback", world =>
    {
        TcpServer server = world.Serve(new() { BufferBytes = 64 });
        Socket loud = world.Connect(server, out Connection much);
        Socket quiet = world.Connect(server, out Connection little);
        int before = 0;
        bool heard = false;
        much.Data += (_, _, _, _) => before += heard ? 0 : 1;
        little.Data += (_, _, _, _) => heard = true;
        loud.Send(new byte[100_000]);
        quiet.Send(new byte[1]);
        world.Until(() => heard, "nothing came");
        Assert.IsLessThanOrEqualTo(4, before);
    }, TestContext.TestName!);

    [TestMethod]
    [DynamicData(nameof(World.Kinds), typeof(World))]
    public void Peer_ThatResets_IsAnErrorThenAClose(string kind) => World.Run(kind, world =>
    {
        List<string> events = [];
        TcpServer server = world.Serve();
        Socket client = world.Connect(server, out Connection connection);
        connection.Data += (_, _, _, _) => events.Add("data");
        connection.Ended += _ => events.Add("end");
        connection.Error += (_, error) =>
        {
            events.Add(error.Errno.ToString());
            StringAssert.Contains(error.Message, world.Host);
        };
        connection.Closed += (_, hadError) => events.Add("close " + hadError);
        client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, 0);
        client.Close();
        world.Until(() => connection.IsClosed, "the reset was not told");
        CollectionAssert.AreEqual(new[] { "ECONNRESET", "close True" }, events);
    }, TestContext.TestName!);

    [TestMethod]
    public void Echo_OverALossyLink_IsWhole() => TestNetwork.Run(net =>
    {
        EmulatedBoard board = net.AddBoard("server", BoardProfile.Esp32);
        EmulatedBoard client = net.AddBoard("client", BoardProfile.Esp32);
        net.SetLink(client, new LinkConditions { Loss = 0.1 });
        World.On(net, board, client, world =>
        {
            TcpServer server = world.ServeEcho();
            Socket socket = world.Connect(server);
            for (int i = 0; i < 10; i++)
            {
                string text = new((char)('a' + i), 500);
                world.Send(socket, text);
                Assert.AreEqual(text, world.Receive(socket, 500));
            }
        });
    });

    [TestMethod]
    public void Abort_OfAConnection_ResetsThePeer() => World.Run("host", world =>
    {
        TcpServer server = world.Serve();
        Socket client = world.Connect(server, out Connection connection);
        connection.Abort();
        Assert.IsTrue(connection.IsClosed);
        Assert.AreEqual(-(int)Errno.ECONNRESET, world.End(client));
    }, TestContext.TestName!);

    [TestMethod]
    public void Write_ThatFailsBeforeTheConnectionIsWatched_IsToldLater() => World.Run("loopback", world =>
    {
        List<string> events = [];
        TcpServer server = world.Serve();
        server.Connection += connection =>
        {
            connection.Error += (_, e) => events.Add(ErrnoTable.Name(e.Errno));
            connection.Closed += (_, hadError) => events.Add("close " + hadError);
            connection.Socket.Shutdown(SocketShutdown.Send);
            events.Add("write " + connection.TryWrite(new byte[1], 0, 1));
            events.Add("writable " + connection.IsWritable);
        };
        world.Connect(server);
        world.Until(() => events.Count >= 4, "nothing was told");
        Assert.AreEqual("write -32, writable False, EPIPE, close True", string.Join(", ", events));
    }, TestContext.TestName!);

    [TestMethod]
    public void Socket_ClosedElsewhere_FailsTheConnection() => World.Run("loopback", world =>
    {
        TcpServer server = world.Serve();
        world.Connect(server, out Connection connection);
        Errno error = Errno.None;
        connection.Error += (_, e) => error = e.Errno;
        connection.Socket.Close();
        world.Until(() => connection.IsClosed, "nobody noticed");
        Assert.AreEqual(Errno.EBADF, error);
    }, TestContext.TestName!);

    [TestMethod]
    public void Write_FromAnotherThreadWhileTheLoopRuns_Throws() => World.Run("loopback", world =>
    {
        TcpServer server = world.Serve();
        world.Connect(server, out Connection connection);
        Exception? thrown = null;
        Thread other = new(() =>
        {
            using ManualResetEvent running = new(false);
            world.Loop.Post(_ => running.Set(), null);
            running.WaitOne();
            try
            {
                connection.Write([1], 0, 1);
            }
            catch (Exception e)
            {
                thrown = e;
            }

            world.Loop.Stop();
        });
        other.Start();
        world.Loop.Run();
        other.Join();
        Assert.IsInstanceOfType<InvalidOperationException>(thrown);
    }, TestContext.TestName!);

    [TestMethod]
    public void Attach_UnderAKey_GivesItBack() => World.Run("loopback", world =>
    {
        world.Connect(world.Serve(), out Connection connection);
        object a = new();
        object b = new();
        connection.Attach(a, "one");
        connection.Attach(b, "two");
        connection.Attach(a, "three");
        Assert.AreEqual("three", connection.GetAttached(a));
        Assert.AreEqual("two", connection.GetAttached(b));
        connection.Attach(b, null);
        Assert.IsNull(connection.GetAttached(b));
    }, TestContext.TestName!);

    [TestMethod]
    [DataRow("loopback")]
    [DataRow("host")]
    public void Echo_InSteadyState_AllocatesNothing(string kind) => World.Run(kind, world =>
    {
        TcpServer server = world.ServeEcho();
        Socket client = world.Connect(server, out _);
        byte[] bytes = new byte[100];
        long before = 0;
        for (int i = 0; i < 1200; i++)
        {
            if (i == 200)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            int received = client.TrySend(bytes, 0, bytes.Length, SocketFlags.DontWait) - bytes.Length;
            while (received < bytes.Length)
            {
                world.Loop.RunOnce(0);
                received += Math.Max(0, client.TryReceive(bytes, received, bytes.Length - received, SocketFlags.DontWait));
            }
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }, TestContext.TestName!);
}
