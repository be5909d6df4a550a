namespace IoTNet.Emulator.Tests;

/// <summary>What hangs lwIP's own socket layer or ends the process with it, each on its own: none of it may here.</summary>
[TestClass]
public sealed class GuardTests
{
    [TestMethod]
    public void Close_UnderABlockedReceive_EndsIt()
    {
        using TwoBoards net = new();
        for (int i = 0; i < 200; i++)
        {
            net.Connect(out Socket client, out Socket server);
            AssertEndsByClose(net, client, () => client.TryReceive(new byte[1], 0, 1, SocketFlags.None), i);
            server.Close();
        }
    }

    [TestMethod]
    public void Close_UnderABlockedAccept_EndsIt()
    {
        using TwoBoards net = new();
        for (int i = 0; i < 200; i++)
        {
            Socket listener = net.Listener();
            AssertEndsByClose(net, listener, () => listener.TryAccept(-1, out _), i);
        }
    }

    [TestMethod]
    public void Close_UnderABlockedConnect_EndsIt()
    {
        using TwoBoards net = new();
        for (int i = 0; i < 200; i++)
        {
            Socket client = net.Tcp(net.OnA);
            AssertEndsByClose(net, client, () => client.TryConnect(TwoBoards.At(99, 7), -1), i);
        }
    }

    [TestMethod]
    public void Close_UnderABlockedSend_EndsIt()
    {
        using TwoBoards net = new();
        for (int i = 0; i < 20; i++)
        {
            net.Connect(out Socket client, out Socket server);
            byte[] more = new byte[1 << 20];
            int result = 0;
            Thread sender = net.Run(() => result = client.TrySend(more, 0, more.Length, SocketFlags.None));

            // The window is full when the sender waits: then the peer has data, and the sender has no room.
            Assert.AreEqual(PollEvents.In, server.Wait(PollEvents.In, TwoBoards.PatienceMs));
            client.Close();
            Assert.IsTrue(sender.Join(TwoBoards.PatienceMs), "the sender hangs");
            Assert.IsTrue(result is > 0 and < 1 << 20 or -(int)Errno.EINTR or -(int)Errno.EBADF, "sent " + result);
            server.Close();
        }
    }

    [TestMethod]
    public void Close_UnderAPoll_ReportsNval()
    {
        using TwoBoards net = new();
        for (int i = 0; i < 500; i++)
        {
            Socket socket = net.Udp(net.OnA);
            socket.Bind(TwoBoards.At(1, 9));
            int handle = socket.Handle, seen = 0;
            Thread poller = net.Run(() => seen = net.A.Poll(handle, PollEvents.In, -1));
            Yield(i);
            socket.Close();

            // The number that lwIP gave the closed socket comes back at once.
            Socket next = net.Udp(net.OnA);
            Assert.IsTrue(poller.Join(TwoBoards.PatienceMs), "the poll hangs");
            Assert.AreEqual((int)PollEvents.Nval, seen);
            next.Close();
        }
    }

