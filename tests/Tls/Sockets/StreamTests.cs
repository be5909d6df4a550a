namespace IoTNet.Tests.Tls;

/// <summary>Bytes through a secured connection.</summary>
[TestClass]
public class StreamTests
{
    [TestMethod]
    [DataRow(1, 3000)]
    [DataRow(2, 6000)]
    [DataRow(5, 30000)]
    [DataRow(997, 100000)]
    public void Stream_SplitOnTheLine_ComesWhole(int chunk, int bytes)
    {
        using Link link = Link.InMemory();
        Socket listener = link.Listen();
        Relay relay = new(link, listener.LocalEndPoint) { Chunk = chunk };
        Socket client = link.Client();
        Socket? server = null;
        Thread accepting = new(() => (server = link.Accept(listener)).Wait(PollEvents.Out, Link.PatienceMs));
        accepting.Start();
        client.Connect(relay.Address, Link.PatienceMs);
        accepting.Join();
        Both(client, server!, bytes);
    }

    [TestMethod]
    public void Stream_AMebibyteBothWaysInMemory_ComesWhole()
    {
        using Link link = Link.InMemory();
        (Socket client, Socket server) = link.Connect();
        Both(client, server, 1 << 20);
    }

    [TestMethod]
    public void Stream_AMebibyteBothWaysOnTheHost_ComesWhole()
    {
        using Link link = Link.OnHost();
        (Socket client, Socket server) = link.Connect();
        Both(client, server, 1 << 20);
    }

    [TestMethod]
    public void Receive_LessThanARecord_LeavesTheRest()
    {
        using Link link = Link.InMemory();
        (Socket client, Socket server) = link.Connect();
        client.Send([1, 2, 3, 4, 5]);
        server.ReceiveTimeout = Link.PatienceMs;
        byte[] buffer = new byte[5];
        Assert.AreEqual(2, server.Receive(buffer, 0, 2, SocketFlags.None));
        Assert.AreEqual(3, server.Available);
        Assert.AreEqual(PollEvents.In, server.Wait(PollEvents.In, 0), "decrypted bytes wait, the line is quiet");
        Assert.AreEqual(3, server.Receive(buffer, 0, 5, SocketFlags.Peek));
        Assert.AreEqual(3, server.Receive(buffer, 0, 5, SocketFlags.None));
        CollectionAssert.AreEqual(new byte[] { 3, 4, 5 }, buffer[..3]);
        Assert.AreEqual(PollEvents.None, server.Wait(PollEvents.In, 0));
        Assert.AreEqual(0, server.Available);
    }

    [TestMethod]
    public void Shutdown_Send_LetsThePeerAnswer()
    {
        using Link link = Link.InMemory();
        (Socket client, Socket server) = link.Connect();
        client.Send([1]);
        client.Shutdown(SocketShutdown.Send);
        server.ReceiveTimeout = Link.PatienceMs;
        client.ReceiveTimeout = Link.PatienceMs;
        Assert.AreEqual(1, server.Receive(new byte[4]));
        Assert.AreEqual(0, server.Receive(new byte[4]), "the end of that half");
        server.Send([2, 3]);
        Assert.AreEqual(2, client.Receive(new byte[2], SocketFlags.WaitAll));
        Assert.AreEqual(-(int)Errno.EPIPE, client.TrySend([1], 0, 1, SocketFlags.None));
        server.Close();
        Assert.AreEqual(0, client.Receive(new byte[1]));
    }

    [TestMethod]
    public void Close_WithMuchUnsent_StillDeliversAll()
    {
        using Link link = Link.OnHost();
        (Socket client, Socket server) = link.Connect();
        byte[] bytes = new byte[1 << 20];
        long sent = 0;
        int result;
        while ((result = client.TrySend(bytes, 0, bytes.Length, SocketFlags.DontWait)) > 0)
        {
            sent += result;
        }

        client.Close();
        server.ReceiveTimeout = Link.PatienceMs;
        long got = 0;
        while ((result = server.TryReceive(bytes, 0, bytes.Length, SocketFlags.None)) > 0)
        {
            got += result;
        }

        Assert.AreEqual(0, result);
        Assert.AreEqual(sent, got);
    }

    [TestMethod]
    public void Send_NonBlockingAndNobodyComesBack_StillGoesOut()
    {
        using Link link = Link.OnHost();
        (Socket client, Socket server) = link.Connect();
        byte[] bytes = new byte[1 << 20];
        long sent = 0;
        int result;
        while ((result = client.TrySend(bytes, 0, bytes.Length, SocketFlags.DontWait)) > 0)
        {
            sent += result;
        }

        server.ReceiveTimeout = Link.PatienceMs;
        for (long got = 0; got < sent; got += result)
        {
            result = server.TryReceive(bytes, 0, bytes.Length, SocketFlags.None);
            Assert.IsTrue(result > 0, $"{got} of {sent} bytes, then {result}");
        }
    }

