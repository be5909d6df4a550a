using System.Text;

namespace IoTNet.Tests.Dns;

/// <summary>A real server gives the resolver the answers that it gives dig.</summary>
[TestClass]
public sealed class DnsmasqTests : ResolverTestBase
{
    private static Dnsmasq s_server = null!;

    [ClassInitialize]
    public static void StartServer(TestContext context)
    {
        if (!Dnsmasq.IsThere)
        {
            Assert.Inconclusive("dnsmasq is not installed: tools/setup.sh");
        }

        s_server = new Dnsmasq();
    }

    [ClassCleanup]
    public static void StopServer()
    {
        s_server?.Dispose();
    }

    [TestMethod]
    [DataRow("host.iot.test", DnsType.A)]
    [DataRow("HOST.iot.TEST", DnsType.AAAA)]
    [DataRow("two.iot.test", DnsType.A)]
    [DataRow("10.2.0.192.in-addr.arpa", DnsType.PTR)]
    [DataRow("text.iot.test", DnsType.TXT)]
    [DataRow("_mqtt._tcp.iot.test", DnsType.SRV)]
    [DataRow("iot.test", DnsType.MX)]
    public void Query_OfEachType_GivesWhatDigGives(string name, DnsType type)
    {
        Assert.IsTrue(Query(Servers, name, type) > 0);
        string expected = s_server.Dig(name, type.ToString());
        Assert.AreNotEqual("", expected, "dig found nothing");
        Assert.AreEqual(expected, DigStyle(Answer));
        Assert.AreEqual(60, Answer.TtlSeconds);
    }

    [TestMethod]
    public void Query_OfAChainOfAliases_GivesTheEndAsDigDoes()
    {
        Assert.AreEqual(1, Query(Servers, "one.iot.test"));
        Assert.AreEqual("host.iot.test", Answer.CanonicalName);
        StringAssert.Contains(s_server.Dig("one.iot.test", "A"), DigStyle(Answer));
        Assert.AreEqual(1, Query(Servers, "one.iot.test", DnsType.CNAME));
        Assert.AreEqual(s_server.Dig("one.iot.test", "CNAME"), DigStyle(Answer));
    }

    [TestMethod]
    public void Query_OfFourKilobytesOfText_ComesByTcpAsForDig()
    {
        ResolverOptions options = Servers;
        options.MaxRecords = Dnsmasq.BigTexts;
        Assert.AreEqual(Dnsmasq.BigTexts, Query(options, "big.iot.test", DnsType.TXT));
        Assert.AreEqual(s_server.Dig("big.iot.test", "TXT"), DigStyle(Answer));
        options.TcpAnswerBytes = 2048;
        Assert.AreEqual((int)DnsError.EAI_AGAIN, Query(options, "big.iot.test", DnsType.TXT), "only TCP has all of it");
    }

    [TestMethod]
    public void Query_OfWhatIsNot_TellsNameAndDataApart()
    {
        Assert.AreEqual((int)DnsError.EAI_NONAME, Query(Servers, "nobody.iot.test"));
        Assert.AreEqual((int)DnsError.EAI_NODATA, Query(Servers, "two.iot.test", DnsType.AAAA));
        Assert.AreEqual((int)DnsError.EAI_FAIL, Query(Servers, "elsewhere.invalid.example"), "dnsmasq refuses: it has no server to ask");
    }

    [TestMethod]
    public void Query_WithoutAnyAnswer_EndsInTime()
    {
        long before = Environment.TickCount64;
        Assert.AreEqual((int)DnsError.EAI_AGAIN, new Resolver(Servers).Query("a.silent.test", DnsType.A, 500, Answer));
        Assert.IsTrue(Environment.TickCount64 - before >= 490, "it gave up early");
    }

    private static ResolverOptions Servers => new() { Servers = [s_server.EndPoint] };

    private static string DigStyle(DnsAnswer answer) => string.Join('\n', Enumerable.Range(0, answer.Count).Select(i => answer[i]).Select(r => r.Type switch
    {
        DnsType.SRV => $"{r.Priority} {r.Weight} {r.Port} {r.Target}.",
        DnsType.MX => $"{r.Priority} {r.Target}.",
        DnsType.TXT => string.Join(' ', Enumerable.Range(0, r.TextCount).Select(t => $"\"{Encoding.ASCII.GetString(r.GetText(t))}\"")),
        _ => r.Address?.ToString() ?? r.Target + ".",
    }).Order(StringComparer.Ordinal));
}
