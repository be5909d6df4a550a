using IoTNet.Apps;

namespace IoTNet.Emulator.Tests;

/// <summary>What the network is for: boards reach each other by it, and again after it was gone.</summary>
[TestClass]
public class ReachingTests
{
    private const int PatienceMs = 20_000;

    [TestMethod]
    public void Boards_AtOneAccessPoint_ReachEachOther() => TestNetwork.Run(net =>
    {
        net.AddAccessPoint("home", "password");
        Station server = new Station(net, "server", BoardProfile.Esp32, Station.Home()).StartUp();
        Station client = new Station(net, "client", BoardProfile.Esp32C3, Station.Home()).StartUp();
        Assert.AreNotEqual(server.Network.Address, client.Network.Address);
        EchoServer echo = Serve(net, server.Board);

        Assert.AreEqual("hello", Echo(net, client.Board, server.Network.Address, "hello"));

        echo.Stop();
    });

    [TestMethod]
    public void Wifi_AndCable_AreOneNetwork() => TestNetwork.Run(net =>
    {
        net.AddAccessPoint("home", "password");
        Station server = new Station(net, "server", BoardProfile.Stm32, Station.Home()).StartUp();
        Station client = new Station(net, "client", BoardProfile.Esp32, Station.Home()).StartUp();
        EchoServer echo = Serve(net, server.Board);

        Assert.AreEqual("hello", Echo(net, client.Board, server.Network.Address, "hello"));

        echo.Stop();
    });

    [TestMethod]
    public void EchoServer_AfterTheAccessPointWasGone_IsReachedAgain() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "password");
        Station server = new Station(net, "server", BoardProfile.Esp32, Station.Home()).StartUp();
        EmulatedBoard client = net.AddBoard("client", BoardProfile.Stm32);
        EchoServer echo = Serve(net, server.Board);
        Assert.AreEqual("before", Echo(net, client, server.Network.Address, "before"));

        home.TurnOff();
        server.WaitFor("Retrying Lost");
        Assert.IsFalse(Reaches(net, client, IPAddress.Parse("10.0.2.100")));
        home.TurnOn();
        server.WaitFor("Up");

        Assert.AreEqual("after", Echo(net, client, server.Network.Address, "after"));
        echo.Stop();
    });

    [TestMethod]
    public void Board_OutOfRange_DoesNotHearTheOthers() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "password");
        Station near = new Station(net, "near", BoardProfile.Esp32, Station.Home()).StartUp();
        Station far = new Station(net, "far", BoardProfile.Esp32, Station.Home()).StartUp();
        home.SetRange(far.Board, false);
        far.WaitFor("Retrying Lost");
        long frames = far.Board.GetState().FramesIn;

        Assert.IsFalse(Reaches(net, near.Board, IPAddress.Parse("10.0.2.101")));

        Assert.AreEqual(frames, far.Board.GetState().FramesIn);
        Assert.IsTrue(near.Network.IsUp);
    });

    [TestMethod]
    public void Exchange_OfDhcp_IsSeenOnTheWire() => TestNetwork.Run(net =>
    {
        Seen seen = new();
        net.Switch.Attach(seen);
        net.AddAccessPoint("home", "password");

        new Station(net, "sensor", BoardProfile.Esp32, Station.Home()).StartUp();

        // RFC 2131 3.1: DISCOVER 1, OFFER 2, REQUEST 3, ACK 5.
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 5 }, seen.Types.Distinct().ToArray());
    });

    private static EchoServer Serve(TestNetwork net, EmulatedBoard board)
    {
        // One client, and no datagrams: an STM32 has four sockets.
        EchoServer echo = new(new EchoServerOptions { MaxClients = 1 });
        using ManualResetEventSlim open = new();
        _ = board.Run(
            () =>
            {
                echo.Open();
                open.Set();
                echo.Run();
            },
            "echo");
        Assert.IsTrue(open.Wait(PatienceMs));
        return echo;
    }

    private static string Echo(TestNetwork net, EmulatedBoard board, IPAddress server, string word)
    {
        string answer = "";
        net.Wait(board.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(new IPEndPoint(server, 7), PatienceMs);
            socket.Send(System.Text.Encoding.UTF8.GetBytes(word));
            byte[] bytes = new byte[word.Length];
            socket.ReceiveTimeout = PatienceMs;
            int count = 0;
            while (count < bytes.Length)
            {
                int more = socket.Receive(bytes, count, bytes.Length - count, SocketFlags.None);
                Assert.AreNotEqual(0, more, "the server has closed");
                count += more;
            }

            answer = System.Text.Encoding.UTF8.GetString(bytes);
        }));
        return answer;
    }

    private static bool Reaches(TestNetwork net, EmulatedBoard board, IPAddress server)
    {
        bool reached = false;
        net.Wait(board.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            reached = socket.TryConnect(new IPEndPoint(server, 7), 300) >= 0;
        }));
        return reached;
    }

    private sealed class Seen : IFrameObserver
    {
        private readonly List<byte> _types = [];

        public IEnumerable<byte> Types
        {
            get
            {
                lock (_types)
                {
                    return [.. _types];
                }
            }
        }

        public void Observe(in FrameObservation observation, ReadOnlySpan<byte> frame)
        {
            // UDP from 67 or 68, as it comes from its device; the first option is the message's type (53, 1, type).
            if (observation.Direction == FrameDirection.FromDevice && frame.Length > 284 && frame[23] == 17 && frame[35] is 67 or 68)
            {
                lock (_types)
                {
                    _types.Add(frame[284]);
                }
            }
        }
    }
}
