namespace IoTNet.Emulator.Tests;

/// <summary>What observers are told: each frame as it comes in, and what goes wrong on its way out.</summary>
[TestClass]
public sealed class ObserverTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly VirtualSwitch _network;
    private readonly Device _a;
    private readonly Device _b;
    private readonly Device _c;
    private readonly Notes _notes = new();

    public ObserverTests()
    {
        _network = new VirtualSwitch(3, _clock);
        _a = new Device(_network, 1);
        _b = new Device(_network, 2);
        _c = new Device(_network, 3);
        _b.Broadcast(0);
        _c.Broadcast(0);
        _network.Attach(_notes);
    }

    public void Dispose() => _network.Dispose();

    [TestMethod]
    public void Send_OverPerfectCables_IsToldOnce()
    {
        _a.SendTo(_b, 1);
        _a.Broadcast(2);
        Assert.AreEqual("d1 FromDevice Passed, d1 FromDevice Passed", _notes.Text);
    }

    [TestMethod]
    [DataRow(FrameFate.Lost)]
    [DataRow(FrameFate.Corrupted)]
    [DataRow(FrameFate.Duplicated)]
    [DataRow(FrameFate.Reordered)]
    [DataRow(FrameFate.LinkDown)]
    [DataRow(FrameFate.TooLong)]
    public void Send_OverAFaultyCable_IsToldWhereItHappens(FrameFate fate)
    {
        LinkConditions faults = Always(fate);
        _a.Port.FromDevice = faults;
        _a.SendTo(_b, new byte[60]);
        _a.Port.FromDevice = LinkConditions.Perfect;
        _b.Port.ToDevice = faults;
        _a.SendTo(_b, new byte[60]);
        Assert.AreEqual($"d1 FromDevice {fate}, d1 FromDevice Passed, d2 ToDevice {fate}", _notes.Text);
        Assert.AreEqual(1, _a.Port.CountFromDevice(fate));
        Assert.AreEqual(1, _b.Port.CountToDevice(fate));
    }

    [TestMethod]
    public void Broadcast_LostToSome_IsToldForThose()
    {
        _b.Port.ToDevice = Always(FrameFate.Lost);
        _network.Partition(_a.Port, _c.Port);
        _a.Broadcast(1);
        Assert.AreEqual("d1 FromDevice Passed, d2 ToDevice Lost, d3 ToDevice Partitioned", _notes.Text);
    }

    [TestMethod]
    public void Send_Corrupted_IsToldWithItsTurnedBit()
    {
        _b.Port.ToDevice = Always(FrameFate.Corrupted);
        _a.SendTo(_b, 1, 2, 3);
        CollectionAssert.AreEqual(_b.Received[^1], _notes.Frames[1]);
        CollectionAssert.AreNotEqual(_notes.Frames[0], _notes.Frames[1]);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Send_IntoAFullQueue_IsToldAndCountedAsThatAlone(bool fromDevice)
    {
        LinkConditions slow = new() { BandwidthBitsPerSecond = 8_000, QueueBytes = 50 };
        SwitchPort port = fromDevice ? _a.Port : _b.Port;
        port.FromDevice = fromDevice ? slow : LinkConditions.Perfect;
        port.ToDevice = fromDevice ? LinkConditions.Perfect : slow;
        _a.SendTo(_b, new byte[86]);
        _a.SendTo(_b, new byte[86]);
        Assert.AreEqual(
            fromDevice ? "d1 FromDevice Passed, d1 FromDevice QueueFull"
                : "d1 FromDevice Passed, d1 FromDevice Passed, d2 ToDevice QueueFull",
            _notes.Text);
        Func<FrameFate, long> count = fromDevice ? port.CountFromDevice : port.CountToDevice;
        Assert.AreEqual(1, count(FrameFate.QueueFull));
        Assert.AreEqual(fromDevice ? 1 : 2, count(FrameFate.Passed), "to d2 the greeting of d3 too");
    }

    [TestMethod]
    public void Send_DoubledWithRoomForOne_IsToldAsPassed()
    {
        _a.Port.FromDevice = new LinkConditions { Duplication = 1, BandwidthBitsPerSecond = 8_000, QueueBytes = 50 };
        _a.SendTo(_b, new byte[86]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual("d1 FromDevice Passed", _notes.Text);
        Assert.HasCount(1, _b.Received.Where(frame => frame.Length == 100));
    }

    [TestMethod]
    public void Send_LostBehindASlowCable_IsToldWhenItGetsThere()
    {
        _a.Port.FromDevice = new LinkConditions { Delay = TimeSpan.FromMilliseconds(30) };
        _b.Port.ToDevice = Always(FrameFate.Lost);
        _a.SendTo(_b, 1);
        Assert.AreEqual("d1 FromDevice Passed", _notes.Text);
        _clock.Advance(TimeSpan.FromMilliseconds(30));
        Assert.AreEqual("d1 FromDevice Passed, d2 ToDevice Lost", _notes.Text);
        Assert.AreEqual(TimeSpan.FromMilliseconds(30), _notes.Seen[1].Time - _notes.Seen[0].Time);
    }

    [TestMethod]
    public void Send_ShorterThanAHeader_IsToldAsARunt()
    {
        _a.Port.Send(new byte[13]);
        Assert.AreEqual("d1 FromDevice Runt", _notes.Text);
        Assert.HasCount(13, _notes.Frames[0]);
    }

    [TestMethod]
    public void Send_LostOnTheWayOut_AllocatesNothing()
    {
        _network.Detach(_notes);
        Tally tally = new();
        _network.Attach(tally);
        _b.Port.ToDevice = Always(FrameFate.Lost);
        byte[] frame = _a.Frame([2, 0, 0, 0, 0, 2], new byte[1000]);
        _a.Port.Send(frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            _a.Port.Send(frame);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(10_001, tally.In);
        Assert.AreEqual(10_001, tally.Out);
    }

    private static LinkConditions Always(FrameFate fate) => fate switch
    {
        FrameFate.Lost => new LinkConditions { Loss = 1 },
        FrameFate.Corrupted => new LinkConditions { Corruption = 1 },
        FrameFate.Duplicated => new LinkConditions { Duplication = 1 },
        FrameFate.Reordered => new LinkConditions { Reordering = 1 },
        FrameFate.LinkDown => LinkConditions.Down,
        _ => new LinkConditions { Mtu = 50 },
    };

    private sealed class Notes : IFrameObserver
    {
        public List<FrameObservation> Seen { get; } = [];

        public List<byte[]> Frames { get; } = [];

        public string Text => string.Join(", ", Seen.Select(seen => $"{seen.Port} {seen.Direction} {seen.Fate}"));

        public void Observe(in FrameObservation seen, ReadOnlySpan<byte> frame)
        {
            Seen.Add(seen);
            Frames.Add(frame.ToArray());
        }
    }

    private sealed class Tally : IFrameObserver
    {
        public int In { get; private set; }

        public int Out { get; private set; }

        public void Observe(in FrameObservation seen, ReadOnlySpan<byte> frame)
        {
            In += seen.Direction == FrameDirection.FromDevice ? 1 : 0;
            Out += seen is { Direction: FrameDirection.ToDevice, Fate: FrameFate.Lost } ? 1 : 0;
        }
    }
}
