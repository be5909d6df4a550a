using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>PLAIN as RFC 24 has it.</summary>
[TestClass]
public class PlainMechanismTests
{
    private const string Hello = "\u0005HELLO\u0005admin\u0006sesame";

    // PAIR says nothing but its type.
    private static readonly byte[] s_metadata = [11, .. Latin("Socket-Type"), 0, 0, 0, 4, .. Latin("PAIR")];

    [TestMethod]
    public void Commands_OfBothSides_AreThoseOfTheRfc()
    {
        Conversation talk = New().Talk();
        Bytes.AssertEqual(Latin(Hello), talk.Said[0]);
        Bytes.AssertEqual(Latin("\u0007WELCOME"), talk.Said[1]);
        Bytes.AssertEqual([.. Latin("\u0008INITIATE"), .. s_metadata], talk.Said[2]);
        Bytes.AssertEqual([.. Latin("\u0005READY"), .. s_metadata], talk.Said[3]);

        foreach (Mechanism side in new[] { talk.Client, talk.Server })
        {
            Assert.IsTrue(side.IsDone);
            Assert.IsFalse(side.Seals);
            Assert.AreEqual("PLAIN", side.Name);
            Assert.AreEqual(side == talk.Server, side.IsServer);
            Assert.AreEqual((int)MessageSocketType.Pair, side.Peer.SocketType);
            Assert.IsEmpty(Conversation.Next(side));
        }
    }

    [TestMethod]
    [DataRow("", "")]
    [DataRow("ä", "日本")]
    [DataRow("admin", "")]
    public void Check_OfANameAndAPassword_GetsThemAsTheyWereGiven(string name, string password)
    {
        string seen = "";
        new Conversation(
            Open(new PlainClientSecurity(name, password)),
            Open(new PlainServerSecurity((n, p) => (seen = n + "/" + p) != null))).Talk();
        Assert.AreEqual(name + "/" + password, seen);
    }

    [TestMethod]
    public void Check_OfTheLongestNameAndPassword_IsAsked()
    {
        string longest = new('x', 255);
        new Conversation(
            Open(new PlainClientSecurity(longest, longest)),
            Open(new PlainServerSecurity((n, p) => n == longest && p == longest))).Talk();
    }

    [TestMethod]
    public void Check_ThatSaysNo_RefusesWithLibzmqsCode()
    {
        Mechanism server = Open(new PlainServerSecurity((_, _) => false));
        Mechanism client = Open(new PlainClientSecurity("admin", "open"));
        Conversation.AssertRefused(server, Conversation.Next(client));
        Assert.AreEqual("400", server.ErrorForPeer);
        Assert.DoesNotContain("open", server.Failure);

        Conversation.AssertRefused(client, Latin("\u0005ERROR\u0003400"));
        Assert.IsTrue(client.IsRefused);
        Assert.IsNull(client.ErrorForPeer);
    }

    [TestMethod]
    public void Check_ThatThrows_Refuses()
    {
        Mechanism server = Open(new PlainServerSecurity((_, _) => throw new InvalidOperationException("no table")));
        Conversation.AssertRefused(server, Latin(Hello));
        Assert.Contains("no table", server.Failure);
        Assert.AreEqual("400", server.ErrorForPeer);
    }

    [TestMethod]
    public void AHello_WithAnyByteChanged_IsRefused()
    {
        for (int i = 0; i < Hello.Length; i++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] command = Latin(Hello);
                if (command[i] != value)
                {
                    command[i] = (byte)value;
                    Conversation.AssertRefused(New().Server, command, $"byte {i} = {value}");
                }
            }
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void ACommand_CutAnywhereOrTooLong_IsRefused(int number)
    {
        byte[] command = New().TalkUpTo(number).Command;
        for (int count = 0; count < command.Length; count++)
        {
            Conversation.AssertRefused(New().TalkUpTo(number).Taker, command[..count], $"{count} bytes");
        }

        Conversation.AssertRefused(New().TalkUpTo(number).Taker, [.. command, 0]);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Garbage_InPlaceOfACommand_IsRefused(int number)
    {
        const int Seed = 1;
        Random random = new(Seed);
        for (int i = 0; i < 3000; i++)
        {
            byte[] command = New().TalkUpTo(number).Command;
            int name = command[0] + 1;
            byte[] garbage = new byte[name + random.Next(60)];
            random.NextBytes(garbage);
            command.AsSpan(0, i % 2 == 0 ? name : 0).CopyTo(garbage);
            if (!garbage.AsSpan().SequenceEqual(command))
            {
                Conversation.AssertRefused(New().TalkUpTo(number).Taker, garbage, $"round {i}, seed {Seed}");
            }
        }
    }

    [TestMethod]
    public void Commands_OutOfTurn_AreRefused()
    {
        List<byte[]> said = New().Talk().Said;
        for (int heard = 0; heard <= 4; heard++)
        {
            for (int number = 0; number < 4; number++)
            {
                foreach (bool toServer in new[] { true, false })
                {
                    Conversation talk = New().Talk(heard);
                    if (heard != number || toServer != (number % 2 == 0))
                    {
                        Assert.IsFalse(Conversation.Take(toServer ? talk.Server : talk.Client, said[number]), $"{number} after {heard}");
                    }
                }
            }
        }
    }

    [TestMethod]
    public void ASocketOfAnotherKind_IsRefusedAndOnlyTheServerSaysSo()
    {
        Conversation talk = new(
            Open(new PlainClientSecurity("admin", "sesame"), MessageSocketType.Pub), Open(new PlainServerSecurity((_, _) => true)));
        (byte[] initiate, Mechanism server) = talk.TalkUpTo(2);
        Conversation.AssertRefused(server, initiate);
        Assert.AreEqual("Invalid socket type", server.ErrorForPeer);

        byte[] ready = New().TalkUpTo(3).Command;
        Conversation.AssertRefused(talk.Client, ready);
        Assert.IsNull(talk.Client.ErrorForPeer);
    }

    [TestMethod]
    public void ANameOrPassword_ThatDoesNotFit_Throws()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new PlainClientSecurity(new string('ä', 128), ""));
        Assert.ThrowsExactly<ArgumentException>(() => new PlainClientSecurity("", new string('x', 256)));
        Assert.ThrowsExactly<ArgumentException>(() => new PlainClientSecurity("", "a\0b"));
        Assert.ThrowsExactly<ArgumentNullException>(() => new PlainClientSecurity(null, ""));
        Assert.ThrowsExactly<ArgumentNullException>(() => new PlainClientSecurity("", null));
        Assert.ThrowsExactly<ArgumentNullException>(() => new PlainServerSecurity(null));
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    private static Mechanism Open(MessageSecurity security, MessageSocketType type = MessageSocketType.Pair) => security.Open(type, []);

    private static Conversation New() => new(
        Open(new PlainClientSecurity("admin", "sesame")), Open(new PlainServerSecurity((name, password) => name == "admin" && password == "sesame")));
}
