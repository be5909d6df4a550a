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
