namespace IoTNet.Emulator.Tests;

/// <summary>Nothing is allocated for a frame, a send, a receive or a wait, on whatever thread.</summary>
[TestClass]
public sealed class AllocationTests
{
    private const int Rounds = 500;

    [TestMethod]
    public void Stream_BetweenTwoBoards_AllocatesNothing()
    {
        using TwoBoards net = new();
        net.Connect(out Socket client, out Socket server);

        // Or Nagle's algorithm and the delayed ACK wait for each other, 250 ms a round.
        client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
        byte[] buffer = new byte[3000];
        AssertNothing(() =>
        {
            _ = client.TrySend(buffer, 0, buffer.Length, SocketFlags.None);
            _ = server.TryReceive(buffer, 0, buffer.Length, SocketFlags.WaitAll);
        });
    }

    [TestMethod]
    public void Datagrams_BetweenTwoBoards_AllocateNothing()
    {
        using TwoBoards net = new();
        Socket receiver = net.Udp(net.OnB);
        receiver.Bind(TwoBoards.At(2, 7));
        Socket sender = net.Udp(net.OnA);
        SocketAddress to = TwoBoards.At(2, 7).Serialize(), from = new();
        byte[] buffer = new byte[2000];
        AssertNothing(() =>
        {
            SocketFlags flags = SocketFlags.None;
            _ = sender.TrySendTo(buffer, 0, buffer.Length, SocketFlags.None, to);
            _ = receiver.TryReceiveFrom(buffer, 0, buffer.Length, ref flags, from);
        });
    }

    [TestMethod]
    public void Waits_OnManySockets_AllocateNothing()
    {
        using TwoBoards net = new();
        net.Connect(out Socket client, out Socket server);
        Poller poller = new();
        _ = poller.Add(client, PollEvents.In | PollEvents.Out);
        _ = poller.Add(server, PollEvents.In);
        AssertNothing(() =>
        {
            _ = server.Wait(PollEvents.In, 0);
            _ = poller.TryWait(-1);
        });
    }

    // Counts the whole process: frames may be brought by the pump's thread.
    private static void AssertNothing(Action body)
    {
        for (int i = 0; i < Rounds; i++)
        {
            body();
        }

        // The runtime itself allocates now and then; a frame that does so does it each time.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Rounds; i++)
            {
                body();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.IsTrue(least < Rounds, $"{least} bytes in {Rounds} rounds");
    }
}
