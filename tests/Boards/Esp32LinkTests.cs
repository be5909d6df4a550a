using System.Device.Wifi;
using System.Net.NetworkInformation;

namespace IoTNet.Boards.Tests;

[TestClass]
public class Esp32LinkTests
{
    private static readonly NetworkCredentials s_home = new("home", "password");
    private readonly Esp32WifiLink _link = new();
    private int _changes;

    [TestInitialize]
    public void Prepare() => DeviceDouble.Reset();

    [TestMethod]
    public void Open_ByDhcpAsItIs_WritesNothing()
    {
        Open(new NetworkSettings());

        Assert.IsEmpty(DeviceDouble.TakeCalls());
        Assert.IsFalse(_link.IsConnected);
        Assert.IsFalse(_link.IsAccessPointOpen);
        Assert.AreEqual(2, NetworkChange.Handlers);
    }

    [TestMethod]
    public void Open_WithAHostName_SetsIt()
    {
        Open(new NetworkSettings { HostName = "greenhouse" });

        CollectionAssert.AreEqual(new[] { "name greenhouse" }, DeviceDouble.TakeCalls());
    }

    [TestMethod]
    public void Open_WithoutAStation_SaysSo()
    {
        DeviceDouble.Adapters.Clear();

        Assert.AreEqual("This firmware has no Wi-Fi station.", Refused());
        DeviceDouble.Reset();
        DeviceDouble.Interfaces.Remove(NetworkInterfaceType.Wireless80211);
        Assert.AreEqual("This firmware has no Wi-Fi station interface.", Refused());
        Assert.AreEqual(0, NetworkChange.Handlers);
    }

    [TestMethod]
    [DataRow(WifiConnectionStatus.Success, NetworkReason.None)]
    [DataRow(WifiConnectionStatus.InvalidCredential, NetworkReason.WrongPassword)]
    [DataRow(WifiConnectionStatus.NetworkNotAvailable, NetworkReason.NotFound)]
    [DataRow(WifiConnectionStatus.Timeout, NetworkReason.ConnectTimeout)]
    [DataRow(WifiConnectionStatus.AccessRevoked, NetworkReason.Refused)]
    [DataRow(WifiConnectionStatus.UnsupportedAuthenticationProtocol, NetworkReason.UnsupportedSecurity)]
    [DataRow(WifiConnectionStatus.UnspecifiedFailure, NetworkReason.ConnectFailed)]
    [DataRow((WifiConnectionStatus)99, NetworkReason.ConnectFailed)]
    public void Connect_OfEachStatus_AnswersItsReason(WifiConnectionStatus status, NetworkReason expected)
    {
        Open(new NetworkSettings());
        DeviceDouble.Connecting = (_, _) => status;

        Assert.AreEqual(expected, _link.Connect(s_home, 1));

        // Automatic does not write to the flash.
        CollectionAssert.AreEqual(new[] { "connect home/password Automatic" }, DeviceDouble.TakeCalls());
        Assert.AreEqual(expected == NetworkReason.None, _link.IsConnected);
    }

    [TestMethod]
    public void Connect_ThatIsLostBeforeItReturns_IsNotConnected()
    {
        Open(new NetworkSettings());
        DeviceDouble.Connecting = (_, _) =>
        {
            NetworkChange.TellAvailability(0, true);
            NetworkChange.TellAvailability(0, false);
            return WifiConnectionStatus.Success;
        };

        Assert.AreEqual(NetworkReason.None, _link.Connect(s_home, 1));

        Assert.IsFalse(_link.IsConnected);
    }

    [TestMethod]
    public void Connect_OfABoardThatTheFirmwareHasConnected_KeepsIt()
    {
        DeviceDouble.Station.Ssid = "home";
        DeviceDouble.Station.Password = "password";
        DeviceDouble.Interfaces[NetworkInterfaceType.Wireless80211].IPv4Address = "192.168.1.17";
        Open(new NetworkSettings());
        Assert.IsTrue(_link.IsConnected);

        Assert.AreEqual(NetworkReason.None, _link.Connect(s_home, 1));

        Assert.IsEmpty(DeviceDouble.TakeCalls());
        Assert.AreEqual(IPAddress.Parse("192.168.1.17"), _link.Address);
    }

