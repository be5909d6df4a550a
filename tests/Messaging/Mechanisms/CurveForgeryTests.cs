using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>What somebody on the way, or with bad intent, may try with the handshake of CURVE.</summary>
[TestClass]
public class CurveForgeryTests
{
    /// <summary>The numbers of the four commands.</summary>
    private static IEnumerable<object[]> Commands => [[0], [1], [2], [3]];

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void ACommand_WithAnyByteChanged_IsRefused(int number)
    {
        const int Seed = 1;
        Random random = new(Seed);
        int length = Curves.New().TalkUpTo(number).Command.Length;
        for (int at = 0; at < length; at++)
        {
            (byte[] command, Mechanism taker) = Curves.New().TalkUpTo(number);
            command[at] ^= (byte)random.Next(1, 256);
            Conversation.AssertRefused(taker, command, $"byte {at}, seed {Seed}");
            Assert.IsNull(taker.ErrorForPeer);
        }
    }

    [TestMethod]
    public void Hello_WithAnyBitOfItsKeyChanged_IsRefused()
    {
        // The last of them, bit 255, is none that the curve looks at.
        for (int bit = 0; bit < 256; bit++)
        {
            (byte[] hello, Mechanism server) = Curves.New().TalkUpTo(0);
            hello[80 + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Conversation.AssertRefused(server, hello, $"bit {bit}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void ACommand_CutAnywhereOrTooLong_IsRefused(int number)
    {
        int length = Curves.New().TalkUpTo(number).Command.Length;
        for (int count = 0; count < length; count++)
        {
            (byte[] command, Mechanism taker) = Curves.New().TalkUpTo(number);
            Conversation.AssertRefused(taker, command[..count], $"{count} bytes");
        }

        (byte[] last, Mechanism lastTaker) = Curves.New().TalkUpTo(number);
        Conversation.AssertRefused(lastTaker, [.. last, 0]);
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void ACommand_OfAnotherConnection_IsRefused(int number)
    {
        byte[] recorded = Curves.New().TalkUpTo(number).Command;
        if (number > 0)
        {
            Conversation.AssertRefused(Curves.New().TalkUpTo(number).Taker, recorded);
            return;
        }

        // A HELLO can be said again (RFC 26); who has only recorded it gets no further.
        Mechanism server = Curves.NewServer();
        Assert.IsTrue(Conversation.Take(server, recorded));
        Assert.IsNotEmpty(Conversation.Next(server));
        Conversation.AssertRefused(server, Curves.New().TalkUpTo(2).Command);
    }

    [TestMethod]
    public void Commands_OutOfTurn_AreRefused()
    {
        for (int heard = 0; heard <= 4; heard++)
        {
            for (int number = 0; number < 4; number++)
            {
                foreach (bool toServer in new[] { true, false })
                {
                    Conversation talk = Curves.New();
                    byte[] command = heard > number ? talk.Talk(heard).Said[number] : Curves.New().TalkUpTo(number).Command;
                    talk.Talk(heard);
                    bool isTurn = heard == number && toServer == (number % 2 == 0);
                    if (!isTurn)
                    {
                        Assert.IsFalse(Conversation.Take(toServer ? talk.Server : talk.Client, command), $"{number} after {heard}");
                    }
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void Garbage_InPlaceOfACommand_IsRefused(int number)
    {
        const int Seed = 1;
        Random random = new(Seed);
        for (int i = 0; i < 100; i++)
        {
            (byte[] command, Mechanism taker) = Curves.New().TalkUpTo(number);
            byte[] garbage = new byte[i % 3 == 0 ? random.Next(400) : command.Length];
            random.NextBytes(garbage);
            if (i % 3 == 1)
            {
                command.AsSpan(0, command[0] + 1).CopyTo(garbage);
            }

            Conversation.AssertRefused(taker, garbage, $"round {i}, seed {Seed}");
        }
    }

    [TestMethod]
    [DataRow("0000000000000000000000000000000000000000000000000000000000000000")]
    [DataRow("0100000000000000000000000000000000000000000000000000000000000000")]
    [DataRow("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void Hello_OfAConnectionKeyThatIsNone_IsRefused(string key)
    {
        // Whoever sends it knows the key that it shares with any server, without a secret one.
        byte[] hello = [.. Encoding.Latin1.GetBytes("\u0005HELLO\u0001\0"), .. new byte[72], .. Bytes.Of(key), .. Number(1), .. new byte[80]];
        Seal(KeyOfNone(), "CurveZMQHELLO---", Number(1), new byte[64]).CopyTo(hello, 120);
        Conversation.AssertRefused(Curves.NewServer(), hello);
    }

    [TestMethod]
    public void Initiate_ByHand_IsTaken()
    {
        // That the next tests are refused for what they say of themselves.
        Initiator client = new();
        Assert.IsTrue(Conversation.Take(client.Server, client.Initiate(
            Curves.ClientKeys.PublicKey, client.Vouch(Curves.ClientKeys.SecretKey, client.Key, Curves.ServerKeys.PublicKey))), client.Server.Failure);
    }

    [TestMethod]
    public void Initiate_OfAClientKeyThatIsNone_IsRefused()
    {
        // With it, a vouch would need no secret key.
        Initiator client = new(Open(_ => true));
        byte[] none = new byte[32];
        Conversation.AssertRefused(client.Server, client.Initiate(none, Vouch(KeyOfNone(), client.Key, Curves.ServerKeys.PublicKey)));
    }

    [TestMethod]
    public void Initiate_WithAnotherFormOfAClientKey_IsRefused()
    {
        // A list of keys that are not let in would not find it.
        Initiator client = new(Open(_ => true));
        byte[] other = Curves.ClientKeys.PublicKey;
        other[31] |= 128;
        Conversation.AssertRefused(client.Server, client.Initiate(
            other, client.Vouch(Curves.ClientKeys.SecretKey, client.Key, Curves.ServerKeys.PublicKey)));
    }

    [TestMethod]
    public void Initiate_WithAVouchForAnotherKeyOrServer_IsRefused()
    {
        // A server that a client talks to may not pass on what the client vouches for.
        byte[] stranger = CurveKeyPair.Generate().PublicKey;
        Initiator client = new();
        Conversation.AssertRefused(client.Server, client.Initiate(
            Curves.ClientKeys.PublicKey, client.Vouch(Curves.ClientKeys.SecretKey, stranger, Curves.ServerKeys.PublicKey)));
        client = new();
        Conversation.AssertRefused(client.Server, client.Initiate(
            Curves.ClientKeys.PublicKey, client.Vouch(Curves.ClientKeys.SecretKey, client.Key, stranger)));
        client = new();
        Conversation.AssertRefused(client.Server, client.Initiate(
            Curves.ClientKeys.PublicKey, client.Vouch(CurveKeyPair.Generate().SecretKey, client.Key, Curves.ServerKeys.PublicKey)));
    }

    [TestMethod]
    public void Initiate_WhoseNonceDoesNotCountUp_IsRefused()
    {
        Initiator client = new() { Nonce = Initiator.HelloNonce };
        Conversation.AssertRefused(client.Server, client.Initiate(
            Curves.ClientKeys.PublicKey, client.Vouch(Curves.ClientKeys.SecretKey, client.Key, Curves.ServerKeys.PublicKey)));
    }

    [TestMethod]
    public void Initiate_WithMetadataThatAreNone_IsRefused()
    {
        for (int count = 0; count < Initiator.Metadata.Length; count++)
        {
            Initiator client = new();
            Conversation.AssertRefused(client.Server, client.Initiate(
                Curves.ClientKeys.PublicKey, client.Vouch(Curves.ClientKeys.SecretKey, client.Key, Curves.ServerKeys.PublicKey),
                Initiator.Metadata[..count]), $"{count} bytes");
        }
    }

    [TestMethod]
    public void AMessage_WithFlagsThatAreNone_IsRefused()
    {
        Initiator client = new();
        Assert.IsTrue(Conversation.Take(client.Server, client.Initiate(
            Curves.ClientKeys.PublicKey, client.Vouch(Curves.ClientKeys.SecretKey, client.Key, Curves.ServerKeys.PublicKey))));
        Assert.IsNotEmpty(Conversation.Next(client.Server));
        for (int flags = 0; flags < 256; flags++)
        {
            byte[]? body = Conversation.Open(client.Server, client.Message(100 + flags, [(byte)flags, 5]), out int opened);
            Assert.AreEqual(flags < 3, body != null, $"flags {flags}");
            Assert.IsTrue(flags > 2 || opened == flags switch { 1 => FrameHeader.More, 2 => FrameHeader.Command, _ => 0 });
        }
    }

    [TestMethod]
    public void AServersKey_ThatIsNone_LeadsTheClientNowhere()
    {
        // Everybody could answer for it.
        Mechanism client = Curves.NewClient(new byte[32], Curves.ClientKeys);
        Assert.IsNotEmpty(Conversation.Next(client));
        byte[] nonce = Bytes.Random(16);
        byte[] welcome = [.. Encoding.Latin1.GetBytes("\u0007WELCOME"), .. nonce, .. Seal(KeyOfNone(), "WELCOME-", nonce, Bytes.Random(128))];
        Conversation.AssertRefused(client, welcome);
    }

    private static Mechanism Open(CurveCheck check) => new CurveServerSecurity(Curves.ServerKeys, check).Open(MessageSocketType.Pair, []);

    private static byte[] Number(int number) => [0, 0, 0, 0, 0, 0, (byte)(number >> 8), (byte)number];

    private static byte[] KeyOfNone()
    {
        byte[] key = new byte[32];
        Assert.IsFalse(SecretBox.ShareKey(key, new Curve25519(), Bytes.Random(32), new byte[32]));
        return key;
    }

    private static byte[] Seal(byte[] key, string text, byte[] nonce, byte[] message)
    {
        SecretBox box = new();
        box.SetKey(key);
        byte[] result = new byte[message.Length + 16];
        box.Seal([.. Encoding.Latin1.GetBytes(text), .. nonce], message, 0, message.Length, result, 0);
        return result;
    }

    private static byte[] Vouch(byte[] key, byte[] connectionKey, byte[] serverKey)
    {
        byte[] nonce = Bytes.Random(16);
        return [.. nonce, .. Seal(key, "VOUCH---", nonce, [.. connectionKey, .. serverKey])];
    }

    // A client that says what no honest one does.
    private sealed class Initiator
    {
        public const byte HelloNonce = 7;

        private readonly Curve25519 _curve = new();
        private readonly byte[] _secret = Bytes.Random(32);
        private readonly byte[] _serverConnectionKey;
        private readonly byte[] _cookie;

        public Initiator()
            : this(Curves.NewServer())
        {
        }

        public Initiator(Mechanism server)
        {
            Server = server;
            _curve.PublicKey(Key, _secret);
            byte[] key = Share(_secret, Curves.ServerKeys.PublicKey);
            byte[] signature = Seal(key, "CurveZMQHELLO---", Number(HelloNonce), new byte[64]);
            Assert.IsTrue(Conversation.Take(
                server, [.. Encoding.Latin1.GetBytes("\u0005HELLO\u0001\0"), .. new byte[72], .. Key, .. Number(HelloNonce), .. signature]));
            byte[] welcome = Conversation.Next(server);
            byte[] plain = new byte[128];
            SecretBox box = new();
            box.SetKey(key);
            Assert.IsTrue(box.Open([.. "WELCOME-"u8, .. welcome[8..24]], welcome, 24, 144, plain, 0));
            _serverConnectionKey = plain[..32];
            _cookie = plain[32..];
        }

        public static byte[] Metadata { get; } =
            [11, .. Encoding.Latin1.GetBytes("Socket-Type"), 0, 0, 0, 4, .. Encoding.Latin1.GetBytes("PAIR")];

        public Mechanism Server { get; }

        public byte[] Key { get; } = new byte[32];

        public byte Nonce { get; init; } = HelloNonce + 1;

        public byte[] Vouch(byte[] secretKey, byte[] connectionKey, byte[] serverKey) =>
            CurveForgeryTests.Vouch(Share(secretKey, _serverConnectionKey), connectionKey, serverKey);

        public byte[] Initiate(byte[] clientKey, byte[] vouch, byte[]? metadata = null) =>
        [
            .. Encoding.Latin1.GetBytes("\u0008INITIATE"), .. _cookie, .. Number(Nonce),
            .. Seal(Share(_secret, _serverConnectionKey), "CurveZMQINITIATE", Number(Nonce), [.. clientKey, .. vouch, .. metadata ?? Metadata]),
        ];

        public byte[] Message(int number, byte[] plain) =>
        [
            .. Encoding.Latin1.GetBytes("\u0007MESSAGE"), .. Number(number),
            .. Seal(Share(_secret, _serverConnectionKey), "CurveZMQMESSAGEC", Number(number), plain),
        ];

        private byte[] Share(byte[] secretKey, byte[] publicKey)
        {
            byte[] key = new byte[32];
            Assert.IsTrue(SecretBox.ShareKey(key, _curve, secretKey, publicKey));
            return key;
        }
    }
}
