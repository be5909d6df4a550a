namespace IoTNet.Tests.Messaging;

[TestClass]
public class MessageFrameTests
{
    private static readonly int[] s_sizes = [0, 1, 255, 256, 4096, 4097, 65_536, 1_000_000];

    [TestMethod]
    [DynamicData(nameof(World.Transports), typeof(World))]
    public void Frames_OfEverySize_ArriveWhole(string transport)
    {
        using World world = new();
        var (pull, push) = world.Join(transport, MessageSocketType.Pull, MessageSocketType.Push);
        MessageFrame sent = new(world.Context);
        MessageFrame received = new(world.Context);
        foreach (int size in s_sizes.Concat(s_sizes.Reverse()))
        {
            Fill(sent, size, (byte)size);
            Assert.AreEqual(0, push.TrySend(sent, true, World.PatienceMs));
            Assert.AreEqual(0, sent.Count);
            Fill(sent, size, (byte)(size + 1));
            Assert.AreEqual(0, push.TrySend(sent, false, World.PatienceMs));

            Assert.AreEqual(size, pull.TryReceive(received, out bool more, World.PatienceMs));
            Assert.IsTrue(more);
            AssertFilled(received, size, (byte)size);
            Assert.AreEqual(size, pull.TryReceive(received, out more, World.PatienceMs));
            Assert.IsFalse(more);
            AssertFilled(received, size, (byte)(size + 1));
        }
    }

    [TestMethod]
    public void LargeFrame_OverInproc_IsNotCopied()
    {
        using World world = new();
        var (pull, push) = world.Join("inproc", MessageSocketType.Pull, MessageSocketType.Push);
        MessageFrame frame = new(world.Context);
        Fill(frame, 100_000, 7);
        byte[] memory = frame.Buffer;
        push.TrySend(frame, false, World.PatienceMs);
        MessageFrame received = new(world.Context);
        pull.TryReceive(received, out _, World.PatienceMs);
        Assert.AreSame(memory, received.Buffer);

        // And sent on as it is.
        Assert.AreEqual(0, push.TrySend(received, false, World.PatienceMs));
        pull.TryReceive(frame, out _, World.PatienceMs);
        Assert.AreSame(memory, frame.Buffer);
        AssertFilled(frame, 100_000, 7);
    }

    [TestMethod]
    public void Frame_ThatIsNotSent_StaysAsItWas()
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push);
        MessageFrame frame = new(world.Context);
        Fill(frame, 100_000, 9);
        Assert.AreEqual(-(int)Errno.EAGAIN, push.TrySend(frame, false, 0));
        AssertFilled(frame, 100_000, 9);
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        Assert.AreEqual(-(int)Errno.EAGAIN, pull.TryReceive(frame, out _, 0));
        AssertFilled(frame, 100_000, 9);
        frame.Clear();
        Assert.AreEqual(0, frame.Count);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => frame.Allocate(-1));
    }

    [TestMethod]
    public void Frame_OfAPublisher_GoesToAll()
    {
        using World world = new();
        MessageSocket pub = world.Open(MessageSocketType.Pub);
        pub.Bind("inproc://all");
        MessageSocket[] subs = [world.Open(MessageSocketType.Sub), world.Open(MessageSocketType.Sub)];
        foreach (MessageSocket sub in subs)
        {
            sub.Subscribe("");
            sub.Connect("inproc://all");
        }

        MessageFrame frame = new(world.Context);
        for (int i = 0; i < 3; i++)
        {
            Fill(frame, 10_000, (byte)i);
            Assert.AreEqual(0, pub.TrySend(frame, false, 0));
        }

        foreach (MessageSocket sub in subs)
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual(10_000, sub.TryReceive(frame, out _, World.PatienceMs));
                AssertFilled(frame, 10_000, (byte)i);
            }
        }
    }

    private static void Fill(MessageFrame frame, int count, byte value)
    {
        frame.Allocate(count);
        frame.Buffer.AsSpan(frame.Offset, count).Fill(value);
    }

    private static void AssertFilled(MessageFrame frame, int count, byte value)
    {
        Assert.AreEqual(count, frame.Count);
        Assert.AreEqual(-1, frame.Buffer.AsSpan(frame.Offset, count).IndexOfAnyExcept(value));
    }
}
