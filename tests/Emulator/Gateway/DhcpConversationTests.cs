using System.Buffers.Binary;

namespace IoTNet.Emulator.Tests;

/// <summary>The DHCP client's side of the talk, step by step and with a clock of the test's own.</summary>
[TestClass]
public sealed class DhcpConversationTests
{
    private const byte Discover = 1, Offer = 2, Request = 3, Ack = 5, Nak = 6;
    private static readonly byte[] s_hardwareAddress = [2, 0, 0, 0, 0, 7];

    private readonly DhcpConversation _client = new(s_hardwareAddress, "board", null, new Random(1));

    [TestMethod]
    public void Tick_WithoutAnAnswer_AsksAgainAtGrowingIntervals()
    {
        long now = 0;
        List<long> waits = [];
        for (int i = 0; i < 8; i++)
        {
            Assert.AreEqual(Discover, TypeOf(_client.Tick(now)));
            Assert.IsNull(_client.Tick(now), "asked twice at the same moment");
            waits.Add(_client.DueMs - now);
            now = _client.DueMs;
        }

        for (int i = 0; i < waits.Count; i++)
        {
            long expected = Math.Min(2000L << i, 60_000);
            Assert.IsTrue(Math.Abs(waits[i] - expected) <= expected / 4, $"wait {i} is {waits[i]} ms");
        }
    }

    [TestMethod]
    public void Receive_OfOfferAndAck_GivesTheLease()
    {
        Bind(leaseSeconds: 100);

        Assert.AreEqual(IPAddress.Parse("10.0.2.15"), _client.Lease!.Address);
        Assert.AreEqual(100u, _client.Lease.Seconds);
        Assert.AreEqual(87_500, _client.DueMs);
    }

    [TestMethod]
    public void Tick_At7Of8OfTheLease_AsksToKeepTheAddress()
    {
        Bind(leaseSeconds: 100);

        byte[] request = _client.Tick(87_500)!;

        Assert.AreEqual(Request, TypeOf(request));
        CollectionAssert.AreEqual(new byte[] { 10, 0, 2, 15 }, request[(42 + 12)..(42 + 16)], "ciaddr");
        Assert.IsNull(_client.Receive(Answer(Ack, request, 100), 87_510));
        Assert.AreEqual(87_500 + 87_500, _client.DueMs);
        Assert.IsNotNull(_client.Lease);
    }

    [TestMethod]
    public void Tick_WhenTheLeaseRanOut_GivesTheAddressUpAndBeginsAnew()
    {
        Bind(leaseSeconds: 100);
        while (_client.DueMs < 100_000)
        {
            Assert.AreEqual(Request, TypeOf(_client.Tick(_client.DueMs)));
            Assert.IsNotNull(_client.Lease);
        }

        Assert.AreEqual(100_000, _client.DueMs);
        Assert.AreEqual(Discover, TypeOf(_client.Tick(100_000)));
        Assert.IsNull(_client.Lease);
    }

    [TestMethod]
    public void Receive_OfAnEndlessLease_AsksNeverAgain()
    {
        Bind(uint.MaxValue);

        Assert.AreEqual(long.MaxValue, _client.DueMs);
    }

    [TestMethod]
    public void Receive_OfANak_BeginsAnewButNotAtOnce()
    {
        byte[] request = _client.Receive(Answer(Offer, _client.Tick(0)!, 100), 0)!;

        Assert.IsNull(_client.Receive(Answer(Nak, request, 100), 0));
        Assert.IsGreaterThan(1000, _client.DueMs);
        Assert.AreEqual(Discover, TypeOf(_client.Tick(_client.DueMs)));
    }

    [TestMethod]
    public void Tick_AfterFourRequestsWithoutAnAnswer_BeginsAnew()
    {
        Assert.AreEqual(Request, TypeOf(_client.Receive(Answer(Offer, _client.Tick(0)!, 100), 0)));
        for (int i = 1; i < 4; i++)
        {
            Assert.AreEqual(Request, TypeOf(_client.Tick(_client.DueMs)));
        }

        Assert.AreEqual(Discover, TypeOf(_client.Tick(_client.DueMs)));
    }

    [TestMethod]
    public void Receive_OfSomebodyElsesAnswer_IsIgnored()
    {
        byte[] discover = _client.Tick(0)!;
        byte[] otherTransaction = Answer(Offer, discover, 100, message => message[4] ^= 1);
        byte[] otherClient = Answer(Offer, discover, 100, message => message[33] ^= 1);
        byte[] noAddress = Answer(Offer, discover, 100, message => message.AsSpan(16, 4).Clear());
        byte[] multicast = Answer(Offer, discover, 100, message => message[16] = 224);
        byte[] noCookie = Answer(Offer, discover, 100, message => message[236] ^= 1);
        byte[] tooEarly = Answer(Ack, discover, 100);

        foreach (byte[] frame in new[] { otherTransaction, otherClient, noAddress, multicast, noCookie, tooEarly, discover })
        {
            Assert.IsNull(_client.Receive(frame, 0));
        }

        Assert.AreEqual(7, _client.Ignored);
        Assert.AreEqual(Request, TypeOf(_client.Receive(Answer(Offer, discover, 100), 0)));
    }

