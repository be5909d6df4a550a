using System.Net.NetworkInformation;

namespace IoTNet.Boards.Tests;

[TestClass]
public class InterfaceAddressesTests
{
    private readonly NetworkInterface _interface = new(NetworkInterfaceType.Ethernet);

    [TestInitialize]
    public void Prepare() => DeviceDouble.Reset();

    [TestMethod]
    public void Apply_OfAStaticAddress_SetsItOnce()
    {
        NetworkSettings settings = Static();

        InterfaceAddresses.Apply(_interface, settings);
        CollectionAssert.AreEqual(new[] { "static 10.1.2.3 255.255.0.0 10.1.0.1" }, DeviceDouble.TakeCalls());
        InterfaceAddresses.Apply(_interface, settings);

        Assert.IsEmpty(DeviceDouble.TakeCalls(), "what is there already is not written to the flash again");
    }

    [TestMethod]
    [DataRow("10.1.2.4", "255.255.0.0", "10.1.0.1")]
    [DataRow("10.1.2.3", "255.255.255.0", "10.1.0.1")]
    [DataRow("10.1.2.3", "255.255.0.0", "10.1.0.2")]
    public void Apply_OfAStaticAddressThatDiffers_SetsIt(string address, string mask, string gateway)
    {
        _interface.EnableStaticIPv4(address, mask, gateway);
        _ = DeviceDouble.TakeCalls();

        InterfaceAddresses.Apply(_interface, Static());

        CollectionAssert.AreEqual(new[] { "static 10.1.2.3 255.255.0.0 10.1.0.1" }, DeviceDouble.TakeCalls());
    }

    [TestMethod]
    public void Apply_WithoutAGateway_SetsNone()
    {
        NetworkSettings settings = Static();
        settings.Gateway = null;

        InterfaceAddresses.Apply(_interface, settings);

        CollectionAssert.AreEqual(new[] { "static 10.1.2.3 255.255.0.0 0.0.0.0" }, DeviceDouble.TakeCalls());
    }

    [TestMethod]
    public void Apply_OfDhcpAfterAStaticAddress_GoesBack()
    {
        NetworkSettings settings = Static();
        settings.NameServers = [IPAddress.Parse("10.1.0.1")];
        InterfaceAddresses.Apply(_interface, settings);
        CollectionAssert.AreEqual(new[] { "static 10.1.2.3 255.255.0.0 10.1.0.1", "dns 10.1.0.1" }, DeviceDouble.TakeCalls());

        InterfaceAddresses.Apply(_interface, new NetworkSettings());

        CollectionAssert.AreEqual(new[] { "dhcp", "automatic dns" }, DeviceDouble.TakeCalls());
    }

    [TestMethod]
    public void Apply_OfNameServersWithDhcp_SetsThemOnce()
    {
        NetworkSettings settings = new() { NameServers = [IPAddress.Parse("9.9.9.9"), IPAddress.Parse("1.1.1.1")] };

        InterfaceAddresses.Apply(_interface, settings);
        InterfaceAddresses.Apply(_interface, settings);
        CollectionAssert.AreEqual(new[] { "dns 9.9.9.9 1.1.1.1" }, DeviceDouble.TakeCalls());
        settings.NameServers = [IPAddress.Parse("1.1.1.1")];
        InterfaceAddresses.Apply(_interface, settings);

        CollectionAssert.AreEqual(new[] { "dns 1.1.1.1" }, DeviceDouble.TakeCalls());
    }

    [TestMethod]
    [DataRow("0.0.0.0")]
    [DataRow("")]
    [DataRow(null)]
    public void AddressOf_WithoutAnAddress_IsAny(string? text)
    {
        _interface.IPv4Address = text!;

        Assert.AreEqual(IPAddress.Any, InterfaceAddresses.AddressOf(_interface));
        Assert.AreEqual(IPAddress.Any, InterfaceAddresses.AddressOf(null));
    }

    private static NetworkSettings Static() => new()
    {
        Address = IPAddress.Parse("10.1.2.3"),
        Netmask = IPAddress.Parse("255.255.0.0"),
        Gateway = IPAddress.Parse("10.1.0.1"),
    };
}
