using System.Text;
using System.Text.Json.Nodes;
using IoTNet.Apps;
using IoTNet.Emulator;

namespace IoTNet.Tests.WebSockets.Interop;

/// <summary>The app Dashboard on emulated boards, looked at by Chromium on this machine.</summary>
[TestClass]
public sealed class DashboardTests
{
    private const string Chromium = "/usr/bin/chromium";

    [TestMethod]
    public void Page_OfAnEsp32_ShowsReadingsAndComesBackAfterAPowerCut() => TestNetwork.Run(net =>
    {
        using Look look = new(net, BoardProfile.Esp32, "power");
        Check(look, 8);
        Assert.AreEqual("\"off\"", look.Line());
        look.Board.PowerOff();
        Assert.AreEqual("\"away\"", look.Line());
        look.Board.PowerOn();
        look.Begin();
        JsonNode told = look.Told();
        Assert.IsLessThan((int)told["before"]!, (int)told["after"]!);
        StringAssert.Matches((string)told["uptime"]!, new(@"^0:\d\d$"));
        look.End();
    });

    [TestMethod]
    public void Page_OfAnStm32WithFourSockets_SaysWhenAllPlacesAreInUse() => TestNetwork.Run(net =>
    {
        using Look look = new(net, BoardProfile.Stm32, "full");
        Check(look, 2);
        JsonNode told = look.Told();
        StringAssert.Contains((string)told["full"]!, "room for 2 browsers");
        Assert.AreEqual(503, (int)told["answer"]!["status"]!);
        StringAssert.Contains((string)told["answer"]!["body"]!, "room for 2 browsers");
        Assert.AreEqual("2 of 2", (string)told["clients"]!);
        look.End();
    });

    [TestMethod]
    [DataRow("--port expects a number from 0 to 65535, found '65536'.", "--port", "65536")]
    [DataRow("--interval expects a number from 100 to 60000, found 'nothing'.", "--interval")]
    [DataRow("--clients expects a number from 1 to 64, found '0'.", "--clients", "0")]
    [DataRow("Expected --port, --interval or --clients, found 'x'.", "x")]
    public void Run_WithWrongArguments_SaysWhatIsExpected(string expected, params string[] arguments)
    {
        Host host = new("board", arguments);
        Assert.AreEqual(2, new DashboardApp().Run(host));
        CollectionAssert.AreEqual(new[] { expected }, host.Lines);
    }

    [TestMethod]
    public void Run_WithTooFewSockets_SaysHowManyItNeeds() => TestNetwork.Run(net =>
    {
        EmulatedBoard board = net.AddBoard("board", BoardProfile.Stm32);
        Host host = new("board");
        net.Wait(board.Run(() =>
        {
            using Socket first = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            using Socket second = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            Assert.AreEqual(1, new DashboardApp().Run(host));
        }));
        StringAssert.EndsWith(host.Lines.Single(), "found 2.");
    });

    [TestMethod]
    public void Reading_InSteadyState_AllocatesNothing()
    {
        Thermometer sensor = new("board");
        DashboardMessages messages = new("board", 2);
        long before = 0;
        for (int i = 0; i < 200; i++)
        {
            if (i == 100)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            sensor.Read();
            messages.WriteReading(sensor, 1L << 40, 2, 1000);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        messages.WriteState(sensor, 2, 1000);
        JsonArray last = JsonNode.Parse(messages.Buffer.AsSpan(0, messages.Length))!["last"]!.AsArray();
        Assert.HasCount(Thermometer.Kept, last);
        Assert.AreEqual(sensor.MilliCelsius, (int)last[^1]!);
    }

    [TestMethod]
    [DataRow("{\"intervalMs\":100}", 100, null)]
    [DataRow(" { \"intervalMs\" : 60000 } ", 60000, null)]
    [DataRow("{\"intervalMs\":99}", 0, "Expected an interval of 100 to 60000 ms, found 99.")]
    [DataRow("{\"intervalMs\":60001}", 0, "Expected an interval of 100 to 60000 ms, found 60001.")]
    [DataRow("{\"intervalMs\":4294967396}", 0, "Expected an interval of 100 to 60000 ms, found 4294967396.")]
    [DataRow("{\"intervalMs\":1e3}", 0, "Expected {\"intervalMs\":NUMBER}, found something else before byte 17.")]
    [DataRow("{\"interval\":100}", 0, "Expected {\"intervalMs\":NUMBER}, found something else before byte 12.")]
    [DataRow("{\"intervalMs\":100,\"x\":1}", 0, "Expected {\"intervalMs\":NUMBER} and nothing behind it.")]
    [DataRow("[100]", 0, "Expected {\"intervalMs\":NUMBER}, found something else before byte 1.")]
    public void Interval_FromAPage_IsReadOrRefused(string text, int expected, string? refusal)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("x" + text);
        Assert.AreEqual(refusal, DashboardMessages.ReadInterval(bytes, 1, bytes.Length - 1, out int intervalMs));
        Assert.AreEqual(expected, intervalMs);
    }