    [TestMethod]
    public void Receive_OfAnAckForAnotherAddress_IsIgnored()
    {
        byte[] request = _client.Receive(Answer(Offer, _client.Tick(0)!, 100), 0)!;

        Assert.IsNull(_client.Receive(Answer(Ack, request, 100, message => message[19] = 99), 0));

        Assert.IsNull(_client.Lease);
    }

    [TestMethod]
    public void Receive_OfAFrameCutAnywhere_IsIgnored()
    {
        byte[] whole = Answer(Offer, _client.Tick(0)!, 100);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.IsNull(_client.Receive(whole.AsSpan(0, length), 0), length + " bytes");
        }
    }

    [TestMethod]
    public void Receive_OfAFrameWithAnyBitTurned_IsIgnored()
    {
        byte[] whole = Answer(Offer, _client.Tick(0)!, 100);

        // The Ethernet addresses are not looked at, and a UDP checksum of 0 is none; all else is under a checksum.
        for (int bit = 12 * 8; bit < whole.Length * 8; bit++)
        {
            whole[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsNull(_client.Receive(whole, 0), "bit " + bit);
            whole[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [TestMethod]
    public void Receive_OfRandomOptions_NeitherThrowsNorBinds()
    {
        byte[] discover = _client.Tick(0)!;
        Random random = new(1);
        for (int i = 0; i < 100_000; i++)
        {
            // Type 53 is taken out, so that nothing of it is an offer.
            byte[] frame = Answer(Offer, discover, 100, message =>
            {
                random.NextBytes(message.AsSpan(240));
                for (int at = 240; at < message.Length; at++)
                {
                    message[at] = message[at] == 53 ? (byte)52 : message[at];
                }
            });
            Assert.IsNull(_client.Receive(frame, 0));
        }
    }

    [TestMethod]
    public void Receive_OfOptionsInTheNameField_ReadsThemWhenOverloaded()
    {
        byte[] discover = _client.Tick(0)!;
        byte[] request = _client.Receive(
            Answer(Offer, discover, 100, message =>
            {
                new byte[] { 52, 1, 2, 255 }.CopyTo(message, 240);
                new byte[] { 53, 1, Offer, 54, 4, 10, 0, 2, 2, 255 }.CopyTo(message, 44);
            }),
            0)!;

        Assert.AreEqual(Request, TypeOf(request));
    }

    private void Bind(uint leaseSeconds)
    {
        byte[] request = _client.Receive(Answer(Offer, _client.Tick(0)!, leaseSeconds), 0)!;
        Assert.AreEqual(Request, TypeOf(request));
        Assert.IsNull(_client.Receive(Answer(Ack, request, leaseSeconds), 0));
    }

    // The type is the first option that the client writes.
    private static byte TypeOf(byte[]? frame) => frame![42 + 240 + 2];

    // What a server at 10.0.2.2 answers to a query.
    private static byte[] Answer(byte type, byte[] query, uint leaseSeconds, Action<byte[]>? change = null)
    {
        byte[] message = query[42..];
        message[0] = 2;
        new byte[] { 10, 0, 2, 15 }.CopyTo(message, 16);
        byte[] options =
        [
            53, 1, type, 54, 4, 10, 0, 2, 2, 1, 4, 255, 255, 255, 0, 3, 4, 10, 0, 2, 2, 6, 8, 10, 0, 2, 3, 10, 0, 2, 4,
            51, 4, 0, 0, 0, 0, 255,
        ];
        BinaryPrimitives.WriteUInt32BigEndian(options.AsSpan(options.Length - 5), leaseSeconds);
        message.AsSpan(240).Clear();
        options.CopyTo(message, 240);
        change?.Invoke(message);

        byte[] frame = new byte[42 + message.Length];
        query.AsSpan(0, 42).CopyTo(frame);
        message.CopyTo(frame, 42);
        new byte[] { 10, 0, 2, 2, 255, 255, 255, 255 }.CopyTo(frame, 26);
        frame[24] = frame[25] = frame[40] = frame[41] = 0;
        frame[35] = 67;
        frame[37] = 68;
        DhcpChecksum.Write(frame.AsSpan(24), DhcpChecksum.Sum(frame.AsSpan(14, 20), 0));
        DhcpChecksum.Write(frame.AsSpan(40), DhcpChecksum.Sum(frame.AsSpan(34), DhcpChecksum.Pseudo(frame.AsSpan(14), frame.Length - 34)));
        return frame;
    }
}
