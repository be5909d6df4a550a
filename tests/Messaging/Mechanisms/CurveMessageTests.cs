using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>Messages of CURVE as RFC 26 has them, and what may be tried with them.</summary>
[TestClass]
public class CurveMessageTests
{
    private readonly Conversation _talk = Curves.New().Talk();

    [TestMethod]
    public void Messages_OfEveryLengthAndBothWays_Arrive()
    {
        for (int count = 0; count <= 600; count++)
        {
            byte[] body = Bytes.Random(count);
            int flags = (count % 3) switch { 0 => 0, 1 => FrameHeader.More, _ => FrameHeader.Command };
            byte[] toServer = Conversation.Seal(_talk.Client, flags, body);
            byte[] toClient = Conversation.Seal(_talk.Server, flags, body);
            Assert.AreNotEqual(Convert.ToHexString(toServer), Convert.ToHexString(toClient));
            AssertOpens(body, flags, _talk.Server, toServer);
            AssertOpens(body, flags, _talk.Client, toClient);
        }
    }

    [TestMethod]
    public void AMessage_OnTheWire_IsThatOfTheRfc()
    {
        byte[] first = Conversation.Seal(_talk.Client, 0, Bytes.Random(5));
        byte[] second = Conversation.Seal(_talk.Client, 0, []);
        byte[] ofServer = Conversation.Seal(_talk.Server, 0, []);
        Assert.HasCount(38, first);
        Assert.HasCount(33, second);
        Assert.AreEqual("\u0007MESSAGE", Encoding.Latin1.GetString(first, 0, 8));
        // HELLO was 1, INITIATE 2; READY 1.
        Bytes.AssertEqual("0000000000000003", first[8..16]);
        Bytes.AssertEqual("0000000000000004", second[8..16]);
        Bytes.AssertEqual("0000000000000002", ofServer[8..16]);
    }

    [TestMethod]
    public void AMessage_WithAnyBitChanged_IsRefused()
    {
        byte[] body = Bytes.Random(30);
        byte[] frame = Conversation.Seal(_talk.Client, FrameHeader.More, body);
        for (int bit = 0; bit < 8 * frame.Length; bit++)
        {
            byte[] forged = (byte[])frame.Clone();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsNull(Conversation.Open(_talk.Server, forged, out int flags), $"bit {bit}");
            Assert.AreEqual(0, flags);
        }

        // A forged one, with whatever number, does not keep a good one out.
        AssertOpens(body, FrameHeader.More, _talk.Server, frame);
    }

    [TestMethod]
    public void AMessage_CutAnywhereOrTooLong_IsRefused()
    {
        byte[] body = Bytes.Random(30);
        byte[] frame = Conversation.Seal(_talk.Server, 0, body);
        for (int count = 0; count < frame.Length; count++)
        {
            Assert.IsNull(Conversation.Open(_talk.Client, frame[..count], out _), $"{count} bytes");
        }

        Assert.IsNull(Conversation.Open(_talk.Client, [.. frame, 0], out _));
        AssertOpens(body, 0, _talk.Client, frame);
    }

    [TestMethod]
    public void AMessage_ThatComesAgainOrTooLate_IsRefused()
    {
        byte[] first = Conversation.Seal(_talk.Client, 0, [1]);
        byte[] second = Conversation.Seal(_talk.Client, 0, [2]);
        byte[] third = Conversation.Seal(_talk.Client, 0, [3]);
        AssertOpens([1], 0, _talk.Server, first);
        Assert.IsNull(Conversation.Open(_talk.Server, first, out _));
        AssertOpens([3], 0, _talk.Server, third);
        Assert.IsNull(Conversation.Open(_talk.Server, second, out _));
        Assert.IsNull(Conversation.Open(_talk.Server, third, out _));
        AssertOpens([4], 0, _talk.Server, Conversation.Seal(_talk.Client, 0, [4]));
    }

    [TestMethod]
    public void AMessage_SentBackToItsSender_IsRefused()
    {
        // Past the numbers that each side has heard, so that it is the key's text that tells them apart.
        for (int i = 0; i < 10; i++)
        {
            Conversation.Seal(_talk.Client, 0, []);
            Conversation.Seal(_talk.Server, 0, []);
        }

        Assert.IsNull(Conversation.Open(_talk.Client, Conversation.Seal(_talk.Client, 0, [1]), out _));
        Assert.IsNull(Conversation.Open(_talk.Server, Conversation.Seal(_talk.Server, 0, [1]), out _));
    }

    [TestMethod]
    public void AMessage_OfAnotherConnection_IsRefused()
    {
        Conversation other = Curves.New().Talk();
        Assert.IsNull(Conversation.Open(_talk.Server, Conversation.Seal(other.Client, 0, [1]), out _));
    }

    [TestMethod]
    public void Garbage_InPlaceOfAMessage_IsRefused()
    {
        const int Seed = 1;
        Random random = new(Seed);
        for (int i = 0; i < 5000; i++)
        {
            byte[] garbage = new byte[random.Next(100)];
            random.NextBytes(garbage);
            if (i % 2 == 0)
            {
                "\u0007MESSAGE"u8[..Math.Min(8, garbage.Length)].CopyTo(garbage);
            }

            Assert.IsNull(Conversation.Open(_talk.Server, garbage, out _), $"round {i}, seed {Seed}");
        }
    }

    [TestMethod]
    public void EncodeAndDecode_OfMessages_AllocateNothing()
    {
        byte[] body = new byte[500];
        byte[] frame = new byte[533];
        Exchange();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Exchange();
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Exchange()
        {
            int length = _talk.Client.Encode(0, body, 0, body.Length, frame, 0);
            _talk.Server.Decode(frame, 0, length, out _, out _);
        }
    }

    [TestMethod]
    public void Sides_ThatSealAndOpenAtOnce_DoNotDisturbEachOther()
    {
        // One thread seals what another one opens, in both directions: four on two objects.
        const int Count = 3000;
        Task[] tasks =
        [
            .. new[] { (From: _talk.Client, To: _talk.Server), (From: _talk.Server, To: _talk.Client) }.SelectMany(way =>
            {
                System.Collections.Concurrent.BlockingCollection<byte[]> wire = [];
                return new[]
                {
                    Task.Run(() =>
                    {
                        for (int i = 0; i < Count; i++)
                        {
                            wire.Add(Conversation.Seal(way.From, 0, BitConverter.GetBytes(i)));
                        }
                    }),
                    Task.Run(() =>
                    {
                        for (int i = 0; i < Count; i++)
                        {
                            AssertOpens(BitConverter.GetBytes(i), 0, way.To, wire.Take());
                        }
                    }),
                };
            }),
        ];
        Task.WaitAll(tasks);
    }

    private static void AssertOpens(byte[] body, int flags, Mechanism taker, byte[] frame)
    {
        byte[]? opened = Conversation.Open(taker, frame, out int openedFlags);
        Assert.IsNotNull(opened);
        Bytes.AssertEqual(body, opened);
        Assert.AreEqual(flags, openedFlags);
    }
}
