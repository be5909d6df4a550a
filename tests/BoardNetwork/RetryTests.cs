namespace IoTNet.Boards.Tests;

[TestClass]
public class RetryTests
{
    private static readonly NetworkReason[] s_failures = [.. Enumerable.Repeat(NetworkReason.NotFound, 40)];

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(12345)]
    public void Waits_OfFailuresInARow_DoubleUpToTheLimitWithinTheUpperHalf(int seed)
    {
        Bench bench = new(new ScriptedLink().Answers(s_failures), seed: seed);
        int limitMs = 1_000;

        bench.Run();
        for (int failure = 1; failure <= 30; failure++)
        {
            Assert.IsTrue(bench.WaitMs <= limitMs && bench.WaitMs >= limitMs / 2, $"failure {failure}: {bench.WaitMs} ms of {limitMs}");
            Assert.AreEqual(failure, bench.Network.Failures);
            limitMs = Math.Min(2 * limitMs, 60_000);
            bench.AfterTheWait();
        }
    }

    [TestMethod]
    public void Waits_OfTwoBoards_Differ()
    {
        CollectionAssert.AreNotEqual(Waits(1), Waits(2));
        CollectionAssert.AreEqual(Waits(1), Waits(1));
    }

    [TestMethod]
    public void Waits_OfAnInitialTimeAtTheTop_DoNotOverflow()
    {
        RetryDelay delay = new(int.MaxValue / 2 + 1, int.MaxValue, new Random(3));

        for (int i = 0; i < 100; i++)
        {
            Assert.IsGreaterThanOrEqualTo(int.MaxValue / 4, delay.Next());
        }
    }

    [TestMethod]
    public void Waits_OfOneMillisecond_AreNotZero()
    {
        RetryDelay delay = new(1, 1, new Random(3));

        Assert.AreEqual(1, delay.Next());
        Assert.AreEqual(1, delay.Next());
    }

    [TestMethod]
    public void Retry_BeforeTheWaitIsOver_IsNotMade()
    {
        Bench bench = new(new ScriptedLink().Answers(s_failures));
        bench.Run();
        int waitMs = bench.WaitMs;
        bench.Events.Clear();

        bench.After(waitMs - 1);
        bench.AssertEvents();
        Assert.AreEqual(1, bench.WaitMs);
        bench.After(1);

        bench.AssertEvents("Connecting", "Retrying NotFound");
    }

    [TestMethod]
    public void Failures_AfterALongTimeUp_BeginAnew()
    {
        Bench bench = new(new ScriptedLink().Answers(NetworkReason.NotFound, NetworkReason.NotFound, NetworkReason.NotFound));
        bench.Run().AfterTheWait().AfterTheWait();
        Assert.AreEqual(3, bench.Network.Failures);
        bench.Link.Address = Bench.First;
        bench.AfterTheWait();

        bench.After(10_000);
        bench.Link.IsConnected = false;
        bench.Run();

        Assert.AreEqual(1, bench.Network.Failures);
    }

    [TestMethod]
    public void Failures_OfAnAccessPointThatThrowsOutAtOnce_GoOnCounting()
    {
        Bench bench = new(settings: new NetworkSettings { Ssid = "home", AccessPointAfterFailures = 0 });
        bench.Link.Address = Bench.First;
        bench.Run();

        for (int loss = 1; loss <= 5; loss++)
        {
            Assert.IsTrue(bench.Network.IsUp);
            bench.Link.IsConnected = false;
            bench.Run();
            Assert.AreEqual(loss, bench.Network.Failures);
            bench.AfterTheWait();
        }
    }

    [TestMethod]
    public void RetryNow_WhileWaiting_TriesAtOnceAndBeginsAnew()
    {
        Bench bench = new(new ScriptedLink().Answers(NetworkReason.NotFound, NetworkReason.NotFound, NetworkReason.WrongPassword));
        bench.Run().AfterTheWait();
        bench.Events.Clear();

        bench.Network.RetryNow();
        bench.Run();

        bench.AssertEvents("Connecting Asked", "Retrying WrongPassword");
        Assert.AreEqual(1, bench.Network.Failures);
    }

    [TestMethod]
    public void RetryNow_WhileUp_DoesNothing()
    {
        Bench bench = new Bench().RunUp();

        bench.Network.RetryNow();
        bench.Run();

        bench.AssertEvents();
        bench.AssertCalls();
    }

    private static int[] Waits(int seed)
    {
        Bench bench = new(new ScriptedLink().Answers(s_failures), seed: seed);
        bench.Run();
        return [.. Enumerable.Range(0, 8).Select(_ => bench.AfterTheWait().WaitMs)];
    }
}
