namespace IoTNet.Boards.Tests;

[TestClass]
public class SettingsTests
{
    private static readonly IPAddress s_mask = IPAddress.Parse("255.255.255.0");

    public static IEnumerable<object[]> Wrong =>
    [
        [new NetworkSettings { Ssid = "" }, "An SSID has 1 to 31 bytes in UTF-8, not 0."],
        [new NetworkSettings { Ssid = "home", Password = "short" },
            "A password has 8 to 63 characters, or none for an open access point, not 5."],
        [new NetworkSettings { AccessPointSsid = new string('x', 32) }, "An SSID has 1 to 31 bytes in UTF-8, not 32."],
        [new NetworkSettings { Ssid = "home", AccessPointSsid = "setup", AccessPointPassword = new string('x', 64) },
            "A password has 8 to 63 characters, or none for an open access point, not 64."],
        [new NetworkSettings { HostName = "" }, "HostName has 1 to 32 characters, not 0."],
        [new NetworkSettings { HostName = new string('x', 33) }, "HostName has 1 to 32 characters, not 33."],
        [new NetworkSettings { Address = Bench.First }, "The static Address 192.168.1.17 needs a Netmask."],
        [new NetworkSettings { Netmask = s_mask }, "Netmask and Gateway belong to a static Address; without one DHCP tells them."],
        [new NetworkSettings { Gateway = Bench.First }, "Netmask and Gateway belong to a static Address; without one DHCP tells them."],
        [new NetworkSettings { Address = IPAddress.Any, Netmask = s_mask }, "Address is an IPv4 address, not 0.0.0.0."],
        [new NetworkSettings { Address = IPAddress.IPv6Loopback, Netmask = s_mask }, "Address is an IPv4 address, not ::1."],
        [new NetworkSettings { NameServers = [] }, "NameServers has one or two, not 0; null = those that DHCP tells."],
        [new NetworkSettings { NameServers = [Bench.First, Bench.First, Bench.First] },
            "NameServers has one or two, not 3; null = those that DHCP tells."],
        [new NetworkSettings { NameServers = [null!] }, "NameServers[0] is null."],
        [new NetworkSettings { NameServers = [Bench.First, IPAddress.IPv6Loopback] }, "NameServers[1] is an IPv4 address, not ::1."],
        [new NetworkSettings { ConnectTimeoutMs = 0 }, "ConnectTimeoutMs is at least 1, not 0."],
        [new NetworkSettings { AddressTimeoutMs = -1 }, "AddressTimeoutMs is at least 1, not -1."],
        [new NetworkSettings { RetryInitialMs = 0 }, "RetryInitialMs is at least 1, not 0."],
        [new NetworkSettings { RetryInitialMs = 10, RetryMaximumMs = 9 }, "RetryMaximumMs is at least 10, not 9."],
        [new NetworkSettings { StableMs = -1 }, "StableMs is at least 0, not -1."],
        [new NetworkSettings { WatchMs = 0 }, "WatchMs is at least 1, not 0."],
        [new NetworkSettings { AccessPointMs = 0 }, "AccessPointMs is at least 1, not 0."],
        [new NetworkSettings { AccessPointAfterFailures = -1 }, "AccessPointAfterFailures is at least 0, not -1."],
    ];

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void Settings_ThatCannotBe_AreRefusedInWords(NetworkSettings settings, string message)
    {
        ArgumentException e = Assert.ThrowsExactly<ArgumentException>(() => new BoardNetwork(new ScriptedLink(), settings));

        Assert.AreEqual(message, e.Message);
    }

    [TestMethod]
    public void Settings_OfWifi_AreIgnoredOnACable()
    {
        NetworkSettings settings = new() { Ssid = "home", Password = "password", AccessPointSsid = "setup", AccessPointAfterFailures = 1 };
        Bench bench = new(new ScriptedLink { IsWireless = false }.Answers(NetworkReason.ConnectFailed, NetworkReason.ConnectFailed), settings);

        bench.Run().AfterTheWait();

        bench.AssertCalls("open", "connect", "disconnect", "connect", "disconnect");
    }

    [TestMethod]
    public void Texts_OfAllStatesAndReasons_AreWords()
    {
        foreach (NetworkState state in Enum.GetValues<NetworkState>())
        {
            Assert.DoesNotContain("state ", NetworkText.Of(state));
        }

        foreach (NetworkReason reason in Enum.GetValues<NetworkReason>())
        {
            Assert.AreEqual(reason == NetworkReason.None, NetworkText.Of(reason).Length == 0);
            Assert.DoesNotContain("reason ", NetworkText.Of(reason));
        }

        Assert.AreEqual("state 99", NetworkText.Of((NetworkState)99));
        Assert.AreEqual("reason 99", NetworkText.Of((NetworkReason)99));
    }
}