    [TestMethod]
    public void Shutdown_OfReceivingUnderABlockedReceive_EndsItWithZero()
    {
        using TwoBoards net = new();
        for (int i = 0; i < 200; i++)
        {
            net.Connect(out Socket client, out Socket server);
            int result = -1;
            Thread receiver = net.Run(() => result = client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
            Yield(i);
            client.Shutdown(SocketShutdown.Receive);
            Assert.IsTrue(receiver.Join(TwoBoards.PatienceMs), "the receive hangs");
            Assert.AreEqual(0, result);
            client.Close();
            server.Close();
        }
    }

    [TestMethod]
    public void Bind_TwiceOnAStream_FailsWithEINVAL()
    {
        using TwoBoards net = new();
        Socket socket = net.Tcp(net.OnA);
        socket.Bind(TwoBoards.At(1, 7));
        Assert.AreEqual(-(int)Errno.EINVAL, socket.TryBind(TwoBoards.At(1, 8).Serialize()));
        Assert.AreEqual(-(int)Errno.EINVAL, socket.TryBind(TwoBoards.At(1, 7).Serialize()));

        // In lwIP the second one closes the list of bound blocks to a ring: the next bind never ends.
        net.Tcp(net.OnA).Bind(TwoBoards.At(1, 8));
    }

    [TestMethod]
    public void SetSocketOption_OfAnyLevelAndName_NeverReachesLwip()
    {
        using TwoBoards net = new();
        Socket[] sockets =
        [
            net.Tcp(net.OnA), net.Udp(net.OnA), net.Listener(8),
            net.Open(net.OnA, AddressFamily.InterNetworkV6, SocketType.Dgram),
            net.Open(net.OnA, AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp),
        ];
        int[] levels = [0, 1, 6, 17, 41, 58, 136, 255, 65535, -1, int.MaxValue];
        byte[] value = new byte[64];
        foreach (Socket socket in sockets)
        {
            foreach (int level in levels)
            {
                for (int name = -200; name < 300; name++)
                {
                    foreach (int length in (int[])[0, 1, 4, 8, 20, 64])
                    {
                        value.AsSpan().Fill((byte)name);
                        _ = socket.TrySetSocketOption((SocketOptionLevel)level, (SocketOptionName)name, value, length);
                        _ = socket.TryGetSocketOption((SocketOptionLevel)level, (SocketOptionName)name, value, length);
                    }
                }
            }
        }

        net.Connect(out Socket client, out Socket server);
        client.Send([1]);
        Assert.AreEqual(1, server.Receive(new byte[1]));
    }

    [TestMethod]
    [DataRow(256, -(int)Errno.EADDRNOTAVAIL)]
    [DataRow(77, -(int)Errno.EADDRNOTAVAIL)]
    [DataRow(-1, -(int)Errno.EADDRNOTAVAIL)]
    [DataRow(2, 0)]
    [DataRow(0, 0)]
    public void Join_OfAnIPv6Group_ChecksTheInterface(int index, int expected)
    {
        using TwoBoards net = new();
        Socket socket = net.Open(net.OnA, AddressFamily.InterNetworkV6, SocketType.Dgram);
        byte[] membership = [.. IPAddress.Parse("ff02::1234").GetAddressBytes(), .. BitConverter.GetBytes(index)];
        Assert.AreEqual(expected, socket.TrySetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, membership, 20));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public void Calls_InRandomOrderOnTwoThreads_LeaveTheBoardsUp(int seed)
    {
        const int rounds = 400;
        using TwoBoards net = new();
        for (int round = 0; round < rounds; round++)
        {
            net.Connect(out Socket client, out Socket server);
            int own = (seed * 10_000) + round;
            Thread other = net.Run(() => Play(new Random(own), server, client));
            Play(new Random(-own), client, server);
            Assert.IsTrue(other.Join(TwoBoards.PatienceMs), $"seed {seed}, round {round} hangs");
            client.Close();
            server.Close();
        }

        net.Connect(out Socket last, out Socket end);
        last.Send([7]);
        Assert.AreEqual(1, end.Receive(new byte[4]));
    }

    // A few random calls, none of which may wait.
    private static void Play(Random random, Socket one, Socket other)
    {
        byte[] buffer = new byte[3000];
        for (int i = 0; i < 12; i++)
        {
            Socket socket = random.Next(4) == 0 ? other : one;
            switch (random.Next(8))
            {
                case 0:
                    _ = socket.TryShutdown((SocketShutdown)random.Next(3));
                    break;
                case 1 or 2:
                    _ = socket.TryReceive(buffer, 0, random.Next(buffer.Length), SocketFlags.DontWait);
                    break;
                case 3 or 4:
                    _ = socket.TrySend(buffer, 0, random.Next(buffer.Length), SocketFlags.DontWait);
                    break;
                case 5:
                    _ = socket.TryListen(1);
                    _ = socket.TryConnect(TwoBoards.At(2, 7), 0);
                    break;
                case 6:
                    _ = socket.TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, [1, 0, 0, 0, 0, 0, 0, 0], 8);
                    break;
                default:
                    if (random.Next(3) == 0)
                    {
                        socket.Close();
                    }

                    break;
            }
        }
    }

    private static void AssertEndsByClose(TwoBoards net, Socket socket, Func<int> call, int round)
    {
        int result = 0;
        Thread thread = net.Run(() => result = call());
        Yield(round);
        socket.Close();
        Assert.IsTrue(thread.Join(TwoBoards.PatienceMs), "the call hangs");
        Assert.IsTrue(result is -(int)Errno.EINTR or -(int)Errno.EBADF, "the call ended with " + result);
    }

    // Lets the other thread come more or less far: any order must pass.
    private static void Yield(int round)
    {
        for (int i = 0; i < round % 7; i++)
        {
            _ = Thread.Yield();
        }
    }
}
