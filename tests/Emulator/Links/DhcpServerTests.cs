namespace IoTNet.Emulator.Tests;

/// <summary>The server's side of DHCP, with the client of the emulated boards at the other end, in frames and without time.</summary>
[TestClass]
public class DhcpServerTests
{
    private static readonly DhcpServerOptions s_two = new()
    {
        First = IPAddress.Parse("10.0.2.140"), Last = IPAddress.Parse("10.0.2.141"), LeaseSeconds = 100,
    };

    [TestMethod]
    public void Discover_OfAClient_IsOfferedTheFirstFreeAddress()
    {
        DhcpPool pool = Pool();

        AssertAnswer(pool, Ask(1, DhcpReply.Discover), DhcpReply.Offer, "10.0.2.140");
        AssertAnswer(pool, Ask(2, DhcpReply.Discover), DhcpReply.Offer, "10.0.2.141");
        AssertAnswer(pool, Ask(1, DhcpReply.Discover), DhcpReply.Offer, "10.0.2.140");
        Assert.IsEmpty(pool.Leases);
    }

    [TestMethod]
    [DataRow("10.0.2.141", "10.0.2.141")]
    [DataRow("10.0.2.142", "10.0.2.140")]
    [DataRow("192.168.0.1", "10.0.2.140")]
    public void Discover_OfAClientThatWantsAnAddress_IsOfferedItWhenThereIs(string wanted, string offered)
    {
        AssertAnswer(Pool(), Ask(1, DhcpReply.Discover, wanted: wanted), DhcpReply.Offer, offered);
    }

    [TestMethod]
    public void Discover_WhenAllIsGiven_IsNotAnswered()
    {
        DhcpPool pool = Pool();
        Lease(pool, 1);
        Lease(pool, 2);

        AssertAnswer(pool, Ask(3, DhcpReply.Discover), 0, "0.0.0.0");

        // Both leases are over.
        AssertAnswer(pool, Ask(3, DhcpReply.Discover), DhcpReply.Offer, "10.0.2.140", nowMs: 100_001);
    }

    [TestMethod]
    public void Discover_WhereSomebodyHasTheAddress_IsOfferedTheNext()
    {
        DhcpPool pool = new(s_two, address => address.Equals(s_two.First));

        AssertAnswer(pool, Ask(1, DhcpReply.Discover), DhcpReply.Offer, "10.0.2.141");
    }

    [TestMethod]
    public void Request_OfWhatWasOffered_IsAcknowledged()
    {
        DhcpPool pool = Pool();

        Lease(pool, 1);

        Assert.AreEqual((IPAddress.Parse("10.0.2.140"), 100_000L), pool.Leases.Select(l => (l.Address, l.UntilMs)).Single());
    }

    [TestMethod]
    public void Request_OfWhatWasNotOffered_IsRefused()
    {
        DhcpPool pool = Pool();
        _ = pool.Answer(Ask(1, DhcpReply.Discover), 0);

        AssertAnswer(pool, Ask(1, DhcpReply.Request, wanted: "10.0.2.141", server: "10.0.2.1"), DhcpReply.Nak, "0.0.0.0");
        AssertAnswer(pool, Ask(2, DhcpReply.Request, wanted: "10.0.2.140", server: "10.0.2.1"), DhcpReply.Nak, "0.0.0.0");
    }

    [TestMethod]
    public void Request_OfAnotherServersOffer_FreesOurs()
    {
        DhcpPool pool = Pool();
        _ = pool.Answer(Ask(1, DhcpReply.Discover), 0);

        AssertAnswer(pool, Ask(1, DhcpReply.Request, wanted: "10.0.2.200", server: "10.0.2.2"), 0, "0.0.0.0");
        AssertAnswer(pool, Ask(2, DhcpReply.Discover), DhcpReply.Offer, "10.0.2.140");
    }

    [TestMethod]
    public void Request_ToKeepAnAddress_ExtendsTheLeaseUntilItIsForgotten()
    {
        DhcpPool pool = Pool();
        Lease(pool, 1);

        AssertAnswer(pool, Ask(1, DhcpReply.Request, current: "10.0.2.140"), DhcpReply.Ack, "10.0.2.140", nowMs: 50_000);
        AssertAnswer(pool, Ask(1, DhcpReply.Request, current: "10.0.2.140"), DhcpReply.Ack, "10.0.2.140", nowMs: 149_000);
        pool.EndLeases();
        AssertAnswer(pool, Ask(1, DhcpReply.Request, current: "10.0.2.140"), DhcpReply.Nak, "0.0.0.0", nowMs: 150_000);
    }

    [TestMethod]
    public void Request_AfterARestart_IsAcknowledgedRefusedOrLeftToOthers()
    {
        DhcpPool pool = Pool();
        Lease(pool, 1);

        AssertAnswer(pool, Ask(1, DhcpReply.Request, wanted: "10.0.2.140"), DhcpReply.Ack, "10.0.2.140");
        AssertAnswer(pool, Ask(1, DhcpReply.Request, wanted: "10.0.2.141"), DhcpReply.Nak, "0.0.0.0");
        AssertAnswer(pool, Ask(2, DhcpReply.Request, wanted: "10.0.2.141"), 0, "0.0.0.0");
    }

