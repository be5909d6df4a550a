using System.Diagnostics;
using IoTNet.Emulator;

namespace IoTNet.Tests.Messaging.Boards;

/// <summary>Sensors that push to a collector, on emulated boards whose cables fail and whose power does.</summary>
[TestClass]
public class FailingCablesTests
{
    [TestMethod]
    public void Push_UnderLossAndAfterACut_DeliversInOrderAndNothingTwice() => TestNetwork.Run(net =>
    {
        // The collector gives a connection up long before its sensor does, so that no old one lives on beside its successor, whose
        // readings would pass it. lwIP repeats the first segment of a connection after 3 s: a new connection is sooner there.
        using Collector collector = new(net, o =>
        {
            o.HandshakeTimeoutMs = 2500;
            o.HeartbeatMs = 500;
            o.HeartbeatTimeoutMs = 2500;
        });
        Sensor[] sensors = [.. Enumerable.Range(1, 5).Select(i => new Sensor(net, collector, "sensor" + i, o =>
        {
            o.HandshakeTimeoutMs = 2500;
            o.HeartbeatMs = 500;
            o.HeartbeatTimeoutMs = 7000;
        }))];
        foreach (Sensor sensor in sensors)
        {
            net.SetLink(sensor.Board, new LinkConditions { Loss = 0.1 });
            sensor.Start();
        }

        BoardSockets.WaitUntil(() => sensors.All(s => collector.ReadingsOf(s.Name).Length >= 20), "readings before the cut");
        foreach (Sensor sensor in sensors)
        {
            net.Partition(collector.Board, sensor.Board);
        }

        BoardSockets.WaitUntil(() => collector.Board.GetState().OpenSockets == 1, "the collector gives up all connections");
        int[] connections = [.. sensors.Select(s => collector.ConnectionsOf(s.Name))];
        foreach (Sensor sensor in sensors)
        {
            net.Heal(collector.Board, sensor.Board);
        }

        BoardSockets.WaitUntil(
            () => sensors.Zip(connections).All(s => collector.ConnectionsOf(s.First.Name) > s.Second &&
                collector.ReadingsOfTheLastConnection(s.First.Name).Length >= 20),
            "readings of each sensor's new connection");
        foreach (Sensor sensor in sensors)
        {
            int[] all = collector.ReadingsOf(sensor.Name);
            for (int i = 1; i < all.Length; i++)
            {
                Assert.IsGreaterThan(all[i - 1], all[i], $"{sensor.Name} {string.Join(' ', all)}");
            }

            int[] last = collector.ReadingsOfTheLastConnection(sensor.Name);
            CollectionAssert.AreEqual(Enumerable.Range(last[0], last.Length).ToArray(), last, $"{sensor.Name} {string.Join(' ', last)}");
        }
    });

    [TestMethod]
    public void Heartbeat_OverACutCable_GivesItUpInTimeAndThePeerComesBack() => TestNetwork.Run(net =>
    {
        // RFC 37: a PING after HeartbeatMs at the latest, and its answer within as long. More is what a busy machine may take.
        const int heartbeatMs = 1000;
        const int slackMs = 700;
        using Collector collector = new(net, o => o.HeartbeatMs = heartbeatMs);
        Sensor sensor = new(net, collector, "sensor", o => o.HeartbeatMs = heartbeatMs);
        sensor.Start();
        BoardSockets.WaitUntil(() => collector.ReadingsOf("sensor").Length >= 5, "readings before the cut");

        int connections = collector.ConnectionsOf("sensor");
        net.SetLink(sensor.Board, LinkConditions.Down);
        long cut = Stopwatch.GetTimestamp();
        BoardSockets.WaitUntil(() => collector.Board.GetState().OpenSockets == 1, "the collector gives the connection up");
        long afterMs = (long)Stopwatch.GetElapsedTime(cut).TotalMilliseconds;
        Assert.IsGreaterThanOrEqualTo(heartbeatMs - 50, afterMs, "ms until the collector gave the connection up");
        Assert.IsLessThan((2 * heartbeatMs) + slackMs, afterMs, "ms until the collector gave the connection up");

        net.SetLink(sensor.Board, LinkConditions.Perfect);
        BoardSockets.WaitUntil(() => collector.HearsAgain("sensor", connections), "the sensor is back");
    });

    [TestMethod]
    public void Sensor_SwitchedOffAndOn_ComesBack() => TestNetwork.Run(net =>
    {
        using Collector collector = new(net, o => o.HeartbeatMs = 200);
        Sensor sensor = new(net, collector, "sensor");
        sensor.Start();
        int connections = 0;
        for (int life = 1; life <= 3; life++)
        {
            BoardSockets.WaitUntil(() => collector.HearsAgain("sensor", connections), $"readings of life {life}");
            connections = collector.ConnectionsOf("sensor");
            sensor.Board.PowerOff();
            // It says nothing when it goes: heartbeats find it out.
            BoardSockets.WaitUntil(() => collector.Board.GetState().OpenSockets == 1, "the collector gives the connection up");
            sensor.Board.PowerOn();
            sensor.Start();
        }
    });

