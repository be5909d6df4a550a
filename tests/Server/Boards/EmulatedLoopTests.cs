using IoTNet.Emulator;

namespace IoTNet.Tests.Server;

/// <summary>The loop on emulated boards, with the real lwIP and the limits of real ones.</summary>
[TestClass]
public sealed class EmulatedLoopTests
{
    private const int Port = 7;

    [TestMethod]
    public void Run_OfAnEchoServerOnABoard_ServesSeveralClientsUnderLoss() => TestNetwork.Run(net =>
    {
        const int clients = 3;
        net.Patience = TimeSpan.FromSeconds(60);
        EmulatedBoard server = net.AddBoard("server", BoardProfile.Esp32);
        using ManualResetEventSlim isListening = new();
        BoardProgram program = server.Run(() => Serve(clients, isListening.Set));
        for (int i = 0; i < clients; i++)
        {
            EmulatedBoard client = net.AddBoard("client" + i, BoardProfile.Stm32);
            net.SetLink(client, new LinkConditions { Loss = 0.1 });
            client.Run(() =>
            {
                Assert.IsTrue(isListening.Wait(20_000));
                using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 50_000 };
                socket.Connect(new IPEndPoint(server.Address, Port), 50_000);
                byte[] buffer = new byte[100];
                for (int round = 0; round < 5; round++)
                {
                    Assert.AreEqual(100, socket.Send(buffer));
                    Assert.AreEqual(100, socket.Receive(buffer, 100, SocketFlags.WaitAll));
                }
            });
        }

        net.Wait();
    });

    [TestMethod]
    public void Run_OfABoardThatLosesPower_EndsThoughItWatchesNothing() => TestNetwork.Run(net =>
    {
        EmulatedBoard board = net.AddBoard("board", BoardProfile.Esp32);
        using ManualResetEventSlim runs = new();
        SocketException? end = null;
        BoardProgram program = board.Run(() =>
        {
            using EventLoop loop = new();
            loop.Post(_ => runs.Set(), null);
            end = Assert.ThrowsExactly<SocketException>(loop.Run);
        });
        Assert.IsTrue(runs.Wait(20_000));

        board.PowerOff();

        Assert.IsTrue(program.Join(20_000), "it runs on");
        Assert.AreEqual(Errno.ENETDOWN, end!.Errno);
    });

    [TestMethod]
    public void Selects_OnABoard_ConnectAndReceive() => TestNetwork.Run(net =>
    {
        EmulatedBoard server = net.AddBoard("server", BoardProfile.Esp32), client = net.AddBoard("client", BoardProfile.Esp32);
        using ManualResetEventSlim isListening = new();
        server.Run(() => Serve(1, isListening.Set));
        net.Wait(client.Run(() =>
        {
            Assert.IsTrue(isListening.Wait(20_000));
            using EventLoop loop = new();
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            Mailbox mailbox = new(1);
            SocketAddress address = new IPEndPoint(server.Address, Port).Serialize();
            byte[] buffer = new byte[10];
            loop.RunBeside(() =>
            {
                int result;
                while ((result = loop.Connect(socket, address, mailbox, out _)) == -(int)Errno.EINPROGRESS)
                {
                    Assert.IsTrue(mailbox.Read(Stacks.PatienceMs, out SelectEvent selected) && !selected.IsAbort);
                }

                Assert.AreEqual(0, result);
                Assert.AreEqual(10, loop.Send(socket, buffer, 0, 10, SocketFlags.None, mailbox, out _));
                for (int got = 0; got < 10; got += result)
                {
                    while ((result = loop.Receive(socket, buffer, got, 10 - got, SocketFlags.None, mailbox, out _)) == -(int)Errno.EAGAIN)
                    {
                        Assert.IsTrue(mailbox.Read(Stacks.PatienceMs, out SelectEvent selected) && !selected.IsAbort);
                    }

                    Assert.IsTrue(result > 0, result.ToString());
                }
            });
        }));
    });

    [TestMethod]
    public void Run_OfBothStacksOfABoard_HearsEachWithoutWaitingForTheOther() => TestNetwork.Run(net =>
    {
        EmulatedBoard board = net.AddBoard("board", BoardProfile.Esp32), peer = net.AddBoard("peer", BoardProfile.Esp32);
        using ManualResetEventSlim isBound = new();
        net.Wait(
            board.Run(() =>
            {
                using EventLoop loop = new();
                using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                udp.Bind(new IPEndPoint(IPAddress.Any, Port));
                Socket.Pair(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified, out Socket one, out Socket other);
                Assert.AreNotSame(udp.Stack, one.Stack);
                byte[] buffer = new byte[4];
                int relayed = 0;
                // From the network into the pair, and from the pair to the count.
                loop.Watch(udp, PollEvents.In, new Watcher((w, _) =>
                    one.TrySend(buffer, 0, w.Socket.TryReceive(buffer, 0, 4, SocketFlags.DontWait), SocketFlags.DontWait)));
                loop.Watch(other, PollEvents.In, new Watcher((w, _) =>
                {
                    relayed += w.Socket.TryReceive(buffer, 0, 4, SocketFlags.DontWait);
                    if (relayed >= 4)
                    {
                        loop.Stop();
                    }
                }));
                loop.Post(_ => isBound.Set(), null);
                loop.Run();
                one.Close();
                other.Close();
            }),
            peer.Run(() =>
            {
                Assert.IsTrue(isBound.Wait(20_000));
                using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                // lwIP drops datagrams while it asks for the address that they go to; the last one is kept.
                for (int i = 0; i < 10; i++)
                {
                    udp.SendTo(new byte[4], new IPEndPoint(board.Address, Port));
                }
            }));
    });

    // Echoes until so many clients have come and gone.
    private static void Serve(int clients, Action isListening)
    {
        using EventLoop loop = new();
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, Port));
        listener.Listen(4);
        byte[] buffer = new byte[200];
        int gone = 0;
        loop.Watch(listener, PollEvents.In, new Watcher((_, _) =>
        {
            if (listener.TryAccept(0, out Socket connection) == 0)
            {
                loop.Watch(connection, PollEvents.In, new Watcher((w, _) =>
                {
                    int count = connection.TryReceive(buffer, 0, 200, SocketFlags.DontWait);
                    if (count > 0)
                    {
                        Assert.AreEqual(count, connection.TrySend(buffer, 0, count, SocketFlags.None));
                        return;
                    }

                    w.Close();
                    connection.Close();
                    if (++gone == clients)
                    {
                        loop.Stop();
                    }
                }));
            }
        }));
        loop.Post(_ => isListening(), null);
        loop.Run();
    }
}