    [TestMethod]
    [DataRow(DhcpReply.Release)]
    [DataRow(DhcpReply.Decline)]
    public void Release_OfALease_FreesIt(byte type)
    {
        DhcpPool pool = Pool();
        Lease(pool, 1);

        AssertAnswer(pool, Ask(1, type, current: "10.0.2.140"), 0, "0.0.0.0");
        AssertAnswer(pool, Ask(2, DhcpReply.Discover), DhcpReply.Offer, "10.0.2.140");
    }

    [TestMethod]
    public void Answer_InAFrame_IsWhatTheClientReads()
    {
        DhcpRequest request = Ask(7, DhcpReply.Discover);
        DhcpServerOptions options = s_two with { NameServers = [IPAddress.Parse("10.0.2.3"), IPAddress.Parse("9.9.9.9")] };

        byte[] frame = request.Answer(DhcpReply.Offer, IPAddress.Parse("10.0.2.140"), options, [2, 0, 0, 0, 0, 9]);

        Assert.IsTrue(DhcpReply.IsForClient(frame));
        DhcpReply reply = DhcpReply.Read(frame, Client(7))!;
        Assert.AreEqual(DhcpReply.Offer, reply.Type);
        Assert.AreEqual(77u, reply.Transaction);
        Assert.AreEqual(IPAddress.Parse("10.0.2.140"), reply.Address);
        Assert.AreEqual(options.Address, reply.Server);
        Assert.AreEqual(options.Netmask, reply.Mask);
        Assert.AreEqual(options.Router, reply.Gateway);
        Assert.AreEqual(100u, reply.LeaseSeconds);
        CollectionAssert.AreEqual(options.NameServers.ToArray(), reply.NameServers);

        // RFC 2131 4.1: a client without an address asked for a broadcast.
        CollectionAssert.AreEqual(new byte[] { 255, 255, 255, 255, 255, 255 }, frame[..6]);
        Assert.IsNull(DhcpReply.Read(frame, Client(8)));
    }

    [TestMethod]
    public void Frames_CutOrChangedAnywhere_AreReadOrRefusedButNothingElse()
    {
        byte[] frame = DhcpQuery.Write(DhcpReply.Request, Client(1), "board", 77, IPAddress.Any, s_two.First, s_two.Address);
        Random random = new(4);
        int refused = 0;

        for (int length = 0; length < frame.Length; length++)
        {
            refused += DhcpRequest.Read(frame.AsSpan(0, length)) == null ? 1 : 0;
        }

        Assert.AreEqual(frame.Length, refused, "a frame that was cut has not its length");
        for (int i = 0; i < 20_000; i++)
        {
            byte[] changed = [.. frame];
            changed[random.Next(14, changed.Length)] = (byte)random.Next(256);

            // Without a checksum the options themselves are read.
            changed[40] = changed[41] = 0;
            _ = DhcpRequest.Read(changed);
        }
    }

    [TestMethod]
    public void Options_ThatCannotBe_AreRefusedInWords()
    {
        ArgumentException e = Assert.ThrowsExactly<ArgumentException>(() => Pool(s_two with { LeaseSeconds = 0 }));
        StringAssert.StartsWith(
            e.Message, "A DHCP server gives from First to Last for at least a second, with at most 8 name servers, not 10.0.2.140 to 10.0.2.141 for 0 s with 1.");
        Assert.ThrowsExactly<ArgumentException>(() => Pool(s_two with { Last = IPAddress.Parse("10.0.2.139") }));
        Assert.ThrowsExactly<ArgumentException>(() => Pool(s_two with { NameServers = [.. Enumerable.Repeat(IPAddress.Loopback, 9)] }));
    }

    private static DhcpPool Pool(DhcpServerOptions? options = null) => new(options ?? s_two, _ => false);

    private static byte[] Client(byte number) => [2, 0, 0, 0, 0, number];

    private static DhcpRequest Ask(byte client, byte type, string current = "0.0.0.0", string? wanted = null, string? server = null) =>
        DhcpRequest.Read(DhcpQuery.Write(
            type, Client(client), "board", (uint)(client * 11), IPAddress.Parse(current), wanted == null ? null : IPAddress.Parse(wanted),
            server == null ? null : IPAddress.Parse(server)))!;

    private static void Lease(DhcpPool pool, byte client)
    {
        (_, IPAddress address) = pool.Answer(Ask(client, DhcpReply.Discover), 0);
        AssertAnswer(
            pool, Ask(client, DhcpReply.Request, wanted: address.ToString(), server: "10.0.2.1"), DhcpReply.Ack, address.ToString());
    }

    private static void AssertAnswer(DhcpPool pool, DhcpRequest request, byte type, string address, long nowMs = 0) =>
        Assert.AreEqual((type, IPAddress.Parse(address)), pool.Answer(request, nowMs));
}
