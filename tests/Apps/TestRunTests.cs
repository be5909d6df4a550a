namespace IoTNet.Apps.Tests;

/// <summary>What NetTest makes of tests that pass, fail, and cannot run.</summary>
[TestClass]
public class TestRunTests
{
    [TestMethod]
    public void Run_OfTests_TellsEachKindApart()
    {
        var host = new ListHost();
        var run = new TestRun(host, "Specimens.");

        run.Run(typeof(Specimens).Assembly);

        Assert.AreEqual(
            """
            FAILED   Specimens.Fails: InvalidOperationException: as it must
            not run  Specimens.NeedsMore: needs more
            not run  Specimens.PoolIsEmpty: open
            not run  Specimens.PoolIsEmptyElsewhere: on the other thread
            passed   Specimens: 3
            """,
            string.Join("\n", host.Lines));
        Assert.AreEqual((3, 1, 3), (run.Passed, run.Failed, run.NotRun));
    }

    [TestMethod]
    public void Run_Stopped_EndsAfterTheTest()
    {
        var host = new ListHost();
        var run = new TestRun(host, "Specimens.");
        host.OnPrint = run.Stop;

        run.Run(typeof(Specimens).Assembly);

        Assert.AreEqual(1, run.Failed + run.NotRun);
    }

    [TestMethod]
    public void Memory_OfPairsInASelector_TestsTheStackInMemoryAndNotTheBoards()
    {
        var host = new ListHost("part=memory", "filter=SelectorForwardTests");

        Assert.AreEqual(0, new NetTestApp().Run(host), string.Join("\n", host.Lines));
    }

    private sealed class ListHost(params string[] arguments) : ConsoleHost(arguments), IAppHost
    {
        public List<string> Lines { get; } = [];

        public Action? OnPrint { get; set; }

        void IAppHost.Print(string line)
        {
            Lines.Add(line);
            OnPrint?.Invoke();
        }
    }
}
