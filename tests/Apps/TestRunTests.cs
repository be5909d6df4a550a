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

        run.Run(typeof(TestRunTests).Assembly);

        CollectionAssert.AreEqual(
            new[]
            {
                "FAILED   Specimens.Fails: InvalidOperationException: as it must",
                "not run  Specimens.NeedsMore: needs more",
                "not run  Specimens.PoolIsEmpty: open: a pool of the stack is exhausted (ENFILE)",
                "not run  Specimens.PoolIsEmptyElsewhere: on the other thread",
                "passed   Specimens: 3",
            },
            host.Lines);
        Assert.AreEqual((3, 1, 3), (run.Passed, run.Failed, run.NotRun));
    }

    [TestMethod]
    public void Run_Stopped_EndsAfterTheTest()
    {
        var host = new ListHost();
        var run = new TestRun(host, "Specimens.");
        host.OnPrint = run.Stop;

        run.Run(typeof(TestRunTests).Assembly);

        Assert.AreEqual(1, run.Failed + run.NotRun);
    }

    private sealed class ListHost : ConsoleHost, IAppHost
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

/// <summary>Not run by MSTest itself, which wants a public class.</summary>
[TestClass]
#pragma warning disable MSTEST0002, MSTEST0003 // They must not be found.
internal sealed class Specimens
{
    [TestMethod]
    public void Passes()
    {
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void PassesByRow(int row) => Assert.IsGreaterThan(0, row);

    [TestMethod]
    public void Fails() => throw new InvalidOperationException("as it must");

    [TestMethod]
    public void NeedsMore() => throw new AssertInconclusiveException("needs more");

    [TestMethod]
    public void PoolIsEmpty() => throw new SocketException(Errno.ENFILE, "open");

    [TestMethod]
    public void PoolIsEmptyElsewhere() =>
        throw new InvalidOperationException("on the other thread", new SocketException(Errno.ENFILE, "open"));
}
#pragma warning restore MSTEST0002, MSTEST0003
