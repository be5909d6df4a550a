using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

/// <summary>Many threads at once on one stack with small buffers: every byte arrives in order, nothing hangs, nothing is left.</summary>
[TestClass]
public class StressTests
{
    private const int Seed = 20260101;

    [TestMethod]
    public void Transfer_ManyThreads_EveryByteArrivesInOrder()
    {
        const int Connections = 4;
        const int StreamBytes = 1_000_000;
        const int Records = 10_000;
        using Net net = new(new LoopbackLimits { StreamBufferBytes = 1000, DatagramQueueBytes = 2000, DatagramQueueCount = 5 });
        Crew crew = new(Seed);
        for (int i = 0; i < Connections; i++)
        {
            (int client, int server) = net.Connection();
            int seed = Seed + i;
            crew.Add(() => Write(net.Stack, client, StreamBytes, seed));
            crew.Add(() => Read(net.Stack, server, StreamBytes, seed + 1000));
            crew.Add(() => Write(net.Stack, server, StreamBytes, seed));
            crew.Add(() => ReadPolled(net.Stack, client, StreamBytes, seed + 1000));
        }

        foreach (SocketType type in new[] { SocketType.Dgram, SocketType.Seqpacket })
        {
            (int a, int b) = net.Pair(type);
            crew.Add(() => WriteRecords(net.Stack, a, null, 0, Records));
            crew.Add(() => ReadRecords(net.Stack, b, 1, Records));
        }

        SocketAddress name = Unix("many to one");
        int receiver = net.Bound(SocketType.Dgram, name);
        for (int writer = 0; writer < 3; writer++)
        {
            int number = writer;
            int sender = net.Open(AddressFamily.Unix, SocketType.Dgram);
            crew.Add(() => WriteRecords(net.Stack, sender, name, number, Records));
        }

        crew.Add(() => ReadRecords(net.Stack, receiver, 3, Records));
        crew.Join();
    }

    [TestMethod]
    public void Connect_ManyThreadsAndAFullBacklog_EveryConnectionIsServed()
    {
        const int Clients = 6;
        const int Times = 300;
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address, 0);
        Crew crew = new(Seed);
        for (int i = 0; i < Clients; i++)
        {
            crew.Add(() =>
            {
                byte[] buffer = new byte[1];
                for (int k = 0; k < Times; k++)
                {
                    int client = net.Stack.Open(AddressFamily.InterNetwork, SocketType.Stream, 0);
                    Equal(0, net.Stack.Connect(client, address, -1));
                    Equal(1, net.Stack.Send(client, buffer, 0, 1, SocketFlags.None, null, -1));
                    SocketFlags flags = SocketFlags.None;
                    Equal(1, net.Stack.Receive(client, buffer, 0, 1, ref flags, null, -1));
                    Equal(0, net.Stack.Close(client));
                }
            });
        }