    [TestMethod]
    public void Interval_ThatIsNoJson_IsRefusedAtEachCut()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("{\"intervalMs\":250}");
        for (int count = 0; count < bytes.Length; count++)
        {
            Assert.IsNotNull(DashboardMessages.ReadInterval(bytes, 0, count, out int intervalMs));
            Assert.AreEqual(0, intervalMs);
        }
    }

    private static void Check(Look look, int most)
    {
        JsonNode told = look.Told();
        JsonArray readings = told["readings"]!.AsArray();
        int[] numbers = [.. readings.Select(r => (int)r!["n"]!)];
        CollectionAssert.AreEqual(Enumerable.Range(numbers[0], 6).ToArray(), numbers);
        Assert.IsGreaterThanOrEqualTo(5, readings.Select(r => (int)r!["milliCelsius"]!).Distinct().Count(), told.ToJsonString());
        Assert.IsTrue(readings.All(r => (string)r!["name"]! == "oven" && (int)r["intervalMs"]! == 300));
        Assert.AreEqual("oven", (string)told["name"]!);
        StringAssert.Matches((string)told["value"]!, new(@"^2\d\.\d °C$"));
        Assert.AreEqual(most, (int)told["begin"]!["most"]!);
        Assert.AreEqual(403, (int)told["foreign"]!["status"]!);
        Assert.AreEqual(404, (int)told["elsewhere"]!["status"]!);

        told = look.Told();
        Assert.AreEqual("Expected an interval of 100 to 60000 ms, found 5.", (string)told["refusal"]!);
        Assert.AreEqual("2 of " + most, (string)told["clients"]!);

        // By the board's own clock; the beat's median, as a busy machine may miss one.
        long[] beats = [.. told["quick"]!.AsArray().Select(r => (long)r!["uptimeMs"]!)];
        long[] gapsMs = [.. beats.Skip(1).Zip(beats, (after, before) => after - before).Order()];
        Assert.HasCount(5, gapsMs);
        Assert.IsLessThan(200L, gapsMs[2], "ms between two readings");
    }

    /// <summary>The board with the app, a port of this machine that leads to it, and the browser.</summary>
    private sealed class Look : IDisposable
    {
        private readonly TestNetwork _net;
        private readonly World _world = new();
        private readonly Peer _peer;
        private Host _host = null!;
        private DashboardApp _app = null!;
        private BoardProgram _program = null!;
        private int _lines;

        public Look(TestNetwork net, BoardProfile profile, string step)
        {
            if (!File.Exists(Chromium))
            {
                throw new AssertInconclusiveException(Chromium + " is missing: Debian's package chromium");
            }

            _net = net;
            net.Patience = TimeSpan.FromSeconds(60);
            net.AddGateway();
            Board = net.AddBoard("oven", profile);
            Forward forward = net.AddForward(new Forward { Protocol = ProtocolType.Tcp, Host = new(IPAddress.Loopback, 0), BoardPort = 80 });
            Begin();

            // A file to be made: the picture of the front page.
            string picture = step == "power" ? Environment.GetEnvironmentVariable("IOTNET_DASHBOARD_PICTURE") ?? "" : "";
            _peer = Peer.Node("dashboard.cjs", "playwright-core", Chromium, $"http://{forward.Host}/", step, picture);
        }

        public EmulatedBoard Board { get; }

        public void Begin()
        {
            _app = new DashboardApp();
            _host = new Host(Board.Name, "--interval", "300");
            _program = Board.Run(() => Assert.AreEqual(0, _app.Run(_host)));
            Assert.IsTrue(_host.IsServing.Wait(World.PatienceMs));
        }

        public string Line() => _peer.Line(_world, _lines++);

        public JsonNode Told()
        {
            JsonNode told = JsonNode.Parse(Line())!;
            Assert.IsNull(told["error"], told.ToJsonString() + string.Concat(_host.Lines.Select(l => "\n" + l)));
            return told;
        }

        /// <summary>The app gives back all that it took.</summary>
        public void End()
        {
            _app.Stop();
            _net.Wait(_program);
        }

        public void Dispose()
        {
            _peer.Dispose();
            _world.Dispose();
            _app.Stop();
        }
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

        public void Print(string line) => Log(line);

        public void Log(string line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
