using System.Diagnostics;

namespace IoTNet.DnsNames.Tests;

/// <summary>What is asked of the resolver: here one with a table of hosts, and a server that never answers.</summary>
[TestClass]
public sealed class LookupTests : IDisposable
{
    private readonly LoopbackStack _stack = new();
    private readonly Socket _silent;
    private readonly Resolver _before = Resolver.Default;

    public LookupTests()
    {
        NetworkStack.Use(_stack);
        _silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var hosts = new HostTable();
        hosts.Add("four.iot.test", IPAddress.Parse("127.0.0.4"));
        hosts.Add("both.iot.test", IPAddress.Parse("127.0.0.5"));
        hosts.Add("both.iot.test", IPAddress.IPv6Loopback);
        Resolver.Default = new Resolver(new ResolverOptions
        {
            Hosts = hosts, Search = ["iot.test"], Servers = [(IPEndPoint)_silent.LocalEndPoint], UseMulticast = false,
        });
    }

    public void Dispose()
    {
        Resolver.Default = _before;
        _silent.Close();
        Assert.AreEqual(0, _stack.OpenSockets, "sockets left open");
    }

    [TestMethod]
    public void GetAddrInfo_OfAName_GivesItsAddressWithThePort()
    {
        var found = Dns.GetAddrInfo("four.iot.test", "mqtt",
            new AddressHints { Family = AddressFamily.InterNetwork, Flags = AddressInfoFlags.CanonicalName }, 1000);

        Assert.HasCount(1, found);
        Assert.AreEqual("127.0.0.4:1883", found[0].EndPoint.ToString());
        Assert.AreEqual("four.iot.test", found[0].CanonicalName);
    }

    [TestMethod]
    public void GetAddrInfo_OfBothFamilies_PutsIPv6LoopbackFirst()
    {
        var found = Dns.GetAddrInfo("both.iot.test", null, new AddressHints { SocketType = SocketType.Stream }, 1000);

        Assert.AreEqual("::1 127.0.0.5", string.Join(' ', found.Select(f => f.EndPoint.Address)));
    }

    [TestMethod]
    public void GetAddrInfo_OfLocalhost_AsksNobody()
    {
        var found = Dns.GetAddrInfo("localhost", "80", new AddressHints { SocketType = SocketType.Stream }, 1000);

        Assert.AreEqual("[::1]:80 127.0.0.1:80", string.Join(' ', found.Select(f => f.EndPoint)));
    }

    [TestMethod]
    public void GetNameInfo_OfAKnownAddress_GivesItsName()
    {
        var endPoint = new IPEndPoint(IPAddress.Parse("127.0.0.4"), 514);

        Assert.AreEqual("four.iot.test", Dns.GetNameInfo(endPoint, NameInfoFlags.None, 1000).Host);
        Assert.AreEqual("four", Dns.GetNameInfo(endPoint, NameInfoFlags.NoFullName, 1000).Host);
        Assert.AreEqual("shell", Dns.GetNameInfo(endPoint, NameInfoFlags.NumericHost).Service);
        Assert.AreEqual("syslog", Dns.GetNameInfo(endPoint, NameInfoFlags.NumericHost | NameInfoFlags.Datagram).Service);
        Assert.AreEqual("127.0.0.4", Dns.GetNameInfo(endPoint, NameInfoFlags.NumericHost).Host);
    }

    [TestMethod]
    [DataRow((int)(NameInfoFlags.NumericHost | NameInfoFlags.NameRequired), DnsError.EAI_NONAME)]
    [DataRow(0x100, DnsError.EAI_BADFLAGS)]
    public void GetNameInfo_ThatCannotBe_GivesTheError(int flags, DnsError expected)
    {
        Assert.AreEqual((int)expected, Dns.TryGetNameInfo(new IPEndPoint(IPAddress.Loopback, 80), (NameInfoFlags)flags, 0, out var none));
        Assert.IsNull(none);
    }

    [TestMethod]
    public void GetAddrInfo_WithoutAnAnswer_TakesNoLongerThanAsked()
    {
        var time = Stopwatch.StartNew();

        var error = Dns.TryGetAddrInfo("unknown.test.", "80", new AddressHints(), 100, out _);

        Assert.AreEqual((int)DnsError.EAI_AGAIN, error);
        Assert.IsLessThan(5000, time.ElapsedMilliseconds, "ms, where 100 were asked for on a busy machine");
    }

    [TestMethod]
    public void Cancel_DuringACall_EndsIt()
    {
        var result = 0;
        var call = new Thread(() => result = Dns.TryGetAddrInfo("unknown.test.", "80", new AddressHints(), 60_000, out _));
        call.Start();

        // The question has arrived: the call waits for the answer.
        _silent.Receive(new byte[512]);
        Resolver.Default.Cancel();

        Assert.IsTrue(call.Join(30_000), "the call did not end");
        Assert.AreEqual((int)DnsError.EAI_CANCELED, result);
    }
}
