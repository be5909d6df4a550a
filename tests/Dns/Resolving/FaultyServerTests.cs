namespace IoTNet.Tests.Dns;

/// <summary>Before the right answer comes one that must not be believed.</summary>
[TestClass]
public sealed class FaultyServerTests : ResolverTestBase
{
    private const string Lie = "203.0.113.66";

    [TestMethod]
    [DataRow("wrong id")]
    [DataRow("wrong name")]
    [DataRow("wrong type")]
    [DataRow("wrong class")]
    [DataRow("no question")]
    [DataRow("two questions")]
    [DataRow("a query")]
    [DataRow("another operation")]
    [DataRow("garbage")]
    [DataRow("an empty datagram")]
    [DataRow("half a header")]
    [DataRow("huge counts")]
    [DataRow("another port")]
    public void Query_WithAWrongAnswerFirst_WaitsForTheRightOne(string fault)
    {
        using FakeServer server = new(c =>
        {
            byte[] lie = MakeLie(c.Query, fault);
            (fault == "another port" ? c.ReplyFromElsewhere : c.Reply)(lie);
            c.Reply(c.Query.Addresses("192.0.2.1"));
        });
        ResolverOptions options = Options(server);
        options.AttemptTimeoutMs = PatienceMs;
        Assert.AreEqual(1, Query(options, "a.example"));
        Assert.AreEqual("192.0.2.1", Describe(Answer));
        Assert.AreEqual(1, server.Queries.Count);
    }

    [TestMethod]
    public void Query_WithAnAnswerInAnotherCase_AsksByTcp()
    {
        using FakeServer server = new(
            c => c.Reply(Message.Build(c.Query.Id, Swap(c.Query.Name), DnsType.A, 0x8180, DnsSection.Answer, (c.Query.Name, DnsType.A, 60, IPAddress.Parse(Lie).GetAddressBytes()))),
            m => m.Addresses("192.0.2.1"));
        Assert.AreEqual(1, Query(Options(server), "abcdefgh.example"));
        Assert.AreEqual("192.0.2.1", Describe(Answer));
        Assert.AreEqual(1, server.TcpQueries);
        ResolverOptions options = Options(server);
        options.RandomizeCase = false;
        Assert.AreEqual(1, Query(options, "abcdefgh.example"));
        Assert.IsTrue(server.Queries[^1].Name == "abcdefgh.example", server.Queries[^1].Name);
    }

    [TestMethod]
    public void Query_WithLateAnswers_DoesNotTakeThemForAnother()
    {
        FakeServer.Call? first = null;
        using FakeServer server = new(c =>
        {
            if (first == null)
            {
                first = c;
                return;
            }

            first.Reply(first.Query.Addresses(Lie));
            c.Reply(first.Query.Addresses(Lie));
            c.Reply(c.Query.Addresses("192.0.2.1"));
        });
        Assert.AreEqual(1, Query(HastyOptions(server), "a.example"));
        Assert.AreEqual("192.0.2.1", Describe(Answer));
    }

    [TestMethod]
    public void Query_OfACutAnswerByTcpToo_GivesUp()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Header(0x8380)), m => m.Header(0x8380));
        Assert.AreEqual((int)DnsError.EAI_AGAIN, Query(Options(server), "a.example"));
        Assert.AreEqual(1, server.TcpQueries);
    }

    [TestMethod]
    public void Query_OfACutAnswerWithoutTcp_GivesUp()
    {
        using FakeServer server = new(c => c.Reply(c.Query.Header(0x8380)));
        Assert.AreEqual((int)DnsError.EAI_AGAIN, Query(Options(server), "a.example"));
    }

    [TestMethod]
    public void Query_UnderAFloodOfGuesses_ChangesIdAndPort()
    {
        using FakeServer server = new(c =>
        {
            for (int i = 0; c.Number == 1 && i < 100; i++)
            {
                c.Reply(Message.Build(i, c.Query.Name, DnsType.A, 0x8180, DnsSection.Answer, (c.Query.Name, DnsType.A, 60, [1, 2, 3, 4])));
            }

            if (c.Number > 1)
            {
                c.Reply(c.Query.Addresses("192.0.2.1"));
            }
        });
        ResolverOptions options = Options(server);
        options.AttemptTimeoutMs = 60_000;
        Assert.AreEqual(1, Query(options, "a.example"));
        Assert.AreEqual("192.0.2.1", Describe(Answer));
    }

    private static byte[] MakeLie(Message query, string fault)
    {
        byte[] lie = query.Addresses(Lie);
        switch (fault)
        {
            case "wrong id":
                lie[1] ^= 1;
                return lie;
            case "wrong name":
                lie[13] = (byte)'b';
                return lie;
            case "wrong type":
                lie[DnsReader.HeaderSize + 11 + 1] = 28;
                return lie;
            case "wrong class":
                lie[DnsReader.HeaderSize + 11 + 3] = 3;
                return lie;
            case "no question":
                return [.. lie[..4], 0, 0, .. lie[6..12], .. lie[27..]];
            case "two questions":
                lie[5] = 2;
                return lie;
            case "a query":
                lie[2] &= 0x7F;
                return lie;
            case "another operation":
                lie[2] |= 0x10;
                return lie;
            case "garbage":
                new Random(1).NextBytes(lie);
                return lie;
            case "an empty datagram":
                return [];
            case "half a header":
                return lie[..6];
            case "huge counts":
                lie.AsSpan(6, 6).Fill(0xFF);
                return lie;
            default:
                return lie;
        }
    }

    private static string Swap(string name) =>
        string.Concat(name.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
