namespace IoTNet.Tests.Server;

internal static class LoopExtensions
{
    /// <summary>Runs rounds until something is so; fails when nothing comes any more.</summary>
    public static void RunUntil(this EventLoop loop, Func<bool> isSo)
    {
        Deadline deadline = Deadline.After(Stacks.PatienceMs);
        while (!isSo())
        {
            Assert.AreNotEqual(0, deadline.RemainingMs(), "it does not come");
            loop.RunOnce(100);
        }
    }

    /// <summary>Runs rounds until one calls nothing, and says how many calls there were.</summary>
    public static int Settle(this EventLoop loop)
    {
        int calls = 0;
        for (int quiet = 0, rounds = 0; quiet < 2; rounds++)
        {
            Assert.IsTrue(rounds < 100, "the loop does not come to rest");
            int called = loop.RunOnce(20);
            calls += called;
            quiet = called == 0 ? quiet + 1 : 0;
        }

        return calls;
    }

    /// <summary>Receives one byte, or is told when there is one.</summary>
    public static int Receive(this EventLoop loop, Socket? socket, ISelectCaller? caller, out SelectInfo info) =>
        loop.Receive(socket, new byte[1], 0, 1, SocketFlags.None, caller, out info);

    /// <summary>Runs a loop on a thread of its own while the body runs, and stops it.</summary>
    public static void RunBeside(this EventLoop loop, Action body)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                loop.Run();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        try
        {
            body();
        }
        finally
        {
            loop.Stop();
            Assert.IsTrue(thread.Join(Stacks.PatienceMs), "Run does not return");
        }

        Assert.IsNull(failure, failure?.ToString());
    }
}
