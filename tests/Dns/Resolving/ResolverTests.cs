namespace IoTNet.Tests.Dns;

[TestClass]
public sealed class ResolverTests : ResolverTestBase
{
    [TestMethod]
    public void Query_OfAName_GivesItsAddressesUnderTheNameAsWritten()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Addresses("192.0.2.1", "192.0.2.2")));
        Assert.AreEqual(2, Query(Options(server), "Www.Example"));
        Assert.AreEqual("192.0.2.1 192.0.2.2", Describe(Answer));
        Assert.AreEqual("Www.Example", Answer.CanonicalName);
        Assert.AreEqual("Www.Example", Answer[0].Name);
        Assert.AreEqual(60, Answer.TtlSeconds);
        Assert.AreEqual("www.example", server.Queries.Single().Name.ToLowerInvariant());
    }

    [TestMethod]
    public void Query_ManyTimes_VariesIdPortAndCase()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Addresses("192.0.2.1")));
        ResolverOptions options = Options(server);
        options.CacheEntries = 0;
        Resolver resolver = new(options);
        for (int i = 0; i < 40; i++)
        {
            Assert.AreEqual(1, resolver.Query("abcdefghijklmnopqrstuvwxyz.example", DnsType.A, PatienceMs, Answer));
        }

        Assert.IsTrue(server.Queries.Select(q => q.Id).Distinct().Count() > 30, "ids");
        Assert.IsTrue(server.Queries.Select(q => q.SourcePort).Distinct().Count() > 30, "ports");
        Assert.IsTrue(server.Queries.All(q => q.SourcePort >= 49152), "outside the range of nobody's ports");
        Assert.IsTrue(server.Queries.Select(q => q.Name).Distinct().Count() > 30, "case");
    }

    [TestMethod]
    public void Query_OfAnAlias_FollowsItWithinTheMessageAndBeyond()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Name.ToLowerInvariant() switch
        {
            // The end of the first chain stands before its beginning.
            "a.example" => c.Query.Answer(0, ("c.example", DnsType.CNAME, 7, DnsNameTests.Wire("d.example")),
                ("a.example", DnsType.CNAME, 9, DnsNameTests.Wire("c.example"))),
            "d.example" => c.Query.Addresses("192.0.2.9"),
            _ => c.Query.Denial(3, 5),
        }));
        Assert.AreEqual(1, Query(Options(server), "a.example"));
        Assert.AreEqual("192.0.2.9", Describe(Answer));
        Assert.AreEqual("d.example", Answer.CanonicalName);
        Assert.AreEqual(7, Answer.TtlSeconds, "the least of the chain");
        Assert.AreEqual(2, server.Queries.Count);
        Assert.AreEqual(1, Query(Options(server), "a.example", DnsType.CNAME));
        Assert.AreEqual("c.example", Describe(Answer));
    }

    [TestMethod]
    public void Query_OfAliasesWithoutEnd_Fails()
    {
        using FakeServer loop = new(c => c.Reply(c.Query.Answer(0, ("a.example", DnsType.CNAME, 9, DnsNameTests.Wire("b.example")),
            ("b.example", DnsType.CNAME, 9, DnsNameTests.Wire("a.example")))));
        Assert.AreEqual((int)DnsError.EAI_FAIL, Query(Options(loop), "a.example"));
        using FakeServer endless = new(c => c.Reply(c.Query.Answer(0, (c.Query.Name, DnsType.CNAME, 9, DnsNameTests.Wire("x" + c.Number + ".example")))));
        Assert.AreEqual((int)DnsError.EAI_FAIL, Query(Options(endless), "a.example"));
        Assert.IsTrue(endless.Queries.Count < 20, endless.Queries.Count + " questions");
    }

    [TestMethod]
    public void Query_OfACutAnswer_IsAskedAgainByTcp()
    {
        string[] many = [.. Enumerable.Range(0, 300).Select(i => "192.0." + (i / 256) + "." + (i % 256))];
        using FakeServer server = new(c => c.Reply(c.Query.Header(0x8380)), m => m.Addresses(many));
        ResolverOptions options = Options(server);
        options.MaxRecords = 400;
        Assert.AreEqual(300, Query(options, "a.example"));
        Assert.AreEqual(string.Join(' ', many), Describe(Answer));
        Assert.AreEqual(1, server.TcpQueries);
        options.MaxRecords = 10;
        Assert.AreEqual(10, Query(options, "a.example"));
        Assert.IsTrue(Answer.IsPartial);
        options.TcpAnswerBytes = 512;
        Assert.AreEqual((int)DnsError.EAI_AGAIN, Query(options, "a.example"), "longer than the buffer");
    }

    [TestMethod]
    public void Query_WithASilentServer_AsksTheNext()
    {
        using FakeServer silent = new(c => { }), good = new(c => c.Reply(c.Query.Addresses("192.0.2.1")));
        Assert.AreEqual(1, Query(HastyOptions(silent, good), "a.example"));
        Assert.AreNotEqual(0, silent.Queries.Count);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(5)]
    public void Query_WithAServerThatFails_AsksTheNextAndNotTheFirstAgain(int code)
    {
        using FakeServer bad = new(c => c.Reply(c.Query.Answer(code))), good = new(c => _ = c.Number == 1 ? 0 : Reply(c));
        Assert.AreEqual(1, Query(HastyOptions(bad, good), "a.example"));
        Assert.AreEqual(1, bad.Queries.Count);
        Assert.AreEqual(code == 5 ? (int)DnsError.EAI_FAIL : (int)DnsError.EAI_AGAIN, Query(Options(bad), "a.example"));
        static int Reply(FakeServer.Call c)
        {
            c.Reply(c.Query.Addresses("192.0.2.1"));
            return 0;
        }
    }

    [TestMethod]
    public void Query_WithAServerThatDoesNotKnowEdns_AsksItAgainWithout()
    {
        using FakeServer old = new(c => c.Reply(c.Query.HasEdns ? c.Query.Answer(1) : c.Query.Addresses("192.0.2.1")));
        Assert.AreEqual(1, Query(Options(old), "a.example"));
        CollectionAssert.AreEqual(new[] { true, false }, old.Queries.Select(q => q.HasEdns).ToArray());
    }

    [TestMethod]
    public void Query_WithoutAnAnswer_EndsWithTheCallersTime()
    {
        using FakeServer silent = new(c => { });
        ResolverOptions options = Options(silent, silent, silent);
        options.AttemptTimeoutMs = 60_000;
        Assert.AreEqual((int)DnsError.EAI_AGAIN, new Resolver(options).Query("a.example", DnsType.A, 200, Answer));
        Assert.AreEqual((int)DnsError.EAI_AGAIN, new Resolver(options).Query("a.example", DnsType.A, 0, Answer));
        Assert.AreEqual(1, silent.Queries.Count, "60 s for each attempt, 200 ms for all");
    }

    [TestMethod]
    public void Cancel_OfAQuery_EndsItAtOnce()
    {
        using ManualResetEventSlim asked = new();
        using FakeServer silent = new(c => asked.Set());
        ResolverOptions options = Options(silent);
        options.AttemptTimeoutMs = 60_000;
        Resolver resolver = new(options);
        int code = 0;
        Thread thread = new(() => code = resolver.Query("a.example", DnsType.A, -1, Answer));
        thread.Start();
        Assert.IsTrue(asked.Wait(PatienceMs));
        resolver.Cancel();
        Assert.IsTrue(thread.Join(PatienceMs), "it goes on");
        Assert.AreEqual((int)DnsError.EAI_CANCELED, code);
        Assert.AreEqual((int)DnsError.EAI_AGAIN, resolver.Query("a.example", DnsType.A, 100, Answer), "the next one is not cancelled");
    }

    [TestMethod]
    public void Query_WithSearchDomains_TriesThemInOrder()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Name.ToLowerInvariant() == "host.b.example" ? c.Query.Addresses("192.0.2.1") : c.Query.Denial(3, 0)));
        ResolverOptions options = Options(server);
        options.Search = ["a.example", "b.example"];
        Assert.AreEqual(1, Query(options, "host"));
        Assert.AreEqual("host.b.example", Answer.CanonicalName);
        Assert.AreEqual("host.a.example host.b.example", string.Join(' ', server.Queries.Select(q => q.Name.ToLowerInvariant())));
        server.Queries.Clear();
        Assert.AreEqual((int)DnsError.EAI_NONAME, Query(options, "host."));
        Assert.AreEqual("host", server.Queries.Single().Name.ToLowerInvariant(), "a dot at the end: as it is");
        server.Queries.Clear();
        Assert.AreEqual((int)DnsError.EAI_NONAME, Query(options, "x.y"));
        Assert.AreEqual("x.y x.y.a.example x.y.b.example", string.Join(' ', server.Queries.Select(q => q.Name.ToLowerInvariant())));
    }

    [TestMethod]
    public void Query_OfKnownHosts_AsksNobody()
    {
        HostTable hosts = new();
        Assert.AreEqual(0, hosts.Add("Printer.home", IPAddress.Parse("192.0.2.7")));
        Assert.AreEqual((int)DnsError.EAI_NONAME, hosts.Add("a..b", IPAddress.Any));
        ResolverOptions options = new() { Servers = [], Hosts = hosts };
        Assert.AreEqual(1, Query(options, "pRinter.home."));
        Assert.AreEqual("192.0.2.7", Describe(Answer));
        Assert.AreEqual((int)DnsError.EAI_NODATA, Query(options, "printer.home", DnsType.AAAA));
        Assert.AreEqual(1, Query(options, "7.2.0.192.in-addr.arpa", DnsType.PTR));
        Assert.AreEqual("Printer.home", Describe(Answer));
        Assert.AreEqual(1, Query(options, "localhost", DnsType.AAAA));
        Assert.AreEqual("::1", Describe(Answer));
        Assert.AreEqual((int)DnsError.EAI_AGAIN, Query(options, "other.home"), "nobody to ask");
        Assert.AreEqual((int)DnsError.EAI_NONAME, Query(options, "not a..name"));
    }

    [TestMethod]
    public void Query_WithUseTcp_NeverAsksByUdp()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Addresses("192.0.2.66")), m => m.HasEdns ? m.Answer(1) : m.Addresses("192.0.2.1"));
        ResolverOptions options = Options(server);
        options.UseTcp = true;
        Assert.AreEqual(1, Query(options, "a.example"));
        Assert.AreEqual("192.0.2.1", Describe(Answer));
        Assert.AreEqual(0, server.Queries.Count);
        Assert.AreEqual(2, server.TcpQueries, "once with EDNS, which it does not know, once without");
    }

    [TestMethod]
    public void Query_WhereNobodyServes_SaysThatItIsRefused()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.AreEqual((int)DnsError.EAI_AGAIN, Query(new ResolverOptions { Servers = [(IPEndPoint)taken.LocalEndPoint], UseTcp = true }, "a.example"));
        Assert.AreEqual(Errno.ECONNREFUSED, Answer.SystemError);
    }

    [TestMethod]
    [DataRow("", "Servers[1]: expected the address and port of a server, such as 192.0.2.53:53, not null.")]
    [DataRow("192.0.2.1:0", "Servers[1]: expected the address and port of a server, such as 192.0.2.53:53, not 192.0.2.1:0.")]
    [DataRow("0.0.0.0:53", "Servers[1]: expected the address and port of a server, such as 192.0.2.53:53, not 0.0.0.0:53.")]
    [DataRow("[::]:53", "Servers[1]: expected the address and port of a server, such as 192.0.2.53:53, not [::]:53.")]
    public void Options_WithWhatIsNoServer_AreRefused(string server, string message)
    {
        ResolverOptions options = new() { Servers = [new(IPAddress.Loopback, 53), server == "" ? null : IPEndPoint.Parse(server)] };
        Assert.AreEqual(message, Assert.ThrowsExactly<ArgumentException>(() => new Resolver(options)).Message);
    }

    [TestMethod]
    public void Options_OutOfTheirRange_AreRefused()
    {
        Assert.AreEqual("Search[0]: expected a domain, such as example.com, not null.",
            Assert.ThrowsExactly<ArgumentException>(() => new Resolver(new ResolverOptions { Search = [null] })).Message);
        foreach (ResolverOptions options in new ResolverOptions[]
        {
            new() { Ndots = 16 }, new() { Ndots = -1 }, new() { AttemptTimeoutMs = 0 }, new() { AttemptTimeoutMs = 60_001 }, new() { Attempts = 0 }, new() { Attempts = 17 },
            new() { UdpAnswerBytes = 511 }, new() { UdpAnswerBytes = 4097 }, new() { TcpAnswerBytes = 511 }, new() { TcpAnswerBytes = 65536 },
            new() { MaxRecords = 0 }, new() { MaxRecords = 4097 }, new() { CacheEntries = -1 }, new() { CacheEntries = 4097 },
        })
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Resolver(options));
        }

        Assert.ThrowsExactly<ArgumentNullException>(() => new Resolver(null));
    }

    [TestMethod]
    public void Options_ChangedLater_ChangeNothing()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Addresses("192.0.2.1")));
        ResolverOptions options = Options(server);
        options.Search = ["b.example"];
        Resolver resolver = new(options);
        options.Servers[0] = null;
        options.Search[0] = null;
        Assert.AreEqual(1, resolver.Query("a", DnsType.A, PatienceMs, Answer));
        Assert.AreEqual("a.b.example", Answer.CanonicalName);
    }

    [TestMethod]
    public void Query_WhenAllSocketsAreOpen_SaysSo()
    {
        NetworkStack.Use(new Boards.SystemNetStack(true, 1));
        using Socket last = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Assert.AreEqual((int)DnsError.EAI_SYSTEM, Query(new ResolverOptions { Servers = [new(IPAddress.Loopback, 9)] }, "a.example"));
        Assert.AreEqual(Errno.ENFILE, Answer.SystemError);
    }
}
