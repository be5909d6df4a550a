namespace IoTNet.Apps.Tests;

/// <summary>What a device's program tells its app.</summary>
[TestClass]
public class ConsoleHostTests
{
    [TestMethod]
    public void Run_WithAProgramsArguments_TakesThemAsThoseOfACommandLine()
    {
        Assert.AreEqual(2, new EchoApp().Run(new ConsoleHost(["clients=none"])), "the app refuses what it does not understand");
        CollectionAssert.AreEqual(new[] { "clients=2" }, new ConsoleHost(["clients=2"]).Arguments);
        Assert.IsEmpty(new ConsoleHost().Arguments);
    }

    [TestMethod]
    public void ConsoleHost_WithoutAnArray_Throws()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => new ConsoleHost(null));
    }
}