    [TestMethod]
    public void Connect_ToAnotherThanTheFirmwareHasConnected_LeavesThatFirst()
    {
        DeviceDouble.Station.Ssid = "old";
        DeviceDouble.Interfaces[NetworkInterfaceType.Wireless80211].IPv4Address = "192.168.1.17";
        Open(new NetworkSettings());
        DeviceDouble.Disconnecting = () => NetworkChange.TellAvailability(0, false);

        Assert.AreEqual(NetworkReason.None, _link.Connect(s_home, 1));

        CollectionAssert.AreEqual(new[] { "disconnect", "connect home/password Automatic" }, DeviceDouble.TakeCalls());
        Assert.IsTrue(_link.IsConnected);
    }

    [TestMethod]
    public void Connect_AfterLeaving_WaitsForTheEventOfIt()
    {
        Open(new NetworkSettings());
        _ = _link.Connect(s_home, 1);
        using ManualResetEventSlim connecting = new();
        bool told = false;
        DeviceDouble.Connecting = (_, _) =>
        {
            connecting.Set();
            return Volatile.Read(ref told) ? WifiConnectionStatus.Success : WifiConnectionStatus.UnspecifiedFailure;
        };
        _link.Disconnect();

        // The event comes late; a connect that does not wait for it is seen, and fails as it would on the device.
        Task leaving = Task.Run(() =>
        {
            _ = connecting.Wait(100);
            Volatile.Write(ref told, true);
            NetworkChange.TellAvailability(0, false);
        });

        Assert.AreEqual(NetworkReason.None, _link.Connect(s_home, 1));
        Assert.IsTrue(_link.IsConnected);
        leaving.Wait();
    }

    [TestMethod]
    public void Connect_ThatThrows_LetsItThrough()
    {
        Open(new NetworkSettings());
        DeviceDouble.Throws["connect home/password Automatic"] = new InvalidOperationException("radio");

        Assert.AreEqual("radio", Assert.ThrowsExactly<InvalidOperationException>(() => _link.Connect(s_home, 1)).Message);
        Assert.IsFalse(_link.IsConnected);
    }

    [TestMethod]
    public void Events_OfTheStation_ChangeTheStateAndTell()
    {
        Open(new NetworkSettings());
        _ = _link.Connect(s_home, 1);

        NetworkChange.TellAvailability(0, false);
        Assert.IsFalse(_link.IsConnected);
        NetworkChange.TellAvailability(0, true);
        Assert.IsTrue(_link.IsConnected);
        NetworkChange.TellAddress(0);

        Assert.AreEqual(3, _changes);
    }

    [TestMethod]
    public void Events_OfAnotherInterface_DoNotChangeTheStation()
    {
        Open(new NetworkSettings());
        _ = _link.Connect(s_home, 1);

        NetworkChange.TellAvailability(1, false);

        Assert.IsTrue(_link.IsConnected);
        Assert.AreEqual(0, _changes);
    }

    [TestMethod]
    public void Close_AfterOpen_ListensNoMore()
    {
        Open(new NetworkSettings());

        _link.Close();

        Assert.AreEqual(0, NetworkChange.Handlers);
    }

    [TestMethod]
    public void Disconnect_BeforeOpen_DoesNothing()
    {
        _link.Disconnect();

        Assert.IsEmpty(DeviceDouble.TakeCalls());
    }

    [TestMethod]
    public void Load_OfABoardWithoutCredentials_IsNull()
    {
        Assert.IsNull(_link.Load());
        DeviceDouble.Station.Ssid = null;
        Assert.IsNull(_link.Load());
    }

    [TestMethod]
    public void Store_OfCredentials_AreLoadedAgainAndConnectAtStart()
    {
        _link.Store(s_home);

        CollectionAssert.AreEqual(new[] { "save station home/password AutoConnect" }, DeviceDouble.TakeCalls());
        Assert.IsTrue(s_home.IsSame(_link.Load()));
    }

    [TestMethod]
    [DataRow("", "save access point setup/ AutoStart Open 4")]
    [DataRow("password", "save access point setup/password AutoStart WPA2 4")]
    public void OpenAccessPoint_OfABoardWithout_IsStoredForTheRestart(string password, string expected)
    {
        Open(new NetworkSettings());

        Assert.IsFalse(_link.OpenAccessPoint(new NetworkCredentials("setup", password)));

        CollectionAssert.AreEqual(new[] { expected }, DeviceDouble.TakeCalls());
        Assert.IsFalse(_link.IsAccessPointOpen);
    }

