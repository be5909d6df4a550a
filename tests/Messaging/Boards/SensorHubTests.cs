using IoTNet.Apps;
using IoTNet.Emulator;

namespace IoTNet.Tests.Messaging.Boards;

/// <summary>The app SensorHub on emulated boards whose cables fail.</summary>
[TestClass]
public class SensorHubTests
{
    private const int Sensors = 5;
    private const int Readings = 40;

    [TestMethod]
    public void Sensors_UnderLoss_DeliverEachReadingOnceAndInOrder() => TestNetwork.Run(net =>
    {
        using Hub hub = new(net);
        foreach (EmulatedBoard board in hub.Sensors)
        {
            net.SetLink(board, new LinkConditions { Loss = 0.1 });
        }

        hub.Measure();
        hub.AssertAll();
    });

    [TestMethod]
    public void Sensors_CutOffForTwoSeconds_DeliverEachReadingOnceAndInOrder() => TestNetwork.Run(net =>
    {
        using Hub hub = new(net);
        Task cut = Task.Run(() =>
        {
            hub.WaitFor(Sensors * Readings / 4);
            foreach (EmulatedBoard board in hub.Sensors)
            {
                net.Partition(hub.Board, board);
            }

            Thread.Sleep(2000);
            foreach (EmulatedBoard board in hub.Sensors)
            {
                net.Heal(hub.Board, board);
            }
        });
        hub.Measure();
        cut.Wait();
        hub.AssertAll();
    });

    [TestMethod]
    public void Sensors_ThatEndBeforeTheyAreConnected_DeliverEachReading() => TestNetwork.Run(net =>
    {
        using Hub hub = new(net);
        foreach (EmulatedBoard board in hub.Sensors)
        {
            net.Partition(hub.Board, board);
        }

        // Long after the last reading: the connection comes while the sensor lingers.
        Task heal = Task.Run(async () =>
        {
            await Task.Delay((50 * Readings) + 1500).ConfigureAwait(false);
            foreach (EmulatedBoard board in hub.Sensors)
            {
                net.Heal(hub.Board, board);
            }
        });
        hub.Measure();
        heal.Wait();
        hub.AssertAll();
    });

    [TestMethod]
    public void Sensor_StoppedBeforeItsHubIsThere_EndsWithoutASocket() => TestNetwork.Run(net =>
    {
        EmulatedBoard board = net.AddBoard("sensor", BoardProfile.Esp32);
        SensorHubApp app = new();
        BoardProgram program = board.Run(() => Assert.AreEqual(0, app.Run(new Host(board.Name, "--to", "tcp://10.0.2.99:5557", "--interval", "1"))));
        BoardSockets.WaitUntil(() => board.GetState().OpenSockets > 0, "the sensor tries to connect");
        app.Stop();
        net.Wait(program);
    });

    [TestMethod]
    [DataRow("--to expects tcp://HOST:PORT, found 'udp://x'.", "--to", "udp://x")]
    [DataRow("--interval expects a number from 1 to 86400000, found 'nothing'.", "--interval")]
    [DataRow("Expected --to, --interval, --count or --port, found '--from'.", "--from", "x")]
    public void Run_WithWrongArguments_SaysWhatIsExpected(string expected, params string[] arguments)
    {
        Host host = new("board", arguments);
        Assert.AreEqual(2, new SensorHubApp().Run(host));
        CollectionAssert.AreEqual(new[] { expected }, host.Lines);
    }

    /// <summary>The hub on one board, and boards for its sensors.</summary>
    private sealed class Hub : IDisposable
    {
        private readonly TestNetwork _net;
        private readonly SensorHubApp _app = new();
        private readonly Host _host;
        private readonly BoardProgram _program;

        public Hub(TestNetwork net)
        {
            _net = net;
            net.Patience = BoardSockets.Patience;
            Board = net.AddBoard("hub", BoardProfile.Esp32);
            Sensors = [.. Enumerable.Range(1, SensorHubTests.Sensors).Select(i => net.AddBoard("sensor" + i, BoardProfile.Esp32))];
            _host = new Host(Board.Name);
            _program = Board.Run(() => Assert.AreEqual(0, _app.Run(_host)));
            Assert.IsTrue(_host.IsServing.Wait(BoardSockets.Patience));
        }

        public EmulatedBoard Board { get; }

        public EmulatedBoard[] Sensors { get; }

        public void WaitFor(int lines) =>
            Assert.IsTrue(SpinWait.SpinUntil(() => _host.Lines.Length >= lines, BoardSockets.Patience), $"{_host.Lines.Length} of {lines} readings came");

        /// <summary>Runs the app on each sensor to its end.</summary>
        public void Measure() => _net.Wait([.. Sensors.Select(board => board.Run(() => Assert.AreEqual(0, new SensorHubApp().Run(
            new Host(board.Name, "--to", $"tcp://{Board.Address}:{BoardSockets.Port}", "--interval", "50", "--count", $"{Readings}")))))]);

        public void AssertAll()
        {
            WaitFor(SensorHubTests.Sensors * Readings);
            _app.Stop();
            _net.Wait(_program);
            ILookup<string, string> counters = _host.Lines.Select(line => line.Split(' ')).ToLookup(words => words[0], words => words[1]);
            foreach (EmulatedBoard board in Sensors)
            {
                Assert.AreEqual(string.Join(' ', Enumerable.Range(1, Readings)), string.Join(' ', counters[board.Name]), board.Name);
            }
        }

        public void Dispose() => _app.Stop();
    }

    private sealed class Host(string name, params string[] arguments) : IAppHost
    {
        private readonly List<string> _lines = [];

        public ManualResetEventSlim IsServing { get; } = new();

        public EndPoint? Listen => null;

        public string BoardName => name;

        public string[] Arguments => arguments;

        public string[] Lines
        {
            get
            {
                lock (_lines)
                {
                    return [.. _lines];
                }
            }
        }

        public void Serving(string protocol, EndPoint address) => IsServing.Set();

        public void Print(string line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }

        public void Log(string line) => Print(line);
    }
}
