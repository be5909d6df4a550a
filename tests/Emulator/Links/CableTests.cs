namespace IoTNet.Emulator.Tests;

/// <summary>Boards on a cable that is pulled.</summary>
[TestClass]
public class CableTests
{
    [TestMethod]
    public void Start_OnACable_GetsAnAddressFromTheNetworksServer() => TestNetwork.Run(net =>
    {
        net.AddDhcpServer();

        Station station = new Station(net, "board", BoardProfile.Stm32, new NetworkSettings(), wanted: "10.0.2.160").StartUp();

        Assert.AreEqual(IPAddress.Parse("10.0.2.160"), station.Network.Address);
        Assert.AreEqual("Connecting, GettingAddress, Up", station.ToString());
    });

    [TestMethod]
    public void Start_WithoutTheCable_WaitsForIt() => TestNetwork.Run(net =>
    {
        DhcpServer server = net.AddDhcpServer();
        Station station = new(net, "board", BoardProfile.Stm32, new NetworkSettings());
        station.Board.UnplugCable();

        station.Start().WaitFor("Retrying CableOut");
        Assert.AreEqual(0, server.Asked);
        station.Board.PlugCable();

        station.WaitUp();
    });

    [TestMethod]
    public void Loss_OfTheCable_IsToldAndItComesBack() => TestNetwork.Run(net =>
    {
        net.AddDhcpServer();
        Station station = new Station(net, "board", BoardProfile.Stm32, new NetworkSettings()).StartUp();
        IPAddress before = station.Network.Address;

        station.Board.UnplugCable();
        station.WaitFor("Retrying CableOut");
        Assert.AreEqual(IPAddress.Any, station.Board.Address);
        station.Board.PlugCable();
        station.WaitFor("Up");

        Assert.AreEqual(before, station.Network.Address);
    });

    [TestMethod]
    public void Address_ThatIsStatic_IsThereAgainWithTheCable() => TestNetwork.Run(net =>
    {
        NetworkSettings settings = new() { Address = IPAddress.Parse("10.0.2.77"), Netmask = IPAddress.Parse("255.255.255.0") };
        Station station = new Station(net, "board", BoardProfile.Stm32, settings).StartUp();

        station.Board.UnplugCable();
        station.WaitFor("Retrying CableOut");
        station.Board.PlugCable();
        station.WaitFor("Up");

        Assert.AreEqual(settings.Address, station.Network.Address);
    });

    [TestMethod]
    public void PowerCut_WithTheCableOut_StaysOut() => TestNetwork.Run(net =>
    {
        EmulatedBoard board = net.AddBoard("board", BoardProfile.Stm32);
        EmulatedBoard peer = net.AddBoard("peer", BoardProfile.Stm32);
        Assert.IsTrue(Sends(peer, board));

        board.UnplugCable();
        board.UnplugCable();
        Assert.IsFalse(board.IsCablePlugged);
        Assert.IsFalse(Sends(peer, board));
        board.Reset();
        Assert.IsFalse(Sends(peer, board));
        board.PlugCable();

        Assert.IsTrue(Sends(peer, board));
    });

    private static bool Sends(EmulatedBoard from, EmulatedBoard to)
    {
        using Socket ear = new(to.Stacks, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using Socket mouth = new(from.Stacks, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        ear.Bind(new IPEndPoint(IPAddress.Any, 7));
        bool plugged = to.IsCablePlugged;

        // Frames go on the caller's thread: what has not come at once does not come; ARP needs a word before.
        for (int i = 0; i < (plugged ? 100 : 2); i++)
        {
            _ = mouth.SendTo([1], 0, 1, SocketFlags.None, new IPEndPoint(to.Options.Address, 7));
            if (ear.Poll(100_000, SelectMode.SelectRead))
            {
                return true;
            }
        }

        return false;
    }
}
