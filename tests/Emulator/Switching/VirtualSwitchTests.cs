namespace IoTNet.Emulator.Tests;

[TestClass]
public sealed class VirtualSwitchTests : IDisposable
{
    private readonly VirtualSwitch _network = new(1);
    private readonly Device _a;
    private readonly Device _b;
    private readonly Device _c;

    public VirtualSwitchTests()
    {
        _a = new Device(_network, 1);
        _b = new Device(_network, 2);
        _c = new Device(_network, 3);
    }

    public void Dispose() => _network.Dispose();

    [TestMethod]
    public void Send_UnknownDestination_GoesToAllButTheSender()
    {
        _a.SendTo(_b, 7);
        Assert.AreEqual("0 1 1", Counts());
    }

    [TestMethod]
    public void Send_LearnedDestination_GoesToItAlone()
    {
        _b.Broadcast(0);
        Clear();
        _a.SendTo(_b, 1, 2, 3);
        Assert.AreEqual("0 1 0", Counts());
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, _b.Received[0][14..]);
    }

    [TestMethod]
    public void Send_DestinationAtTheSameCable_GoesNowhere()
    {
        _a.Broadcast(0);
        Clear();
        _a.SendTo(_a, 1);
        Assert.AreEqual("0 0 0", Counts());
    }

    [TestMethod]
    public void Send_AfterDestinationMoved_FollowsIt()
    {
        _b.Broadcast(0);
        _c.Port.Send(_b.Frame([255, 255, 255, 255, 255, 255], [0]));
        Clear();
        _a.SendTo(_b, 1);
        Assert.AreEqual("0 0 1", Counts());
    }

    [TestMethod]
    public void Send_AfterDestinationWasUnplugged_FloodsAgain()
    {
        _b.Broadcast(0);
        _b.Port.Dispose();
        Clear();
        _a.SendTo(_b, 1);
        Assert.AreEqual("0 0 1", Counts());
    }

    [TestMethod]
    public void Send_GroupSourceAddress_IsNotLearned()
    {
        byte[] forged = _b.Frame([255, 255, 255, 255, 255, 255], [0]);
        forged[6] = 3;
        _b.Port.Send(forged);
        Clear();
        byte[] toForged = _a.Frame([3, 0, 0, 0, 0, 2], [1]);
        _a.Port.Send(toForged);
        Assert.AreEqual("0 1 1", Counts());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(13)]
    public void Send_ShorterThanAHeader_IsCountedAndDropped(int length)
    {
        _a.Port.Send(new byte[length]);
        Assert.AreEqual("0 0 0", Counts());
        Assert.AreEqual(1, _a.Port.CountFromDevice(FrameFate.Runt));
    }

    [TestMethod]
    public void Partition_BetweenTwoPorts_CutsOnlyThoseUntilHealed()
    {
        _network.Partition(_a.Port, _b.Port);
        _a.Broadcast(1);
        _b.Broadcast(2);
        Assert.AreEqual("0 0 2", Counts());
        Assert.AreEqual(1, _b.Port.CountToDevice(FrameFate.Partitioned));
        _network.Heal(_b.Port, _a.Port);
        _a.Broadcast(1);
        Assert.AreEqual("0 1 3", Counts());
    }

    [TestMethod]
    public void Connect_NameInUse_SaysSo()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => _network.Connect("d1"));
        StringAssert.Contains(error.Message, "d1");
        _a.Port.Dispose();
        _network.Connect("d1").Dispose();
    }

    [TestMethod]
    public void Dispose_FromWithinItsOwnDelivery_ReturnsAndEndsDeliveries()
    {
        SwitchPort port = _network.Connect("self");
        int frames = 0;
        port.Open(new Sink(_ =>
        {
            frames++;
            port.Dispose();
        }));
        _a.Broadcast(1);
        _a.Broadcast(1);
        Assert.AreEqual(1, frames);
    }

    [TestMethod]
    public void Dispose_WhileAnotherThreadDelivers_WaitsForItsEnd()
    {
        SwitchPort port = _network.Connect("slow");
        using ManualResetEventSlim inside = new();
        using ManualResetEventSlim goOn = new();
        bool ended = false;
        port.Open(new Sink(_ =>
        {
            inside.Set();
            goOn.Wait();
            Volatile.Write(ref ended, true);
        }));
        Thread sender = new(() => _a.Broadcast(1));
        sender.Start();
        inside.Wait();
        Thread disposer = new(() =>
        {
            port.Dispose();
            Assert.IsTrue(Volatile.Read(ref ended));
        });
        disposer.Start();
        goOn.Set();
        disposer.Join();
        sender.Join();
        Assert.IsTrue(ended);
    }

    [TestMethod]
    public void Send_LearnedDestination_AllocatesNothing()
    {
        SwitchPort from = _network.Connect("from");
        SwitchPort to = _network.Connect("to");
        long frames = 0;
        to.Open(new Sink(_ => frames++));
        byte[] hello = _a.Frame([255, 255, 255, 255, 255, 255], [0]);
        hello[11] = 99;
        to.Send(hello);
        byte[] frame = _a.Frame([2, 0, 0, 0, 0, 99], new byte[1486]);
        for (int i = 0; i < 1000; i++)
        {
            from.Send(frame);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            from.Send(frame);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(11_000, frames);
    }

    [TestMethod]
    public void Learn_MoreAddressesThanTheTableHolds_StaysWithinItsMemory()
    {
        Random random = new(5);
        byte[] frame = new byte[60];
        for (int i = 0; i < 100_000; i++)
        {
            random.NextBytes(frame);
            frame[0] = 255;
            frame[6] &= 0xFE;
            _a.Port.Send(frame);
            _b.Received.Clear();
            _c.Received.Clear();
        }

        _b.Broadcast(0);
        Clear();
        _a.SendTo(_b, 1);
        Assert.AreEqual("0 1 0", Counts());
    }

    private string Counts() => $"{_a.Received.Count} {_b.Received.Count} {_c.Received.Count}";

    private void Clear()
    {
        _a.Received.Clear();
        _b.Received.Clear();
        _c.Received.Clear();
    }

    internal sealed class Sink(Sink.Frame deliver) : IFrameSink
    {
        public delegate void Frame(ReadOnlySpan<byte> frame);

        public void Deliver(ReadOnlySpan<byte> frame) => deliver(frame);
    }
}