    [TestMethod]
    public void Collector_SwitchedOffAndOn_HearsItsSensorsAgain() => TestNetwork.Run(net =>
    {
        using Collector collector = new(net);
        Sensor[] sensors = [.. Enumerable.Range(1, 3).Select(i => new Sensor(net, collector, "sensor" + i, o => o.HeartbeatMs = 200))];
        foreach (Sensor sensor in sensors)
        {
            sensor.Start();
        }

        for (int life = 1; life <= 3; life++)
        {
            BoardSockets.WaitUntil(() => sensors.All(s => collector.ReadingsOf(s.Name).Length >= 5), $"readings in life {life}");
            collector.PowerOff();
            collector.Board.PowerOn();
            collector.Start();
        }
    });

    /// <summary>A PULL on a board: what each sensor sent, and when its connections began.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly Action<MessageSocketOptions>? _set;
        private readonly Dictionary<string, List<int>> _readings = [];
        private readonly Dictionary<string, List<int>> _begins = [];
        private BoardProgram? _program;

        public Collector(TestNetwork net, Action<MessageSocketOptions>? set = null)
        {
            net.Patience = BoardSockets.Patience;
            _set = set;
            Board = net.AddBoard("collector", BoardProfile.Esp32);
            Start();
        }

        public EmulatedBoard Board { get; }

        /// <summary>Whether the test is: sensors may end.</summary>
        public bool IsOver { get; private set; }

        /// <summary>Runs its firmware until the power is off.</summary>
        public void Start()
        {
            using ManualResetEventSlim bound = new();
            _program = Board.Run(() =>
            {
                MessageSocket pull = BoardSockets.Open(MessageSocketType.Pull, _set);
                // A sensor gives its name with each connection.
                pull.Options.Security = new PlainServerSecurity((name, _) => Begin(name));
                pull.Bind($"tcp://*:{BoardSockets.Port}");
                bound.Set();
                byte[] reading = new byte[100];
                for (int length; (length = pull.TryReceive(reading, 0, reading.Length, out _, -1)) >= 0;)
                {
                    string[] words = System.Text.Encoding.UTF8.GetString(reading, 0, length).Split(' ');
                    lock (_readings)
                    {
                        _readings[words[0]].Add(int.Parse(words[1]));
                    }
                }
            });
            Assert.IsTrue(bound.Wait(BoardSockets.Patience), "the collector is not bound");
        }

        /// <summary>Its firmware, which waits for readings, ends with its power; what it knew is gone.</summary>
        public void PowerOff()
        {
            Board.PowerOff();
            Assert.IsTrue(_program!.Join((int)BoardSockets.Patience.TotalMilliseconds), "a receive outlives the board's power");
            Assert.IsNull(_program.Failure);
            lock (_readings)
            {
                _readings.Clear();
                _begins.Clear();
            }
        }

        public int[] ReadingsOf(string name)
        {
            lock (_readings)
            {
                return _readings.TryGetValue(name, out List<int>? all) ? [.. all] : [];
            }
        }

        public int[] ReadingsOfTheLastConnection(string name)
        {
            lock (_readings)
            {
                return _readings.TryGetValue(name, out List<int>? all) ? [.. all.Skip(_begins[name][^1])] : [];
            }
        }

        public int ConnectionsOf(string name)
        {
            lock (_readings)
            {
                return _begins.TryGetValue(name, out List<int>? begins) ? begins.Count : 0;
            }
        }

        public bool HearsAgain(string name, int connections) => ConnectionsOf(name) > connections && ReadingsOfTheLastConnection(name).Length >= 5;

        public void Dispose()
        {
            IsOver = true;
            Board.PowerOff();
        }

        private bool Begin(string name)
        {
            lock (_readings)
            {
                _readings.TryAdd(name, []);
                _begins.TryAdd(name, []);
                _begins[name].Add(_readings[name].Count);
                return true;
            }
        }
    }

    /// <summary>A PUSH on a board: a reading every 10 ms until the power is off or the test is over.</summary>
    private sealed class Sensor(TestNetwork net, Collector collector, string name, Action<MessageSocketOptions>? set = null)
    {
        private int _counter;

        public string Name => name;

        public EmulatedBoard Board { get; } = net.AddBoard(name, BoardProfile.Esp32);

        public void Start() => Board.Run(() =>
        {
            MessageSocket push = BoardSockets.Open(MessageSocketType.Push, set);
            push.Options.Security = new PlainClientSecurity(name, "");
            push.Connect(BoardSockets.EndpointOf(collector.Board));
            byte[] reading;
            do
            {
                reading = System.Text.Encoding.UTF8.GetBytes($"{name} {Interlocked.Increment(ref _counter)}");
                Thread.Sleep(10);
            }
            while (IsSent(push, reading));
            MessageContext.Current.Close();
        });

        // A collector that was switched off for good takes nothing any more.
        private bool IsSent(MessageSocket push, byte[] reading)
        {
            int result = -(int)Errno.EAGAIN;
            while (result == -(int)Errno.EAGAIN && !collector.IsOver)
            {
                result = push.TrySend(reading, 0, reading.Length, false, 100);
            }

            return result >= 0;
        }
    }
}
