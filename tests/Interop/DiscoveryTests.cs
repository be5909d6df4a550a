using System.Text.RegularExpressions;

namespace Interop.Tests;

/// <summary>The app Discovery on several emulated boards.</summary>
[TestClass]
public class DiscoveryTests
{
    [TestMethod]
    public void Discovery_OfFiveBoards_ListsTheOthersOnEachAndEndsWithCtrlC()
    {
        const string prefix = "[board";
        using var run = Iotnet.Begin("run", "Discovery", "--board", "esp32", "--boards", "5", "--for", "120");
        HashSet<char> complete = [];
        while (complete.Count < 5)
        {
            var line = run.ReadLine(prefix, TimeSpan.FromSeconds(60));
            var board = line[0];
            if (line.Contains("knows 4 boards: ", StringComparison.Ordinal))
            {
                CollectionAssert.AreEqual(
                    "12345".Where(b => b != board).ToArray(), "12345".Where(b => line[2..].Contains($"board{b} 10.0.2.", StringComparison.Ordinal)).ToArray(), line);
                _ = complete.Add(board);
            }
        }

        run.Signal(Iotnet.SIGINT);

        var end = run.WaitForEnd();
        Assert.AreEqual(0, end.ExitCode, end.ToString());
        Assert.AreEqual(5, Regex.Count(end.Error, @"\n  board\d +0 "), $"sockets left open: {end}");
    }
}
