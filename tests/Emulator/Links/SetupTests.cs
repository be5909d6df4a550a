using System.Text;

namespace IoTNet.Emulator.Tests;

/// <summary>A board's first set-up, by its own access point.</summary>
[TestClass]
public class SetupTests
{
    private const int PatienceMs = 20_000;

    [TestMethod]
    public void Setup_ByAPhoneAtTheBoardsAccessPoint_BringsItToTheNetwork() => TestNetwork.Run(net =>
    {
        net.AddAccessPoint("home", "password");
        Station sensor = new(net, "sensor", BoardProfile.Esp32, Fresh());
        sensor.Start().WaitFor("AccessPoint NoCredentials");
        Assert.AreEqual(IPAddress.Parse("192.168.4.1"), sensor.Network.Address);
        _ = sensor.Board.Run(() => TakeCredentials(sensor.Network), "setup");

        Station phone = new Station(net, "phone", BoardProfile.Esp32, Phone()).StartUp();
        net.Wait(phone.Board.Run(() => GiveCredentials("home\npassword")));

        sensor.WaitFor("Connecting Configured").WaitFor("Up");
        Assert.AreEqual(IPAddress.Parse("10.0.2.100"), sensor.Network.Address);
        Assert.AreEqual("home", sensor.Board.StoredCredentials!.Ssid);
        phone.WaitFor("Retrying Lost");
    });

    [TestMethod]
    public void Credentials_ThatWereStored_AreUsedAfterAPowerCut() => TestNetwork.Run(net =>
    {
        net.AddAccessPoint("home", "password");
        Station sensor = new(net, "sensor", BoardProfile.Esp32, Fresh());
        sensor.Start().WaitFor("AccessPoint NoCredentials");
        sensor.Network.Configure("home", "password");
        sensor.WaitFor("Up");

        sensor.Board.Reset();
        Station next = new Station(sensor.Board, Fresh()).StartUp();

        Assert.AreEqual("Connecting, GettingAddress, Up", next.ToString());
    });

    [TestMethod]
    public void Failures_InARow_OpenTheAccessPointAndItClosesAgain() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "another-one");
        NetworkSettings settings = Station.Home();
        settings.AccessPointSsid = "sensor-setup";
        settings.AccessPointAfterFailures = 2;
        settings.AccessPointMs = 100;

        Station sensor = new Station(net, "sensor", BoardProfile.Esp32, settings).Start();
        sensor.WaitFor("Retrying WrongPassword").WaitFor("AccessPoint WrongPassword").WaitFor("Connecting AccessPointTimeout");
        home.Password = "password";

        sensor.WaitUp();
    });

    [TestMethod]
    public void AccessPoint_OfABoard_DoesNotReachTheNetwork() => TestNetwork.Run(net =>
    {
        net.AddAccessPoint("home", "password");
        EmulatedBoard peer = net.AddBoard("peer", BoardProfile.Stm32);
        Station sensor = new(net, "sensor", BoardProfile.Esp32, Fresh());
        sensor.Start().WaitFor("AccessPoint NoCredentials");
        long frames = peer.GetState().FramesIn;

        new Station(net, "phone", BoardProfile.Esp32, Phone()).StartUp();

        Assert.AreEqual(frames, peer.GetState().FramesIn);
    });

    private static NetworkSettings Fresh() => new() { AccessPointSsid = "sensor-setup", AccessPointPassword = "first-time" };

    private static NetworkSettings Phone() => new()
    {
        Ssid = "sensor-setup",
        Password = "first-time",
        Address = IPAddress.Parse("192.168.4.2"),
        Netmask = IPAddress.Parse("255.255.255.0"),
        RetryInitialMs = 20,
        RetryMaximumMs = 100,
    };

    // What firmware does with a page or a command of its own: two lines, name and password.
    private static void TakeCredentials(BoardNetwork network)
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, 80));
        listener.Listen(1);
        Assert.IsTrue(listener.Accept(PatienceMs, out Socket connection));
        using (connection)
        {
            byte[] buffer = new byte[128];
            int count = 0, more;
            while ((more = connection.Receive(buffer, count, buffer.Length - count, SocketFlags.None)) > 0)
            {
                count += more;
            }

            string[] lines = Encoding.UTF8.GetString(buffer, 0, count).Split('\n');
            network.Configure(lines[0], lines[1]);
        }
    }

    private static void GiveCredentials(string text)
    {
        // The set-up may not listen yet.
        for (int tries = 0; ; tries++)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            if (socket.TryConnect(new IPEndPoint(IPAddress.Parse("192.168.4.1"), 80), PatienceMs) >= 0)
            {
                socket.Send(Encoding.UTF8.GetBytes(text));
                return;
            }

            Assert.IsLessThan(100, tries);
        }
    }
}
