using System.Diagnostics;

namespace Interop.Tests;

/// <summary><c>iotnet run</c> with emulated boards, as a user starts it.</summary>
[TestClass]
public class EmulatedRunTests
{
    [TestMethod]
    public void Run_OnTwoBoards_SaysWhatTheyAreAndPutsTheirNamesBeforeTheirLines()
    {
        using var run = Iotnet.Begin("run", "EchoServer", "--board", "stm32", "--boards", "2", "--seed", "7", "--for", "120");

        Assert.AreEqual("", run.ReadLine("seed 7"));
        StringAssert.Contains(run.ReadLine("board board1 stm32 mac 02:49:6f:"), " ip 10.0.2.15; 4 sockets, 5 TCP");
        StringAssert.Contains(run.ReadLine("board board2 stm32 mac 02:49:6f:"), " ip 10.0.2.16;");
        Listening(run, 2);
    }

    [TestMethod]
    [DataRow(Iotnet.SIGINT)]
    [DataRow(Iotnet.SIGTERM)]
    public void Run_OnASignal_StopsAllWithinTwoSecondsAndSumsUp(int signal)
    {
        using var run = Iotnet.Begin("run", "EchoServer", "--board", "esp32", "--boards", "3", "--for", "120");
        Listening(run, 3);

        var time = Stopwatch.StartNew();
        run.Signal(signal);
        var end = run.WaitForEnd();

        Assert.IsLessThan(2000, time.ElapsedMilliseconds, "ms until all had stopped");
        Assert.AreEqual(0, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "[board3] 0 clients");
        StringAssert.Contains(end.Error, "sockets left open");
        StringAssert.Matches(end.Error, new(@"board3 +0 +0 +\d+ +\d+ +0 +0 *\n"));
    }

    [TestMethod]
    public void Run_OnALossyCable_CountsWhatItLost()
    {
        using var run = Iotnet.Begin("run", "EchoServer", "--board", "esp32", "--loss", "100%", "--for", "120");
        Listening(run, 1);
        run.Signal(Iotnet.SIGINT);

        // lwIP announces its address when it gets power (gratuitous ARP)..
        StringAssert.Matches(run.WaitForEnd().Error, new(@"board1 +0 +0 +0 +[1-9]\d* +0 +[1-9]\d* *\n"));
    }

    [TestMethod]
    public void Run_WithAnAppThatFails_EndsTheOthersWithItsExitCode()
    {
        var end = Iotnet.Run("run", "EchoServer", "--board", "esp32", "--boards", "2", "--listen", "192.0.2.1:7", "--for", "120");

        Assert.AreEqual(1, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "EADDRNOTAVAIL");
        StringAssert.Contains(end.Error, "sockets left open");
    }

    [TestMethod]
    public void Run_WithWrongArgumentsForTheApp_EndsWith2()
    {
        var end = Iotnet.Run("run", "EchoServer", "--board", "esp32", "client=1");

        Assert.AreEqual(2, end.ExitCode, end.ToString());
        StringAssert.Contains(end.Error, "[board1] Expected clients=NUMBER");
    }

    private static void Listening(Iotnet run, int boards)
    {
        var waiting = Enumerable.Range(1, boards).SelectMany(b => new[] { $"[board{b}] listening tcp 0.0.0.0:7", $"[board{b}] listening udp 0.0.0.0:7" }).ToHashSet();
        while (waiting.Count > 0)
        {
            Assert.IsTrue(waiting.Remove("[" + run.ReadLine("[")), "a line of its own for each");
        }
    }
}
