using System.Net;

namespace Interop.Tests;

/// <summary>The app SensorHub on emulated boards and libzmq on this machine, through the gateway: Peers/sensor_hub.py.</summary>
[TestClass]
public class SensorHub_PythonTests
{
    // Debian's, which has the module zmq; another python may come first on the PATH.
    private const string Python = "/usr/bin/python3";
    private const int Readings = 40;

    [TestMethod]
    [DataRow("esp32", 5)]
    [DataRow("stm32", 3)]
    public void Sensors_OnBoards_PushEachReadingOnceToAPullOnTheHost(string board, int boards)
    {
        Command.Need(Python);
        using var hub = Command.Start(Python, [Peer, "pull", $"{boards}"]);
        try
        {
            var error = hub.StandardError.ReadToEndAsync();
            var line = hub.StandardOutput.ReadLine() ?? error.Result;
            NeedModule(line);
            Assert.StartsWith("listening ", line);

            var run = Iotnet.Run("run", "SensorHub", "--board", board, "--boards", $"{boards}", "--for", "60",
                "--", "--to", "tcp://10.0.2.2:" + line["listening ".Length..], "--interval", "5", "--count", $"{Readings}");
            Assert.AreEqual(0, run.ExitCode, run.ToString());

            var output = hub.StandardOutput.ReadToEndAsync();
            Assert.IsTrue(output.Wait(TimeSpan.FromSeconds(60)), "the hub waits for a board still: " + run);
            AssertReadings(Enumerable.Range(1, boards).Select(i => "board" + i), output.Result.Split('\n')[..^1], run.ToString());
        }
        finally
        {
            Command.End(hub);
        }
    }

    // With the listening one, three sensors take all sockets of an STM32.
    [TestMethod]
    [DataRow("esp32")]
    [DataRow("stm32")]
    public void Hub_OnABoard_TakesEachReadingOfPushesOnTheHostOnce(string board)
    {
        Command.Need(Python);
        string[] sensors = ["python1", "python2", "python3"];
        using var run = Iotnet.Begin("run", "SensorHub", "--board", board, "--for", "120", "--forward", "tcp:127.0.0.1:0:5557");
        var forward = IPEndPoint.Parse(run.ReadLine("forward tcp ").Split(" -> ")[0]);
        run.ReadLine("[board1] listening tcp 0.0.0.0:5557");

        var peer = Command.Run(Python, [Peer, "push", $"{forward.Port}", .. sensors]);
        NeedModule(peer.Output);
        Assert.AreEqual(0, peer.ExitCode, peer.ToString());

        List<string> readings = [];
        while (readings.Count < sensors.Length * Readings)
        {
            readings.Add(run.ReadLine("[board1] "));
        }

        run.Signal(Iotnet.SIGINT);
        var end = run.WaitForEnd();
        Assert.AreEqual(0, end.ExitCode, end.ToString());
        Assert.DoesNotContain("[board1] python", end.Output);
        AssertReadings(sensors, readings, end.ToString());
    }

    private static string Peer => Path.Combine(AppContext.BaseDirectory, "Peers", "sensor_hub.py");

    private static void NeedModule(string output)
    {
        if (output.StartsWith("missing", StringComparison.Ordinal))
        {
            Assert.Inconclusive("python3-zmq is not installed; tools/setup.sh does that");
        }
    }

    private static void AssertReadings(IEnumerable<string> sensors, IEnumerable<string> lines, string run)
    {
        var counters = lines.Select(line => line.Split(' ')).ToLookup(words => words[0], words => words[1]);
        var expected = string.Join(' ', Enumerable.Range(1, Readings));
        foreach (var sensor in sensors)
        {
            Assert.AreEqual(expected, string.Join(' ', counters[sensor]), sensor + ": " + run);
        }

        Assert.HasCount(sensors.Count(), counters, run);
    }
}
