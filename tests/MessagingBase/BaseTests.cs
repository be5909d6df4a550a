using IoTNet.Boards;

namespace IoTNet.Tests.MessagingBase;

/// <summary>What a board gets that references IoTNet.Messaging and none of the assemblies beside it.</summary>
[TestClass]
public class BaseTests
{
    private const int PatienceMs = 20_000;

    [TestMethod]
    [DataRow(MessageSocketType.Pub, "PUB", "PubSub")]
    [DataRow(MessageSocketType.Sub, "SUB", "PubSub")]
    [DataRow(MessageSocketType.XPub, "XPUB", "PubSub")]
    [DataRow(MessageSocketType.XSub, "XSUB", "PubSub")]
    [DataRow(MessageSocketType.Req, "REQ", "ReqRep")]
    [DataRow(MessageSocketType.Rep, "REP", "ReqRep")]
    [DataRow(MessageSocketType.Router, "ROUTER", "ReqRep")]
    public void New_OfATypeWhoseAssemblyIsNotInUse_SaysWhichItNeeds(MessageSocketType type, string name, string assembly)
    {
        using var context = NewContext();

        var error = Assert.ThrowsExactly<NotSupportedException>(() => new MessageSocket(context, type));

        Assert.AreEqual(
            $"A {name} socket needs the assembly IoTNet.Messaging.{assembly}: add it, and call {assembly}.Use() once before.", error.Message);
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(11)]
    public void New_OfNoType_IsRefused(int type)
    {
        using var context = NewContext();

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MessageSocket(context, (MessageSocketType)type));

        Assert.Contains($"There is no message socket type {type}.", error.Message);
    }

    [TestMethod]
    [DataRow(MessageSocketType.Push, MessageSocketType.Pull)]
    [DataRow(MessageSocketType.Dealer, MessageSocketType.Dealer)]
    [DataRow(MessageSocketType.Pair, MessageSocketType.Pair)]
    public void Send_OfATypeOfTheBase_Arrives(MessageSocketType from, MessageSocketType to)
    {
        using var context = NewContext();
        var receiver = new MessageSocket(context, to);
        var sender = new MessageSocket(context, from);
        receiver.Options.ReceiveTimeoutMs = PatienceMs;
        receiver.Bind("tcp://127.0.0.1:*");
        sender.Connect(receiver.LastEndpoint);

        sender.SendText("21.5");

        Assert.AreEqual("21.5", receiver.ReceiveText());
    }

    private static MessageContext NewContext() => new(new NetworkStack(new SystemNetStack(), new UnixStack()));
}