        crew.Add(() =>
        {
            byte[] buffer = new byte[1];
            for (int k = 0; k < Clients * Times; k++)
            {
                int server = net.Stack.Accept(listener, null, -1);
                SocketFlags flags = SocketFlags.None;
                Equal(1, net.Stack.Receive(server, buffer, 0, 1, ref flags, null, -1));
                Equal(1, net.Stack.Send(server, buffer, 0, 1, SocketFlags.None, null, -1));
                Equal(0, net.Stack.Close(server));
            }
        });
        crew.Join();
    }

    [TestMethod]
    public void AnyCalls_ManyThreadsOnTheSameSockets_EndAndLeaveNothing()
    {
        const int Threads = 6;
        const int Calls = 20_000;
        using Net net = new(new LoopbackLimits
        {
            MaxSockets = 24, StreamBufferBytes = 300, DatagramQueueBytes = 600, DatagramQueueCount = 3, ConnectTimeoutMs = 1,
        });
        int[] handles = new int[16];
        ISelector[] selectors = new ISelector[Threads];
        Crew crew = new(Seed);
        for (int i = 0; i < Threads; i++)
        {
            selectors[i] = net.Stack.OpenSelector();
            int own = i;
            Random random = new(Seed + i);
            crew.Add(() =>
            {
                for (int call = 0; call < Calls; call++)
                {
                    Call(net.Stack, handles, random);
                    Select(selectors, own, handles, random);
                }
            });
        }

        crew.Join();
        Array.ForEach(selectors, s => s.Close());
        foreach (int handle in handles)
        {
            net.Stack.Close(handle);
        }
    }

    [TestMethod]
    public void Forward_ManyThreads_EachHearsOfEveryEvent()
    {
        // Each thread waits in a selector of its own network, and is woken by one of the shared stack.
        const int Threads = 4;
        const int Rounds = 5000;
        using Net net = new();
        (int a, int b) = net.Pair(SocketType.Stream);
        using Barrier barrier = new(Threads + 1);
        ISelector[] networks = new ISelector[Threads];
        Crew crew = new(Seed);
        for (int i = 0; i < Threads; i++)
        {
            ISelector network = networks[i] = new LoopbackStack().OpenSelector();
            ISelector local = net.Stack.OpenSelector();
            local.Watch(a, PollEvents.In, false, 1);
            local.Forward(network);
            crew.Add(() =>
            {
                int[] keys = new int[1];
                int[] seen = new int[1];
                for (int round = 0; round < Rounds; round++)
                {
                    while (local.Wait(keys, seen, 0) == 0)
                    {
                        Equal(0, network.Wait(keys, seen, -1));
                    }

                    barrier.SignalAndWait();
                    barrier.SignalAndWait();
                }

                local.Close();
                network.Close();
            });
        }

        crew.Add(() =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                Array.ForEach(networks, n => n.Wake());
                net.Send(b, "x");
                barrier.SignalAndWait();
                Assert.AreEqual("x", net.Receive(a));
                barrier.SignalAndWait();
            }
        });
        crew.Join();
    }

    // One random call on a random one of the shared sockets. Any answer is right; ending is what counts.
    private static void Call(LoopbackStack stack, int[] handles, Random random)
    {
        int slot = random.Next(handles.Length);
        int handle = Volatile.Read(ref handles[slot]);
        int waitMs = random.Next(50) == 0 ? 1 : 0;
        byte[] buffer = new byte[400];
        SocketFlags flags = SocketFlags.None;
        SocketAddress address = random.Next(2) == 0 ? V4(8000 + random.Next(3)) : Unix("name" + random.Next(3));
        switch (random.Next(12))
        {
            case 0:
                Put(stack, handles, slot, stack.Open(address.Family, (SocketType)(1 + random.Next(2)), 0));
                break;
            case 1:
                Put(stack, handles, slot, stack.OpenPair(AddressFamily.Unix, SocketType.Seqpacket, 0, out int second));
                Put(stack, handles, random.Next(handles.Length), second);
                break;
            case 2:
                stack.Bind(handle, address);
                break;
            case 3:
                stack.Listen(handle, random.Next(2));
                break;
            case 4 or 5:
                stack.Connect(handle, address, waitMs);
                break;
            case 6:
                Put(stack, handles, random.Next(handles.Length), stack.Accept(handle, null, waitMs));
                break;
            case 7 or 8:
                stack.Send(handle, buffer, 0, random.Next(buffer.Length), flags, random.Next(2) == 0 ? address : null, waitMs);
                break;
            case 9:
                stack.Receive(handle, buffer, 0, buffer.Length, ref flags, null, waitMs);
                break;
            case 10:
                stack.PollMany(handles, new int[handles.Length], new int[handles.Length], handles.Length, waitMs);
                break;
            default:
                stack.Shutdown(handle, (SocketShutdown)random.Next(3));
                break;
        }
    }

    // One random call on a random one of the shared selectors; each thread waits in its own one alone.
    private static void Select(ISelector[] selectors, int own, int[] handles, Random random)
    {
        ISelector selector = selectors[random.Next(selectors.Length)];
        int slot = random.Next(handles.Length);
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                selector.Watch(handles[slot], (PollEvents)(random.Next(2) * 5), random.Next(2) == 0, slot);
                break;
            case 3:
                selector.Unwatch(handles[slot]);
                break;
            case 4:
                selector.Wake();
                break;
            case 5:
                selector.Forward(random.Next(3) == 0 ? null : selectors[random.Next(selectors.Length)]);
                break;
            default:
                Assert.IsGreaterThanOrEqualTo(0, selectors[own].Wait(new int[5], new int[5], random.Next(50) == 0 ? 1 : 0));
                break;
        }
    }

    // Whoever takes a handle out of the table closes it; some other thread may be waiting on it.
    private static void Put(LoopbackStack stack, int[] handles, int slot, int handle)
    {
        if (handle > 0)
        {
            stack.Close(Interlocked.Exchange(ref handles[slot], handle));
        }
    }

    private static void Write(LoopbackStack stack, int handle, int bytes, int seed)
    {
        Random random = new(seed);
        byte[] buffer = new byte[5000];
        for (int sent = 0; sent < bytes;)
        {
            int count = Math.Min(bytes - sent, random.Next(1, buffer.Length));
            for (int i = 0; i < count; i++)
            {
                buffer[i] = Expected(sent + i);
            }

            Equal(count, stack.Send(handle, buffer, 0, count, SocketFlags.None, null, -1));
            sent += count;
        }

        Equal(0, stack.Shutdown(handle, SocketShutdown.Send));
    }

    private static void Read(LoopbackStack stack, int handle, int bytes, int seed)
    {
        Random random = new(seed);
        byte[] buffer = new byte[5000];
        int received = 0;
        while (true)
        {
            SocketFlags flags = SocketFlags.None;
            int count = stack.Receive(handle, buffer, 0, random.Next(1, buffer.Length), ref flags, null, -1);
            Check(buffer, count, ref received);
            if (count == 0)
            {
                break;
            }
        }

        Equal(bytes, received);
    }

    private static void ReadPolled(LoopbackStack stack, int handle, int bytes, int seed)
    {
        Random random = new(seed);
        byte[] buffer = new byte[5000];
        int[] seen = new int[1];
        int received = 0;
        int count = -1;
        while (count != 0)
        {
            Equal(1, stack.PollMany([handle], [(int)PollEvents.In], seen, 1, -1));
            SocketFlags flags = SocketFlags.None;
            count = stack.Receive(handle, buffer, 0, random.Next(1, buffer.Length), ref flags, null, 0);
            Check(buffer, count, ref received);
        }

        Equal(bytes, received);
    }

    private static void Check(byte[] buffer, int count, ref int received)
    {
        Assert.IsGreaterThanOrEqualTo(0, count);
        for (int i = 0; i < count; i++)
        {
            Equal(Expected(received), buffer[i]);
            received++;
        }
    }

    private static byte Expected(int position) => (byte)(position + (position >> 8) + (position >> 16));

    private static void WriteRecords(LoopbackStack stack, int handle, SocketAddress? to, int writer, int records)
    {
        byte[] buffer = new byte[200];
        for (int record = 0; record < records; record++)
        {
            int length = 8 + (record % 190);
            BitConverter.TryWriteBytes(buffer, writer);
            BitConverter.TryWriteBytes(buffer.AsSpan(4), record);
            Equal(length, stack.Send(handle, buffer, 0, length, SocketFlags.None, to, -1));
        }
    }

    private static void ReadRecords(LoopbackStack stack, int handle, int writers, int records)
    {
        byte[] buffer = new byte[200];
        int[] next = new int[writers];
        for (int i = 0; i < writers * records; i++)
        {
            SocketFlags flags = SocketFlags.None;
            int length = stack.Receive(handle, buffer, 0, buffer.Length, ref flags, null, -1);
            int writer = BitConverter.ToInt32(buffer);
            Equal(next[writer], BitConverter.ToInt32(buffer, 4));
            Equal(8 + (next[writer]++ % 190), length);
        }
    }

    private static void Equal(int expected, int actual)
    {
        // Assert.AreEqual would box a million numbers.
        if (expected != actual)
        {
            Assert.AreEqual(expected, actual, $"seed {Seed}");
        }
    }
}
