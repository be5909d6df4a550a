namespace IoTNet.Tests.Dns;

[TestClass]
public sealed class CacheTests : ResolverTestBase
{
    [TestMethod]
    public void Query_Again_IsAnsweredFromTheCacheInAnyCase()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Addresses("192.0.2.1")));
        Resolver resolver = new(Options(server));
        Assert.AreEqual(1, resolver.Query("a.example", DnsType.A, PatienceMs, Answer));
        Assert.IsFalse(Answer.FromCache);
        Assert.AreEqual(1, resolver.Query("A.EXAMPLE.", DnsType.A, 0, Answer));
        Assert.IsTrue(Answer.FromCache && Answer.TtlSeconds is > 0 and <= 60, Answer.TtlSeconds + " s");
        Assert.AreEqual("192.0.2.1", Describe(Answer));
        Assert.AreEqual(1, server.Queries.Count);
        resolver.ClearCache();
        Assert.AreEqual(1, resolver.Query("a.example", DnsType.A, PatienceMs, Answer));
        Assert.AreEqual(2, server.Queries.Count);
    }

    [TestMethod]
    public void Query_AgainOfWhatIsNot_AsksOnlyWithoutAnSoa()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Name.ToLowerInvariant() switch
        {
            "none.example" => c.Query.Denial(3, 30),
            "nodata.example" => c.Query.Denial(0, 30),
            _ => c.Query.Answer(3),
        }));
        Resolver resolver = new(Options(server));
        foreach ((string name, DnsError code, int questions) in new[]
        {
            ("none.example", DnsError.EAI_NONAME, 1), ("nodata.example", DnsError.EAI_NODATA, 1), ("nosoa.example", DnsError.EAI_NONAME, 2),
        })
        {
            server.Queries.Clear();
            Assert.AreEqual((int)code, resolver.Query(name, DnsType.A, PatienceMs, Answer), name);
            Assert.AreEqual((int)code, resolver.Query(name, DnsType.A, PatienceMs, Answer), name);
            Assert.AreEqual(questions, server.Queries.Count, name);
        }
    }

    // RFC 2308 5: the lesser of the SOA's TTL and its minimum; at most 3 hours.
    [TestMethod]
    [DataRow(30, 9999, 30)]
    [DataRow(9999, 30, 30)]
    [DataRow(0, 9999, 0)]
    [DataRow(200_000, 200_000, 3 * 3600)]
    public void Query_OfWhatIsNot_KeepsThatAsLongAsTheSoaSays(int minimum, int ttl, int expected)
    {
        using FakeServer server = new(c => c.Reply(c.Query.Denial(3, minimum, ttl)));
        Resolver resolver = new(Options(server));
        Assert.AreEqual((int)DnsError.EAI_NONAME, resolver.Query("a.example", DnsType.A, PatienceMs, Answer));
        int code = resolver.Query("a.example", DnsType.A, 0, Answer);
        Assert.AreEqual(expected > 0 ? (int)DnsError.EAI_NONAME : (int)DnsError.EAI_AGAIN, code);
        Assert.IsTrue(Answer.TtlSeconds <= expected && Answer.TtlSeconds >= expected - 20, Answer.TtlSeconds + " s");
        Assert.AreEqual(expected > 0, Answer.FromCache);
    }

    [TestMethod]
    public void Query_OfMoreNamesThanTheCacheHolds_DropsTheOneUnusedLongest()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Addresses("192.0.2.1")));
        ResolverOptions options = Options(server);
        options.CacheEntries = 2;
        Resolver resolver = new(options);
        foreach (string name in new[] { "a.example", "b.example", "a.example", "c.example" })
        {
            Assert.AreEqual(1, resolver.Query(name, DnsType.A, PatienceMs, Answer));
        }

        Assert.AreEqual(3, server.Queries.Count);
        Assert.AreEqual(1, resolver.Query("a.example", DnsType.A, 0, Answer));
        Assert.AreEqual(1, resolver.Query("c.example", DnsType.A, 0, Answer));
        Assert.AreEqual((int)DnsError.EAI_AGAIN, resolver.Query("b.example", DnsType.A, 0, Answer));
    }

    [TestMethod]
    public void Query_OfAnAnswerWithoutTimeToLive_IsNotKept()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Answer(0, (c.Query.Name, DnsType.A, 0, [1, 2, 3, 4]))));
        Resolver resolver = new(Options(server));
        Assert.AreEqual(1, resolver.Query("a.example", DnsType.A, PatienceMs, Answer));
        Assert.AreEqual(1, resolver.Query("a.example", DnsType.A, PatienceMs, Answer));
        Assert.AreEqual(2, server.Queries.Count);
    }
}
