namespace IoTNet.Tests.Dns;

/// <summary>From a host's text to its addresses, without a server.</summary>
[TestClass]
public sealed class AddressesTests : ResolverTestBase
{
    [TestMethod]
    [DataRow("192.0.2.7", "192.0.2.7")]
    [DataRow("127.1", "127.0.0.1")]
    [DataRow("2001:db8::7", "2001:db8::7")]
    [DataRow("localhost", "::1 127.0.0.1")]
    [DataRow(null, "::1 127.0.0.1")]
    public void GetAddresses_OfAddressesAndThisHost_AsksNobody(string? host, string expected) =>
        Assert.AreEqual(expected, Join(new Resolver().GetAddresses(host, AddressFamily.Unspecified, AddressInfoFlags.None, 0)));

    [TestMethod]
    public void GetAddresses_ToServeOn_AreAllOfThisHost() => Assert.AreEqual("0.0.0.0 ::",
        Join(new Resolver().GetAddresses(null, AddressFamily.Unspecified, AddressInfoFlags.Passive, 0)));

    [TestMethod]
    public void GetAddresses_OfAName_AreThoseOfBothFamilies()
    {
        Resolver resolver = WithHost("192.0.2.7", "2001:db8::7");

        string[] both = Join(resolver.GetAddresses("board.example", AddressFamily.Unspecified, AddressInfoFlags.None, 0)).Split(' ');
        CollectionAssert.AreEquivalent(new[] { "192.0.2.7", "2001:db8::7" }, both);
        Assert.AreEqual("192.0.2.7", Join(resolver.GetAddresses("board.example", AddressFamily.InterNetwork, AddressInfoFlags.None, 0)));
        Assert.AreEqual("2001:db8::7", Join(resolver.GetAddresses("board.example", AddressFamily.InterNetworkV6, AddressInfoFlags.None, 0)));
    }

    [TestMethod]
    [DataRow("board.example", AddressFamily.InterNetworkV6, AddressInfoFlags.None, DnsError.EAI_NODATA)]
    [DataRow("192.0.2.7", AddressFamily.InterNetworkV6, AddressInfoFlags.None, DnsError.EAI_ADDRFAMILY)]
    [DataRow("board.example", AddressFamily.Unspecified, AddressInfoFlags.NumericHost, DnsError.EAI_NONAME)]
    [DataRow("1.2.3.4.5", AddressFamily.Unspecified, AddressInfoFlags.None, DnsError.EAI_NONAME)]
    [DataRow("192.0.2.7", AddressFamily.Unix, AddressInfoFlags.None, DnsError.EAI_FAMILY)]
    public void TryGetAddresses_OfWhatIsNotThere_SaysWhy(string host, AddressFamily family, AddressInfoFlags flags, DnsError expected)
    {
        Resolver resolver = WithHost("192.0.2.7");
        Assert.AreEqual((int)expected, resolver.TryGetAddresses(host, family, flags, 0, out IPAddress[] addresses));
        Assert.IsEmpty(addresses);

        DnsException e = Assert.ThrowsExactly<DnsException>(() => resolver.GetAddresses(host, family, flags, 0));
        Assert.AreEqual(expected, e.Error);
        Assert.AreEqual($"Cannot resolve {host}: {DnsException.Describe(expected)} ({(int)expected}).", e.Message);
    }

    [TestMethod]
    public void GetAddresses_WithATimeoutBelowForEver_IsRefused() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(
        () => new Resolver().GetAddresses("127.0.0.1", AddressFamily.Unspecified, AddressInfoFlags.None, -2));

    [TestMethod]
    public void Default_SetToNothing_IsRefused() => Assert.ThrowsExactly<ArgumentNullException>(() => Resolver.Default = null!);

    private static Resolver WithHost(params string[] addresses)
    {
        HostTable hosts = new();
        foreach (string address in addresses)
        {
            hosts.Add("board.example", IPAddress.Parse(address));
        }

        return new Resolver(new ResolverOptions { Hosts = hosts });
    }

    private static string Join(IPAddress[] addresses) => string.Join(' ', addresses.Select(a => a.ToString()));
}
