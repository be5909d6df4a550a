namespace IoTNet.Emulator.Tests;

[TestClass]
public sealed class LinkTests : IDisposable
{
    private const int Seed = 42;
    private readonly ManualClock _clock = new();
    private readonly VirtualSwitch _network;
    private readonly Device _a;
    private readonly Device _b;

    public LinkTests()
    {
        _network = new VirtualSwitch(Seed, _clock);
        _a = new Device(_network, 1);
        _b = new Device(_network, 2);
    }

    public void Dispose() => _network.Dispose();

    [TestMethod]
    public void Loss_TwentyPercent_DropsAboutThatShareAndCountsIt()
    {
        _a.Port.FromDevice = new LinkConditions { Loss = 0.2 };
        for (int i = 0; i < 10_000; i++)
        {
            _a.SendTo(_b, 1);
        }

        // Five standard deviations of 10,000 draws at 0.2; with a fixed seed it is one outcome for ever.
        long lost = _a.Port.CountFromDevice(FrameFate.Lost);
        Assert.IsTrue(lost is > 1800 and < 2200, $"seed {Seed}: {lost} of 10,000 lost");
        Assert.AreEqual(10_000 - lost, _b.Received.Count);
    }

    [TestMethod]
    public void SameSeed_SameTraffic_MeetsTheSameFaults()
    {
        string first = Fates(7);
        Assert.AreEqual(first, Fates(7));
        Assert.AreNotEqual(first, Fates(8));
    }

    [TestMethod]
    public void Corruption_Always_TurnsExactlyOneBitOfACopy()
    {
        _a.Port.FromDevice = new LinkConditions { Corruption = 1 };
        byte[] frame = _a.Frame([255, 255, 255, 255, 255, 255], new byte[50]);
        byte[] original = [.. frame];
        for (int i = 0; i < 200; i++)
        {
            _b.Received.Clear();
            _a.Port.Send(frame);
            CollectionAssert.AreEqual(original, frame);
            Assert.HasCount(1, _b.Received);
            int turned = frame.Zip(_b.Received[0], (x, y) => System.Numerics.BitOperations.PopCount((uint)(x ^ y))).Sum();
            Assert.AreEqual(1, turned);
        }
    }

    [TestMethod]
    public void Duplication_Always_DeliversTwice()
    {
        _b.Port.ToDevice = new LinkConditions { Duplication = 1 };
        _a.SendTo(_b, 9);
        Assert.HasCount(2, _b.Received);
    }

    [TestMethod]
    public void Down_EitherDirection_LetsNothingPassAndUpAgainDoes()
    {
        _b.Port.SetConditions(LinkConditions.Down);
        _a.SendTo(_b, 1);
        _b.SendTo(_a, 1);
        Assert.AreEqual(0, _a.Received.Count + _b.Received.Count);
        Assert.AreEqual(1, _b.Port.CountToDevice(FrameFate.LinkDown));
        Assert.AreEqual(1, _b.Port.CountFromDevice(FrameFate.LinkDown));
        _b.Port.SetConditions(LinkConditions.Perfect);
        _a.SendTo(_b, 1);
        Assert.HasCount(1, _b.Received);
    }

    [TestMethod]
    [DataRow(100, 1)]
    [DataRow(101, 0)]
    public void Mtu_Payload_PassesUpToIt(int payload, int expected)
    {
        _a.Port.FromDevice = new LinkConditions { Mtu = 100 };
        _a.SendTo(_b, new byte[payload]);
        Assert.HasCount(expected, _b.Received);
    }

    [TestMethod]
    public void Delay_BeforeItsTime_NothingArrives()
    {
        _a.Port.FromDevice = new LinkConditions { Delay = TimeSpan.FromMilliseconds(100) };
        _a.SendTo(_b, 1);
        _clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.IsEmpty(_b.Received);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.HasCount(1, _b.Received);
    }

    [TestMethod]
    public void Jitter_ManyFrames_ArriveInOrder()
    {
        _a.Port.FromDevice = new LinkConditions { Delay = TimeSpan.FromMilliseconds(5), Jitter = TimeSpan.FromMilliseconds(50) };
        for (int i = 0; i < 200; i++)
        {
            _a.SendTo(_b, (byte)i);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        CollectionAssert.AreEqual(Enumerable.Range(0, 200).Select(i => (byte)i).ToArray(), _b.Received.Select(f => f[14]).ToArray());
    }

    [TestMethod]
    public void Reordering_SomeFrames_AllArriveButNotInOrder()
    {
        _a.Port.FromDevice = new LinkConditions { Reordering = 0.1 };
        for (int i = 0; i < 200; i++)
        {
            _a.SendTo(_b, (byte)i);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        byte[] order = [.. _b.Received.Select(f => f[14])];
        Assert.HasCount(200, order);
        CollectionAssert.AreNotEqual(order.Order().ToArray(), order);
        CollectionAssert.AreEqual(Enumerable.Range(0, 200).Select(i => (byte)i).ToArray(), order.Order().ToArray());
    }

    [TestMethod]
    public void Bandwidth_EightKilobits_PassesOneKilobyteASecond()
    {
        _a.Port.FromDevice = new LinkConditions { BandwidthBitsPerSecond = 8_000 };
        for (int i = 0; i < 10; i++)
        {
            _a.SendTo(_b, new byte[86]);
        }

        _clock.Advance(TimeSpan.FromMilliseconds(550));
        Assert.HasCount(5, _b.Received);
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.HasCount(10, _b.Received);
    }

    [TestMethod]
    public void Bandwidth_MoreThanTheQueueHolds_DropsTheRest()
    {
        _a.Port.FromDevice = new LinkConditions { BandwidthBitsPerSecond = 8_000, QueueBytes = 500 };
        for (int i = 0; i < 20; i++)
        {
            _a.SendTo(_b, new byte[86]);
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual(20, _b.Received.Count + _a.Port.CountFromDevice(FrameFate.QueueFull));
        Assert.IsTrue(_b.Received.Count is >= 5 and <= 7, _b.Received.Count.ToString());
    }

    [TestMethod]
    public void Conditions_OutOfRange_SayWhatTheyShouldBe()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _a.Port.FromDevice = new LinkConditions { Loss = 20 });
        StringAssert.Contains(error.Message, "0.2 is 20 %");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _a.Port.FromDevice = new LinkConditions { Corruption = double.NaN });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _a.Port.FromDevice = new LinkConditions { Delay = TimeSpan.FromHours(1) });
        Assert.AreSame(LinkConditions.Perfect, _a.Port.FromDevice);
    }

    private static string Fates(int seed)
    {
        ManualClock clock = new();
        using VirtualSwitch network = new(seed, clock);
        Device from = new(network, 1);
        Device to = new(network, 2);
        from.Port.FromDevice = new LinkConditions { Loss = 0.3, Duplication = 0.1, Corruption = 0.1, Reordering = 0.1 };
        for (int i = 0; i < 100; i++)
        {
            from.SendTo(to, (byte)i);
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        return string.Join(",", to.Received.Select(Convert.ToHexString));
    }
}
