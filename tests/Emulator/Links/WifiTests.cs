namespace IoTNet.Emulator.Tests;

/// <summary>Boards that join access points, and lose them.</summary>
[TestClass]
public class WifiTests
{
    [TestMethod]
    public void Start_WithTheRightPassword_ComesUpWithAnAddressByDhcp() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "password");

        Station station = new Station(net, "sensor", BoardProfile.Esp32, Station.Home()).StartUp();

        Assert.AreEqual(IPAddress.Parse("10.0.2.100"), station.Network.Address);
        Assert.AreEqual(station.Network.Address, station.Board.Address);
        Assert.AreEqual(station.Network.Address, home.Dhcp!.AddressOf(station.Board.HardwareAddress));
        CollectionAssert.AreEqual(new[] { station.Board }, home.Stations.ToArray());
        Assert.AreEqual("Connecting, GettingAddress, Up", station.ToString());
        IPAddress[] servers = new IPAddress[2];
        Assert.AreEqual(1, station.Board.Stack.GetNameServers(servers));
        Assert.AreEqual(EmulatedNetwork.NameServer, servers[0]);
    });

    [TestMethod]
    public void Board_BeforeItsFirmwareStartsTheNetwork_HasNoAddress() => TestNetwork.Run(net =>
    {
        Station station = new(net, "sensor", BoardProfile.Esp32, Station.Home());

        Assert.AreEqual(IPAddress.Any, station.Board.Address);
        Assert.AreEqual(0, station.Board.GetState().FramesOut);
        Assert.ThrowsExactly<InvalidOperationException>(() => station.Board.WaitForAddress(0));
    });

    [TestMethod]
    public void Start_WithAWrongPassword_SaysSoUntilItIsRight() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "another-one");
        Station station = new Station(net, "sensor", BoardProfile.Esp32, Station.Home()).Start();

        station.WaitFor("Retrying WrongPassword").WaitFor("Retrying WrongPassword");
        Assert.IsEmpty(home.Stations);
        home.Password = "password";

        station.WaitUp();
    });

    [TestMethod]
    public void Start_OutOfRange_ComesUpWhenInRange() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "password");
        Station station = new(net, "sensor", BoardProfile.Esp32, Station.Home());
        home.SetRange(station.Board, false);

        station.Start().WaitFor("Retrying NotFound").WaitFor("Retrying NotFound");
        home.SetRange(station.Board, true);

        station.WaitUp();
    });

    [TestMethod]
    public void Start_WithoutSuchAnAccessPoint_SaysSo() => TestNetwork.Run(net =>
    {
        net.AddAccessPoint("other", "password");

        new Station(net, "sensor", BoardProfile.Esp32, Station.Home()).Start().WaitFor("Retrying NotFound");
    });

    [TestMethod]
    public void Dhcp_ThatNeverAnswers_EndsInTimeAndIsTriedAgain() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "password");
        home.Dhcp!.Answers = false;
        NetworkSettings settings = Station.Home();
        settings.AddressTimeoutMs = 100;

        Station station = new Station(net, "sensor", BoardProfile.Esp32, settings).Start();
        station.WaitFor("Retrying DhcpTimeout").WaitFor("Connecting").WaitFor("Retrying DhcpTimeout");
        Assert.IsGreaterThanOrEqualTo(2, home.Dhcp.Asked);
        home.Dhcp.Answers = true;

        station.WaitUp();
    });

    [TestMethod]
    public void Dhcp_ThatAnswersLate_IsWaitedFor() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "password");
        home.Dhcp!.Delay = TimeSpan.FromMilliseconds(150);

        Station station = new Station(net, "sensor", BoardProfile.Esp32, Station.Home()).StartUp();

        Assert.AreEqual("Connecting, GettingAddress, Up", station.ToString());
    });

    [TestMethod]
    public void Dhcp_WithoutAFreeAddress_GivesTheThirdBoardNone() => TestNetwork.Run(net =>
    {
        net.AddAccessPoint(new AccessPointOptions
        {
            Ssid = "home",
            Password = "password",
            Dhcp = new DhcpServerOptions { First = IPAddress.Parse("10.0.2.140"), Last = IPAddress.Parse("10.0.2.141") },
        });
        NetworkSettings settings = Station.Home();
        settings.AddressTimeoutMs = 200;

        Station[] first = [.. new[] { "a", "b" }.Select(name => new Station(net, name, BoardProfile.Esp32, Station.Home()).StartUp())];
        CollectionAssert.AreEquivalent(
            new[] { "10.0.2.140", "10.0.2.141" }, first.Select(s => s.Network.Address.ToString()).ToArray());

        new Station(net, "c", BoardProfile.Esp32, settings).Start().WaitFor("Retrying DhcpTimeout");
    });

    [TestMethod]
    public void Dhcp_WhoseLeaseEnds_GivesTheBoardAnother() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint(new AccessPointOptions
        {
            Ssid = "home",
            Password = "password",
            Dhcp = new DhcpServerOptions { LeaseSeconds = 1 },
        });
        Station station = new Station(net, "sensor", BoardProfile.Esp32, Station.Home()).StartUp();

        // At 7/8 of its second the board asks to keep the address, and the server does not know it any more.
        home.Dhcp!.EndLeases();

        station.WaitFor("GettingAddress AddressLost").WaitFor("Up");
    });

    [TestMethod]
    public void Loss_OfTheAccessPoint_IsToldAndTheBoardComesBackWithItsAddress() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "password");
        Station station = new Station(net, "sensor", BoardProfile.Esp32, Station.Home()).StartUp();
        IPAddress before = station.Network.Address;

        home.TurnOff();
        station.WaitFor("Retrying Lost").WaitFor("Retrying NotFound");
        Assert.AreEqual(IPAddress.Any, station.Board.Address);
        Assert.IsEmpty(home.Stations);
        home.TurnOn();

        station.WaitUp();
        Assert.AreEqual(before, station.Network.Address);
    });

    [TestMethod]
    public void ThrownOut_ByTheAccessPoint_ComesBackAtOnce() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "password");
        Station station = new Station(net, "sensor", BoardProfile.Esp32, Station.Home()).StartUp();

        home.ThrowOut(station.Board);

        station.WaitFor("Retrying Lost").WaitFor("Up");
    });

    [TestMethod]
    public void Address_ThatIsStatic_NeedsNoDhcp() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint(new AccessPointOptions { Ssid = "home", Password = "password", Dhcp = null });
        NetworkSettings settings = Station.Home();
        settings.Address = IPAddress.Parse("10.0.2.77");
        settings.Netmask = IPAddress.Parse("255.255.255.0");
        settings.NameServers = [IPAddress.Parse("10.0.2.9")];

        Station station = new Station(net, "sensor", BoardProfile.Esp32, settings).StartUp();

        Assert.IsNull(home.Dhcp);
        Assert.AreEqual(settings.Address, station.Board.Address);
        IPAddress[] servers = new IPAddress[1];
        Assert.AreEqual(1, station.Board.Stack.GetNameServers(servers));
        Assert.AreEqual(IPAddress.Parse("10.0.2.9"), servers[0]);
    });

    [TestMethod]
    public void Stop_WhileUp_LeavesTheAccessPoint() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "password");
        Station station = new Station(net, "sensor", BoardProfile.Esp32, Station.Home()).StartUp();

        Assert.IsTrue(station.Network.Stop(10_000));

        Assert.IsEmpty(home.Stations);
        Assert.AreEqual(IPAddress.Any, station.Board.Address);
        Assert.AreEqual("Connecting, GettingAddress, Up", station.ToString());
    });

    [TestMethod]
    public void PowerCut_OfAStation_LeavesAndTheNextLifeJoinsAgain() => TestNetwork.Run(net =>
    {
        AccessPoint home = net.AddAccessPoint("home", "password");
        Station station = new Station(net, "sensor", BoardProfile.Esp32, Station.Home()).StartUp();

        station.Board.PowerOff();
        Assert.IsEmpty(home.Stations);
        Assert.AreEqual(NetworkState.Down, station.Network.State);
        station.Board.PowerOn();
        Station next = new Station(station.Board, Station.Home()).StartUp();

        Assert.AreEqual(IPAddress.Parse("10.0.2.100"), next.Network.Address);
        CollectionAssert.AreEqual(new[] { station.Board }, home.Stations.ToArray());
    });

    [TestMethod]
    public void CreateNetwork_WhereThereIsNoneToMake_SaysWhy() => TestNetwork.Run(net =>
    {
        EmulatedBoard self = net.AddBoard("self");
        Assert.AreEqual(
            "self comes up by itself; its BoardOptions need NetworkByFirmware.",
            Assert.ThrowsExactly<InvalidOperationException>(() => self.CreateNetwork(new NetworkSettings())).Message);
        Station station = new(net, "sensor", BoardProfile.Esp32, Station.Home());
        Assert.AreEqual(
            "sensor has a network already; the next one is made after a power cut.",
            Assert.ThrowsExactly<InvalidOperationException>(() => station.Board.CreateNetwork(new NetworkSettings())).Message);
        Assert.ThrowsExactly<InvalidOperationException>(station.Board.UnplugCable);
    });

    [TestMethod]
    public void AddAccessPoint_ThatCannotBe_SaysWhy() => TestNetwork.Run(net =>
    {
        Assert.ThrowsExactly<ArgumentException>(() => net.AddAccessPoint("", ""));
        Assert.ThrowsExactly<ArgumentException>(() => net.AddAccessPoint("home", "short"));
        net.AddAccessPoint("home", "password");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => net.AddAccessPoint("second", "")).Message, "named dhcp already");
        Assert.ThrowsExactly<ArgumentException>(() => net.AddDhcpServer(new DhcpServerOptions
        {
            Name = "wrong", First = IPAddress.Parse("10.0.2.2"), Last = IPAddress.Parse("10.0.2.1"),
        }));
        net.AddDhcpServer(new DhcpServerOptions { Name = "wrong" });
    });
}
