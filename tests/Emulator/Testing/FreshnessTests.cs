using System.Diagnostics;

namespace IoTNet.Emulator.Tests;

/// <summary>Each test has a network of its own, and leaves nothing behind.</summary>
[TestClass]
public sealed class FreshnessTests
{
    [TestMethod]
    public void Run_AHundredTimes_LeavesNoThreadsAndNoFiles()
    {
        // The first networks start what the process keeps: the receive pump, the thread pool.
        Repeat(10);
        (int threads, int files) = Count();
        Repeat(100);

        // A thread's end is known here before the kernel has forgotten it, and the thread pool does as it likes.
        SpinWait.SpinUntil(() => Count().Threads <= threads + 3, Nets.PatienceMs);
        (int threadsAfter, int filesAfter) = Count();
        Assert.IsLessThanOrEqualTo(threads + 3, threadsAfter, "threads");
        Assert.IsLessThanOrEqualTo(files + 3, filesAfter, "files");
    }

    [TestMethod]
    public void Run_OnManyThreadsAtOnce_KeepsNetworksApart()
    {
        Exception?[] failures = new Exception?[8];
        Thread[] threads = new Thread[failures.Length];
        for (int i = 0; i < threads.Length; i++)
        {
            int number = i;
            threads[i] = new Thread(() =>
            {
                try
                {
                    for (int round = 0; round < 5; round++)
                    {
                        // All have the same names, addresses and ports.
                        TestNetwork.Run(Nets.Echo, "Run " + number);
                    }
                }
                catch (Exception e)
                {
                    failures[number] = e;
                }
            });
        }

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.AreEqual("", string.Join("\n", failures.OfType<Exception>()));
    }

    [TestMethod]
    public void Run_WithinAnotherTest_KeepsNetworksApart()
    {
        TestNetwork.Run(outer =>
        {
            EmulatedBoard board = outer.AddBoard("a");
            TestNetworkException inner = Nets.Fails(net =>
            {
                net.Patience = TimeSpan.FromMilliseconds(50);
                net.AddBoard("a").Run(() => Nets.Udp(7));
            });
            Assert.Contains("left open: udp 0.0.0.0:7", inner.Message);
            Assert.AreEqual(0, board.GetState().OpenSockets);
        });
    }

    private static void Repeat(int times)
    {
        for (int i = 0; i < times; i++)
        {
            TestNetwork.Run(Nets.Echo);
        }
    }

    private static (int Threads, int Files) Count()
    {
        using Process self = Process.GetCurrentProcess();
        return (self.Threads.Count, Directory.GetFiles("/proc/self/fd").Length);
    }
}
