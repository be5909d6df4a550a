namespace IoTNet.Tests.Messaging;

/// <summary>RFC 31: PAIR.</summary>
[TestClass]
public class PairTests
{
    private const int WouldBlock = -(int)Errno.EAGAIN;

    private static IEnumerable<object[]> Transports => World.Transports;

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Pair_BothWays_DeliversInOrder(string transport)
    {
        using World world = new();
        var (bound, connected) = world.Join(transport, MessageSocketType.Pair, MessageSocketType.Pair);

        connected.Send(Frames.Of("to the bound one", "", "x"));
        Frames.AreEqual(bound.ReceiveFrames(), "to the bound one", "", "x");
        bound.SendText("back");
        bound.SendText("and again");
        Assert.AreEqual("back", connected.ReceiveText());
        Assert.AreEqual("and again", connected.ReceiveText());
    }

    [TestMethod]
    public void Pair_WithoutPeer_DoesNotTakeMessages()
    {
        using World world = new();
        MessageSocket pair = world.Open(MessageSocketType.Pair);

        Assert.AreEqual(WouldBlock, pair.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(PollEvents.None, pair.Events);
        pair.Bind(World.Endpoint("inproc"));
        Assert.AreEqual(WouldBlock, pair.TrySend([1], 0, 1, false, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Pair_ThirdSocket_IsTurnedAway(string transport)
    {
        using World world = new();
        var (bound, connected) = world.Join(transport, MessageSocketType.Pair, MessageSocketType.Pair);
        connected.SendText("first");
        Assert.AreEqual("first", bound.ReceiveText());
        MessageSocket third = world.Open(MessageSocketType.Pair);
        third.Connect(bound.LastEndpoint);
        _ = third.TrySend([1], 0, 1, false, 0);

        Frames.Await(() =>
        {
            _ = bound.Events;
            return third.Events == PollEvents.None;
        }, "the third one may still send");
        Assert.AreEqual(WouldBlock, third.TrySend([1], 0, 1, false, 0));
        bound.SendText("only to the first");
        Assert.AreEqual("only to the first", connected.ReceiveText());
        Assert.AreEqual(WouldBlock, bound.TryReceive([1], 0, 1, out _, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Pair_NextPeer_ComesWhenTheLastHasGone(string transport)
    {
        using World world = new();
        var (bound, connected) = world.Join(transport, MessageSocketType.Pair, MessageSocketType.Pair);
        connected.SendText("last words");
        Assert.AreEqual("last words", bound.ReceiveText());
        connected.Close();
        Frames.Await(() => bound.Events == PollEvents.None, "the first one is still there");

        MessageSocket next = world.Open(MessageSocketType.Pair);
        next.Connect(bound.LastEndpoint);
        next.SendText("next");
        Assert.AreEqual("next", bound.ReceiveText());
        bound.SendText("welcome");
        Assert.AreEqual("welcome", next.ReceiveText());
    }

    [TestMethod]
    public void Pair_WhatAPeerLeft_IsReceived()
    {
        using World world = new();
        var (bound, connected) = world.Join("inproc", MessageSocketType.Pair, MessageSocketType.Pair);
        connected.Send(Frames.Of("1", "2"));
        connected.Send(Frames.Of("3"));
        connected.TrySend([4], 0, 1, true, 0);
        connected.Close();

        Assert.AreEqual(WouldBlock, bound.TrySend([1], 0, 1, false, 0));
        Frames.AreEqual(bound.ReceiveFrames(), "1", "2");
        Frames.AreEqual(bound.ReceiveFrames(), "3");
        Assert.AreEqual(WouldBlock, bound.TryReceive([1], 0, 1, out _, 0));
    }

    [TestMethod]
    [DataRow("inproc", 5)]
    public void Pair_Marks_AddUp(string transport, int expected)
    {
        using World world = new();
        MessageSocket bound = world.Open(MessageSocketType.Pair, o => o.ReceiveHighWaterMark = 3);
        MessageSocket connected = world.Open(MessageSocketType.Pair, o => o.SendHighWaterMark = 2);
        bound.Bind(World.Endpoint(transport));
        connected.Connect(bound.LastEndpoint);

        Assert.AreEqual(expected, Frames.Fill(connected));
        CollectionAssert.AreEqual((byte[])[0, 1, 2, 3, 4], Frames.Drain(bound));
        Assert.AreEqual(expected, Frames.Fill(connected));
    }

    [TestMethod]
    public void Pair_ConnectedTwice_KeepsTheFirst()
    {
        using World world = new();
        var (bound, connected) = world.Join("inproc", MessageSocketType.Pair, MessageSocketType.Pair);
        MessageSocket other = world.Open(MessageSocketType.Pair);
        other.Bind(World.Endpoint("inproc"));
        connected.Connect(other.LastEndpoint);

        connected.SendText("x");
        Assert.AreEqual("x", bound.ReceiveText());
        Assert.AreEqual(WouldBlock, other.TrySend([1], 0, 1, false, 0));

        // The second one has ended: there is nothing to disconnect.
        SocketException error = Assert.ThrowsExactly<SocketException>(() => connected.Disconnect(other.LastEndpoint));
        Assert.AreEqual(Errno.ENOENT, error.Errno);
    }
}