    // Background: what is stuck goes out behind. When all of it had gone, and the owner sent more, closed, and the peer took that
    // as well before the socket was struck off the list, nobody closed it: the close had found it on the list.
    [TestMethod]
    public void Close_JustWhenTheRestHasGoneOut_ClosesAllTheSame()
    {
        CountingStack? counting = null;
        using Link link = Link.Through(inner => counting = new CountingStack(inner));
        (Socket client, Socket server) = link.Connect();
        byte[] bytes = new byte[1 << 16];
        int closes = 0;
        object gate = new();
        counting!.OnUnwatch = () =>
        {
            lock (gate)
            {
                if (++closes == 1)
                {
                    Fill();
                    client.Close();
                    Drain();
                }
            }
        };
        Fill();
        Assert.IsTrue(SpinWait.SpinUntil(
            () =>
            {
                lock (gate)
                {
                    Drain();
                    return closes > 0;
                }
            },
            Link.PatienceMs), "the rest does not go out");

        void Fill()
        {
            while (client.TrySend(bytes, 0, bytes.Length, SocketFlags.DontWait) > 0)
            {
            }
        }

        void Drain()
        {
            while (server.TryReceive(bytes, 0, bytes.Length, SocketFlags.DontWait) > 0)
            {
            }
        }
    }

    [TestMethod]
    public void Messages_OfSeveralBuffers_KeepTheOrder()
    {
        using Link link = Link.InMemory();
        (Socket client, Socket server) = link.Connect();
        SocketMessage message = new();
        message.Add([1, 2]);
        message.Add([]);
        message.Add([3, 4, 5]);
        Assert.AreEqual(5, client.SendMsg(message));
        byte[] first = new byte[4];
        byte[] second = new byte[4];
        SocketMessage answer = new();
        answer.Add(first);
        answer.Add(second);
        server.ReceiveTimeout = Link.PatienceMs;
        int got = 0;
        while (got < 5)
        {
            got += server.Receive(first, got, Math.Min(4 - got, 5), SocketFlags.None);
            if (got == 4)
            {
                got += server.Receive(second, 0, 4, SocketFlags.None);
            }
        }

        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4 }, first);
        Assert.AreEqual(5, second[0]);
    }

    [TestMethod]
    public void Threads_SendAndReceiveAtOnceOnOneSocket_GetEveryByteOnce()
    {
        using Link link = Link.OnHost();
        (Socket client, Socket server) = link.Connect();
        const int Readers = 4;
        const int Bytes = 400000;
        int[] counts = new int[256];
        long left = Bytes;
        server.ReceiveTimeout = Link.PatienceMs;
        Thread[] readers = [.. Enumerable.Range(0, Readers).Select(_ => new Thread(() =>
        {
            byte[] buffer = new byte[777];
            while (Interlocked.Read(ref left) > 0)
            {
                int got = server.TryReceive(buffer, 0, buffer.Length, SocketFlags.None);
                if (got <= 0)
                {
                    return;
                }

                for (int i = 0; i < got; i++)
                {
                    Interlocked.Increment(ref counts[buffer[i]]);
                }

                Interlocked.Add(ref left, -got);
            }
        }))];
        foreach (Thread reader in readers)
        {
            reader.Start();
        }

        byte[] bytes = new byte[Bytes];
        for (int i = 0; i < Bytes; i++)
        {
            bytes[i] = (byte)i;
        }

        client.Send(bytes);
        client.Close();
        foreach (Thread reader in readers)
        {
            Assert.IsTrue(reader.Join(Link.PatienceMs), "a reader hangs");
        }

        Assert.AreEqual(0, Interlocked.Read(ref left));
        Assert.AreEqual(Bytes / 256 + 1, counts.Max());
        Assert.AreEqual(Bytes / 256, counts.Min());
    }

    // Both directions at once, odd sizes.
    private static void Both(Socket client, Socket server, int bytes)
    {
        byte[] there = new byte[bytes];
        byte[] back = new byte[bytes];
        new Random(1).NextBytes(there);
        new Random(2).NextBytes(back);
        Task[] tasks =
        [
            Task.Factory.StartNew(() => client.Send(there), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => server.Send(back), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => Expect(server, there), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => Expect(client, back), TaskCreationOptions.LongRunning),
        ];
        Task.WaitAll(tasks);
    }

    private static void Expect(Socket socket, byte[] expected)
    {
        byte[] buffer = new byte[10007];
        socket.ReceiveTimeout = Link.PatienceMs;
        for (int got = 0; got < expected.Length;)
        {
            int count = socket.Receive(buffer);
            Assert.IsTrue(count > 0, $"the end after {got} of {expected.Length}");
            Assert.IsTrue(buffer.AsSpan(0, count).SequenceEqual(expected.AsSpan(got, count)), "wrong bytes at " + got);
            got += count;
        }
    }
}
