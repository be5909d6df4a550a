using System.Net.NetworkInformation;

namespace IoTNet.Boards.Tests;

[TestClass]
public class Stm32LinkTests
{
    private readonly Stm32EthernetLink _link = new();

    [TestInitialize]
    public void Prepare() => DeviceDouble.Reset();

    [TestMethod]
    public void Connect_OfACable_AnswersWhetherItIsIn()
    {
        Assert.AreEqual(NetworkReason.CableOut, _link.Connect(null, 1));
        Assert.IsFalse(_link.IsConnected);
        DeviceDouble.IsNetworkAvailable = true;

        Assert.AreEqual(NetworkReason.None, _link.Connect(null, 1));
        Assert.IsTrue(_link.IsConnected);
    }

    [TestMethod]
    public void Open_WithAStaticAddress_SetsIt()
    {
        NetworkSettings settings = new() { Address = IPAddress.Parse("10.1.2.3"), Netmask = IPAddress.Parse("255.0.0.0") };

        _link.Open(settings, () => { });

        CollectionAssert.AreEqual(new[] { "static 10.1.2.3 255.0.0.0 0.0.0.0" }, DeviceDouble.TakeCalls());
        Assert.AreEqual(IPAddress.Parse("10.1.2.3"), _link.Address);
    }

    [TestMethod]
    public void Open_WithoutEthernet_SaysSo()
    {
        DeviceDouble.Interfaces.Remove(NetworkInterfaceType.Ethernet);

        Assert.AreEqual(
            "This firmware has no Ethernet interface.",
            Assert.ThrowsExactly<InvalidOperationException>(() => _link.Open(new NetworkSettings(), () => { })).Message);
        Assert.AreEqual(0, NetworkChange.Handlers);
    }

    [TestMethod]
    public void Events_OfCableAndAddress_AreToldUntilClosed()
    {
        int changes = 0;
        _link.Open(new NetworkSettings(), () => changes++);

        NetworkChange.TellAvailability(0, false);
        NetworkChange.TellAddress(0);
        _link.Close();
        NetworkChange.TellAvailability(0, true);

        Assert.AreEqual(2, changes);
        Assert.AreEqual(0, NetworkChange.Handlers);
    }

    [TestMethod]
    public void Credentials_OnACable_AreNotSupported()
    {
        Assert.IsNull(_link.Load());
        Assert.ThrowsExactly<NotSupportedException>(() => _link.Store(new NetworkCredentials("home", "")));
        Assert.ThrowsExactly<NotSupportedException>(() => _link.OpenAccessPoint(new NetworkCredentials("home", "")));
        Assert.ThrowsExactly<NotSupportedException>(() => _link.CloseAccessPoint());
    }

    [TestMethod]
    public void Network_OfAnStm32_FollowsTheCable()
    {
        BoardNetwork network = Stm32Board.CreateNetwork(new NetworkSettings { Ssid = "ignored on a cable" });
        using ManualResetEventSlim waiting = new(), down = new();
        network.StateChanged += (_, state, _) => (state == NetworkState.Retrying ? waiting : new ManualResetEventSlim()).Set();
        network.WentDown += (_, _, _) => down.Set();
        Assert.IsFalse(network.TryStart(0));
        Assert.IsTrue(waiting.Wait(10_000));
        Assert.AreEqual(NetworkReason.CableOut, network.Reason);

        Plug(true);
        Assert.IsTrue(network.WaitUp(10_000));
        Plug(false);
        Assert.IsTrue(down.Wait(10_000));
        Plug(true);
        Assert.IsTrue(network.WaitUp(10_000));

        Assert.IsTrue(network.Stop(10_000));
        Assert.IsEmpty(DeviceDouble.TakeCalls());
    }

    private static void Plug(bool into)
    {
        DeviceDouble.Interfaces[NetworkInterfaceType.Ethernet].IPv4Address = into ? "192.168.1.30" : "0.0.0.0";
        DeviceDouble.IsNetworkAvailable = into;
        NetworkChange.TellAvailability(0, into);
    }
}
