using System.Text.RegularExpressions;

namespace Interop.Tests;

/// <summary>The conformance suite as an app, on boards with the limits of the real ones.</summary>
[TestClass]
public class NetTestTests
{
    [TestMethod]
    [DataRow("esp32")]
    [DataRow("stm32")]
    public void NetTest_OnAnEmulatedBoard_PassesWhatTheBoardHasRoomFor(string board)
    {
        var end = Iotnet.Run("run", "NetTest", "--board", board, "--for", "120");

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        var result = Regex.Match(end.Output, @"NetTest: (\d+) passed, 0 failed, (\d+) not run");
        Assert.IsTrue(result.Success, end.ToString());
        var notRun = int.Parse(result.Groups[2].Value);
        Assert.IsGreaterThan(380, int.Parse(result.Groups[1].Value), end.Output);
        Assert.IsLessThan(30, notRun, end.Output);
        Assert.HasCount(notRun, Regex.Matches(end.Output, @"not run  \w+\.\w+.*(needs|ENFILE)"));
    }

    [TestMethod]
    public void NetTest_OfTheMemoryPart_RunsOnThisMachine()
    {
        var end = Iotnet.Run("run", "NetTest", "--board", "loopback", "--", "part=memory", "filter=PoolTests");

        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Output, "NetTest: 4 passed, 0 failed, 0 not run");
    }

    [TestMethod]
    [DataRow("part=both", "found 'part=both'")]
    [DataRow("filter", "found 'filter'")]
    public void NetTest_WithAWrongArgument_SaysWhatItExpects(string argument, string expected)
    {
        var end = Iotnet.Run("run", "NetTest", "--board", "loopback", "--", argument);

        Assert.AreEqual(2, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "Expected part=network, part=memory, part=all or filter=TEXT, " + expected);
    }

    [TestMethod]
    public void NetTest_WithAFilterThatFitsNothing_IsNoSuccess()
    {
        var end = Iotnet.Run("run", "NetTest", "--board", "loopback", "--", "filter=NoSuchTest");

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Output, "NetTest: 0 passed, 0 failed, 0 not run");
    }
}