    [TestMethod]
    public void OpenAccessPoint_AfterTheRestart_IsOpenWithItsAddress()
    {
        StoreAccessPoint();
        Open(new NetworkSettings());

        Assert.IsTrue(_link.IsAccessPointOpen);
        Assert.IsTrue(_link.OpenAccessPoint(new NetworkCredentials("setup", "password")));
        Assert.IsEmpty(DeviceDouble.TakeCalls());
        Assert.AreEqual(IPAddress.Parse("192.168.4.1"), _link.Address);
    }

    [TestMethod]
    public void OpenAccessPoint_OfAnotherNameThanTheOpenOne_NeedsARestart()
    {
        StoreAccessPoint();
        Open(new NetworkSettings());

        Assert.IsFalse(_link.OpenAccessPoint(new NetworkCredentials("other", "password")));

        CollectionAssert.AreEqual(new[] { "save access point other/password AutoStart WPA2 4" }, DeviceDouble.TakeCalls());
    }

    [TestMethod]
    public void CloseAccessPoint_OfAnOpenOne_NeedsARestart()
    {
        StoreAccessPoint();
        Open(new NetworkSettings());

        Assert.IsFalse(_link.CloseAccessPoint());

        CollectionAssert.AreEqual(new[] { "save access point setup/password Disable WPA2 4" }, DeviceDouble.TakeCalls());
        DeviceDouble.Reset();
        Assert.IsFalse(new Esp32WifiLink().IsAccessPointOpen);
    }

    [TestMethod]
    public void CloseAccessPoint_OfOneThatNeverOpened_IsClosed()
    {
        Open(new NetworkSettings());
        _ = _link.OpenAccessPoint(new NetworkCredentials("setup", ""));

        Assert.IsTrue(_link.CloseAccessPoint());
        Assert.IsTrue(_link.CloseAccessPoint());

        Assert.AreEqual(1, DeviceDouble.TakeCalls().Count(c => c.Contains("Disable")));
    }

    [TestMethod]
    public void Network_OfAnEsp32_ComesUpAndSurvivesALoss()
    {
        BoardNetwork network = Esp32Board.CreateNetwork(new NetworkSettings { Ssid = "home", Password = "password", RetryInitialMs = 1, RetryMaximumMs = 1 });
        DeviceDouble.Connecting = (_, _) =>
        {
            DeviceDouble.Interfaces[NetworkInterfaceType.Wireless80211].IPv4Address = "192.168.1.17";
            return WifiConnectionStatus.Success;
        };
        network.Start(10_000);
        Assert.AreEqual(IPAddress.Parse("192.168.1.17"), network.Address);
        using ManualResetEventSlim down = new();
        network.WentDown += (_, _, _) => down.Set();

        NetworkChange.TellAvailability(0, false);
        Assert.IsTrue(down.Wait(10_000));
        Assert.IsTrue(network.WaitUp(10_000));

        Assert.IsTrue(network.Stop(10_000));
        string[] calls = DeviceDouble.TakeCalls();
        Assert.AreEqual(2, calls.Count(c => c.StartsWith("connect")), string.Join(", ", calls));
        Assert.AreEqual(0, NetworkChange.Handlers);
    }

    [TestMethod]
    public void Restart_OfTheLink_RebootsTheBoard()
    {
        _link.Restart();

        CollectionAssert.AreEqual(new[] { "reboot" }, DeviceDouble.TakeCalls());
    }

    private static void StoreAccessPoint()
    {
        DeviceDouble.AccessPoint.Ssid = "setup";
        DeviceDouble.AccessPoint.Password = "password";
        DeviceDouble.AccessPoint.Authentication = AuthenticationType.WPA2;
        DeviceDouble.AccessPoint.MaxConnections = 4;
        DeviceDouble.AccessPoint.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
        DeviceDouble.Interfaces[NetworkInterfaceType.WirelessAP].IPv4Address = "192.168.4.1";
    }

    private void Open(NetworkSettings settings) => _link.Open(settings, () => _changes++);

    private string Refused() => Assert.ThrowsExactly<InvalidOperationException>(() => Open(new NetworkSettings())).Message;
}
