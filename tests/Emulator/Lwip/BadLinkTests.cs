namespace IoTNet.Emulator.Tests;

/// <summary>TCP over bad cables: every byte arrives, in order, whatever the cable does.</summary>
[TestClass]
public sealed class BadLinkTests
{
    private const int Seed = 20;

    /// <summary>lwIP's retransmissions wait 3 s at first, and twice as long each time (RFC 6298 5).</summary>
    private const int PatienceMs = 100_000;

    [TestMethod]
    public void Send_OverLossDelayReorderingAndAPartition_ArrivesWhole()
    {
        LinkConditions bad = new() { Loss = 0.2, Delay = TimeSpan.FromMilliseconds(100), Reordering = 0.1, ReorderingDelay = TimeSpan.FromMilliseconds(60) };
        AssertArrivesWhole(bad, 24_000, partition: true);
    }

    [TestMethod]
    public void Send_OverCorruptionAndDuplication_ArrivesWhole()
    {
        AssertArrivesWhole(new LinkConditions { Corruption = 0.05, Duplication = 0.2 }, 100_000, partition: false);
    }

    // The conditions hold on one board's cable, in both directions.
    private static void AssertArrivesWhole(LinkConditions conditions, int total, bool partition)
    {
        Console.WriteLine("seed " + Seed);
        using EmulatedNetwork net = new(Seed);
        EmulatedBoard a = net.AddBoard("a"), b = net.AddBoard("b");
        using Socket listener = Open(b);
        listener.Bind(new IPEndPoint(IPAddress.Any, 7));
        listener.Listen(1);
        using Socket client = Open(a);
        client.Connect(new IPEndPoint(IPAddress.Parse("10.0.2.16"), 7), TwoBoards.PatienceMs);
        Assert.IsTrue(listener.Accept(TwoBoards.PatienceMs, out Socket server));
        using Socket end = server;
        net.SetLink(b, conditions);
        byte[] sent = new byte[total];
        new Random(Seed).NextBytes(sent);
        Thread sender = new(() => client.TrySend(sent, 0, total, SocketFlags.None)) { IsBackground = true };
        sender.Start();
        byte[] received = new byte[total];
        server.ReceiveTimeout = PatienceMs;
        int first = partition ? total / 4 : 0;
        Assert.AreEqual(first, server.Receive(received, 0, first, SocketFlags.WaitAll));
        if (partition)
        {
            net.Partition(a, b);
            _ = server.Wait(PollEvents.Hup, 5000);
            net.Heal(a, b);
        }

        Assert.AreEqual(total - first, server.Receive(received, first, total - first, SocketFlags.WaitAll));
        Assert.IsTrue(sender.Join(PatienceMs));
        CollectionAssert.AreEqual(sent, received);
    }

    private static Socket Open(EmulatedBoard board)
    {
        return new Socket(board.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    }
}
