using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>The handshake of CURVE as RFC 26 has it.</summary>
[TestClass]
public class CurveHandshakeTests
{
    [TestMethod]
    public void Commands_OfBothSides_AreThoseOfTheRfc()
    {
        // A PAIR's metadata: the type alone, 20 bytes.
        Conversation talk = Curves.New().Talk();
        AssertCommand("\u0005HELLO\u0001\0", 200, talk.Said[0]);
        AssertCommand("\u0007WELCOME", 168, talk.Said[1]);
        AssertCommand("\u0008INITIATE", 257 + 20, talk.Said[2]);
        AssertCommand("\u0005READY", 30 + 20, talk.Said[3]);
        Bytes.AssertEqual(new byte[72], talk.Said[0][8..80]);
        Bytes.AssertEqual("0000000000000001", talk.Said[0][112..120]);
        Bytes.AssertEqual("0000000000000002", talk.Said[2][105..113]);
        Bytes.AssertEqual("0000000000000001", talk.Said[3][6..14]);

        foreach (Mechanism side in new[] { talk.Client, talk.Server })
        {
            Assert.IsTrue(side.IsDone);
            Assert.IsTrue(side.Seals);
            Assert.AreEqual(33, side.SealBytes);
            Assert.AreEqual("CURVE", side.Name);
            Assert.AreEqual(side == talk.Server, side.IsServer);
            Assert.AreEqual((int)MessageSocketType.Pair, side.Peer.SocketType);
            Assert.IsEmpty(Conversation.Next(side));
        }
    }

    [TestMethod]
    public void Metadata_OfBothSides_Arrive()
    {
        Conversation talk = Curves.New(MessageSocketType.Dealer).Talk();
        Bytes.AssertEqual("010203", talk.Server.Peer.Identity);
        Bytes.AssertEqual("", talk.Client.Peer.Identity);
        Assert.AreEqual((int)MessageSocketType.Dealer, talk.Client.Peer.SocketType);
    }

    [TestMethod]
    public void Commands_OfTwoHandshakes_HaveNothingInCommonButTheirNames()
    {
        List<byte[]> one = Curves.New().Talk().Said;
        List<byte[]> other = Curves.New().Talk().Said;
        // Where what is random, or sealed, begins.
        int[] from = [80, 8, 9, 14];
        for (int i = 0; i < 4; i++)
        {
            for (int at = from[i]; at + 8 <= one[i].Length; at += 8)
            {
                bool isNonce = (i == 0 && at == 112) || (i == 2 && at == 105);
                Assert.AreEqual(isNonce, one[i].AsSpan(at, 8).SequenceEqual(other[i].AsSpan(at, 8)), $"command {i}, byte {at}");
            }
        }
    }

    [TestMethod]
    public void TheClientsKey_IsNowhereOnTheWire()
    {
        byte[] wire = Curves.New().Talk().Said.SelectMany(c => c).ToArray();
        Assert.AreEqual(-1, wire.AsSpan().IndexOf(Curves.ClientKeys.PublicKey.AsSpan(0, 4)));
    }

    [TestMethod]
    public void Check_OfAClient_GetsItsKey()
    {
        byte[]? seen = null;
        new Conversation(Curves.NewClient(), Open(new CurveServerSecurity(Curves.ServerKeys, key => (seen = key) != null))).Talk();
        Bytes.AssertEqual(Curves.ClientKeys.PublicKey, seen!);

        // Without a check, all are let in.
        new Conversation(Curves.NewClient(Curves.ServerKeys.PublicKey, CurveKeyPair.Generate()), Open(new CurveServerSecurity(Curves.ServerKeys))).Talk();
    }

    [TestMethod]
    public void Check_ThatSaysNo_RefusesWithLibzmqsCode()
    {
        Conversation talk = new(Curves.NewClient(Curves.ServerKeys.PublicKey, CurveKeyPair.Generate()), Curves.NewServer());
        (byte[] initiate, Mechanism server) = talk.TalkUpTo(2);
        Conversation.AssertRefused(server, initiate);
        Assert.AreEqual("400", server.ErrorForPeer);

        Conversation.AssertRefused(talk.Client, Encoding.Latin1.GetBytes("\u0005ERROR\u0003400"));
        Assert.IsTrue(talk.Client.IsRefused);
        Assert.IsNull(talk.Client.ErrorForPeer);
    }

    [TestMethod]
    public void Check_ThatThrows_Refuses()
    {
        Conversation talk = new(
            Curves.NewClient(), Open(new CurveServerSecurity(Curves.ServerKeys, _ => throw new InvalidOperationException("no table"))));
        (byte[] initiate, Mechanism server) = talk.TalkUpTo(2);
        Conversation.AssertRefused(server, initiate);
        Assert.Contains("no table", server.Failure);
        Assert.AreEqual("400", server.ErrorForPeer);
    }

    [TestMethod]
    public void AClient_OfAnotherServer_IsRefusedSilently()
    {
        Conversation talk = new(Curves.NewClient(CurveKeyPair.Generate().PublicKey, Curves.ClientKeys), Curves.NewServer());
        Conversation.AssertRefused(talk.Server, Conversation.Next(talk.Client));
        Assert.IsNull(talk.Server.ErrorForPeer);
    }

    [TestMethod]
    public void AClient_WithAPublicKeyThatIsNotItsOwn_IsRefused()
    {
        // Who has not the secret key of one that is let in, but the public one, which is no secret.
        CurveKeyPair forged = new(Curves.ClientKeys.PublicKey, CurveKeyPair.Generate().SecretKey);
        Conversation talk = new(Curves.NewClient(Curves.ServerKeys.PublicKey, forged), Curves.NewServer());
        (byte[] initiate, Mechanism server) = talk.TalkUpTo(2);
        Conversation.AssertRefused(server, initiate);
        Assert.IsNull(server.ErrorForPeer);
    }

    [TestMethod]
    public void AServer_WithAPublicKeyThatIsNotItsOwn_IsRefused()
    {
        // It cannot open HELLO, so it answers with somebody else's WELCOME.
        Mechanism client = Curves.NewClient();
        byte[] welcome = Curves.New().Talk(2).Said[1];
        Assert.IsNotEmpty(Conversation.Next(client));
        Conversation.AssertRefused(client, welcome);
        Assert.IsNull(client.ErrorForPeer);
    }

    [TestMethod]
    public void ASocketOfAnotherKind_IsRefusedWithAReason()
    {
        Conversation talk = new(Curves.NewClient(MessageSocketType.Pub), Curves.NewServer());
        (byte[] initiate, Mechanism server) = talk.TalkUpTo(2);
        Conversation.AssertRefused(server, initiate);
        Assert.AreEqual("Invalid socket type", server.ErrorForPeer);
    }

    private static Mechanism Open(MessageSecurity security) => security.Open(MessageSocketType.Pair, []);

    private static void AssertCommand(string begin, int length, byte[] command)
    {
        Assert.HasCount(length, command);
        Assert.AreEqual(begin, Encoding.Latin1.GetString(command, 0, begin.Length));
    }
}
