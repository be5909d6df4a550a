namespace IoTNet.Tests.Server;

/// <summary>In the steady state the loop allocates nothing. Only .NET can count; the device runs the same code.</summary>
[TestClass]
[DoNotParallelize]
public sealed class AllocationTests
{
    private const int Rounds = 2000;

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Allocation_EventsReadsAndWrites_IsZero(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        byte[] buffer = new byte[64];
        int echoes = 0;
        loop.Watch(server, PollEvents.In, new Watcher((w, _) =>
            w.Socket.TrySend(buffer, 0, w.Socket.TryReceive(buffer, 0, 64, SocketFlags.DontWait), SocketFlags.DontWait)));
        loop.Watch(client, PollEvents.In, new Watcher((w, _) =>
        {
            w.Socket.TryReceive(buffer, 0, 64, SocketFlags.DontWait);
            echoes++;
            w.Events = PollEvents.In | PollEvents.Out;
            w.Events = PollEvents.In;
        }));
        AssertZero(() =>
        {
            int before = echoes;
            client.TrySend(buffer, 0, 64, SocketFlags.DontWait);
            while (echoes == before)
            {
                loop.RunOnce(-1);
            }
        });
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Allocation_Selects_IsZero(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        board.Pair(out _, out Socket quiet);
        byte[] buffer = new byte[64];
        Mailbox mailbox = new(2);
        AssertZero(() =>
        {
            loop.Receive(quiet, buffer, 0, 64, SocketFlags.None, mailbox, out SelectInfo cancelled);
            loop.Receive(server, buffer, 0, 64, SocketFlags.None, mailbox, out _);
            loop.Cancel(cancelled);
            client.TrySend(buffer, 0, 64, SocketFlags.DontWait);
            SelectEvent selected;
            while (!mailbox.Read(0, out selected))
            {
                loop.RunOnce(-1);
            }

            loop.Receive(selected.Socket, buffer, 0, 64, SocketFlags.None, mailbox, out _);
        });
    }

    [TestMethod]
    public void Allocation_TimersAndPosts_IsZero()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        int calls = 0;
        LoopCallback callback = _ => calls++;
        LoopTimer timer = new(loop, callback, null), late = new(loop, callback, null);
        AssertZero(() =>
        {
            timer.Start(0, 0);
            late.Start(100_000, 10);
            loop.Post(callback, null);
            loop.RunOnce(-1);
            late.Stop();
        });
        Assert.AreEqual(2 * 2 * Rounds, calls);
    }

    // The first rounds fill caches, and the runtime compiles hot code again.
    private static void AssertZero(Action body)
    {
        for (int i = 0; i < Rounds; i++)
        {
            body();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            body();
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before, "bytes in " + Rounds + " rounds");
    }
}
