using IoTNet.Tests.Messaging.Fuzz;

namespace IoTNet.Tests.Messaging;

/// <summary>The high-water marks bound what waits in memory, in messages and in bytes; and what they held goes on afterwards.</summary>
[TestClass]
public class MarkTests
{
    private const int StackBytes = 8 * 1024;
    private const int NoMark = 0;

    // A receive reads ahead as far as a block, and a block may be begun while the last one is not read to its end.
    private const int BlocksBytes = 3 * MessagingDefaults.MaxBlockBytes;

    // How long nothing must move before it is called a standstill; a shorter one than it took would only make a bound easier.
    private const int StandstillMs = 300;
    private const int Plenty = 4_000_000;

    [TestMethod]
    [DataRow(10, NoMark, 100)]
    [DataRow(10, NoMark, 6000)]
    [DataRow(NoMark, 20_000, 100)]
    [DataRow(NoMark, 20_000, 6000)]
    [DataRow(3, 1, 1)]
    public void Pull_ThatIsNotRead_HoldsWhatItsMarksAllow(int messages, int bytes, int size)
    {
        using MemoryWorld world = new(Small());
        MessageSocket pull = world.Bind(MessageSocketType.Pull, options =>
        {
            options.ReceiveHighWaterMark = messages;
            options.HighWaterBytes = bytes;
        });
        RawPeer peer = world.Connect(pull);
        peer.Send(Begin("PUSH"));
        int sent = 0;
        while (sent < Plenty)
        {
            byte[] frame = Message(sent++, size);
            int at = SendUntilStandstill(peer.Socket, frame);
            if (at < frame.Length)
            {
                // A message in part: the rest when there is room.
                int held = MemoryWorld.PipeBytes(pull);
                int allowed = Allowed(messages, bytes, frame.Length);
                Assert.IsLessThan(allowed + BlocksBytes, held);
                Assert.IsLessThan(allowed + BlocksBytes + (4 * StackBytes), sent * frame.Length, "the peer could send too much");
                Task rest = Task.Run(() => peer.Send(frame.AsSpan(at)));
                AssertReceives(pull, sent, size);
                rest.Wait();
                return;
            }
        }

        Assert.Fail("nothing held the peer");
    }

    [TestMethod]
    [DataRow(10, NoMark, 100)]
    [DataRow(10, NoMark, 6000)]
    [DataRow(NoMark, 20_000, 100)]
    [DataRow(NoMark, 20_000, 6000)]
    [DataRow(1, NoMark, 1)]
    public void Push_WhosePeerDoesNotRead_HoldsWhatItsMarksAllow(int messages, int bytes, int size)
    {
        using MemoryWorld world = new(Small());
        MessageSocket push = world.Bind(MessageSocketType.Push, options =>
        {
            options.SendHighWaterMark = messages;
            options.HighWaterBytes = bytes;
        });
        RawPeer peer = Greet(world, push, "PULL");
        int sent = 0;
        while (push.TrySend(Message(sent, size).AsSpan(^size..).ToArray(), 0, size, false, StandstillMs) == 0)
        {
            Assert.IsLessThan(Plenty, ++sent, "nothing held the sender");
        }

        int frame = Message(0, size).Length;
        int allowed = Allowed(messages, bytes, frame);
        Assert.IsLessThan(allowed + BlocksBytes, MemoryWorld.PipeBytes(push));
        Assert.IsLessThanOrEqualTo(allowed + frame + (4 * StackBytes), sent * frame);
        for (int i = 0; i < sent; i++)
        {
            CollectionAssert.AreEqual(Message(i, size), peer.Read(frame), $"message {i}");
        }

        Assert.AreEqual(0, push.TrySend(new byte[size], 0, size, false, World.PatienceMs));
    }

    [TestMethod]
    [DataRow(10, NoMark, 100)]
    [DataRow(10, NoMark, 6000)]
    [DataRow(NoMark, 20_000, 100)]
    [DataRow(NoMark, 20_000, 6000)]
    public void Pub_WhoseSubscriberDoesNotRead_DropsBeyondItsMarks(int messages, int bytes, int size)
    {
        using MemoryWorld world = new(Small());
        MessageSocket pub = world.Bind(MessageSocketType.XPub, options =>
        {
            options.SendHighWaterMark = messages;
            options.HighWaterBytes = bytes;
        });
        RawPeer peer = Greet(world, pub, "SUB");
        peer.Send(Reference.Frame(FrameHeader.Command, Reference.Command("SUBSCRIBE")));
        CollectionAssert.AreEqual(new byte[] { 1 }, pub.Receive());
        byte[] body = Message(0, size).AsSpan(^size..).ToArray();
        int frame = Message(0, size).Length;
        for (int i = 0; i < Plenty / frame; i++)
        {
            Assert.AreEqual(0, pub.TrySend(body, 0, size, false, 0));
        }

        int allowed = Allowed(messages, bytes, frame);
        Assert.IsLessThan(allowed + BlocksBytes, MemoryWorld.PipeBytes(pub));

        // What arrives is whole, and no more than was held; afterwards it goes on.
        pub.Send([1, 2, 3]);
        int received = 0;
        byte[] next;
        while ((next = peer.ReadFrame()!.Value.Body).Length == size)
        {
            CollectionAssert.AreEqual(body, next);
            received++;
            pub.TrySend([1, 2, 3], 0, 3, false, 0);
        }

        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, next);
        Assert.IsLessThanOrEqualTo(allowed + frame + (4 * StackBytes), received * frame);
    }

    [TestMethod]
    [DataRow(2, NoMark, 10, false)]
    [DataRow(2, NoMark, 10, true)]
    [DataRow(NoMark, 8000, 5000, false)]
    [DataRow(NoMark, 8000, 5000, true)]
    public void Reader_AtItsMarkWhenTheConnectionBroke_GoesOn(int messages, int bytes, int size, bool isRead)
    {
        using MemoryWorld world = new(Small());
        (Socket listener, string endpoint) = world.ListenRaw();
        MessageSocket pull = world.Open(MessageSocketType.Pull, options =>
        {
            options.ReceiveHighWaterMark = messages;
            options.HighWaterBytes = bytes;
        });
        pull.Connect(endpoint);
        for (int connection = 0; connection < 3; connection++)
        {
            RawPeer peer = world.Accept(listener);
            peer.Send(Begin("PUSH"));
            Assert.IsNotNull(peer.Read(Greeting.Bytes));
            Assert.IsNotNull(peer.ReadFrame());
            int sent = 0;
            int at;
            byte[] frame;
            do
            {
                frame = Message(sent++, size);
                at = SendUntilStandstill(peer.Socket, frame);
            }
            while (at == frame.Length);

            if (isRead)
            {
                // Some of it before the end, the rest behind it.
                Assert.AreEqual(0, Number(pull.Receive()));
            }

            peer.Socket.Close();
            int last = isRead ? 0 : -1;
            while (last < sent - 2)
            {
                // What was sent before an orderly end arrives; but for the last one, which was sent in part.
                Assert.AreEqual(last + 1, Number(pull.Receive()));
                last++;
            }
        }
    }

    private static LoopbackLimits Small() => new() { StreamBufferBytes = StackBytes };

    private static int Allowed(int messages, int bytes, int frame) => messages == NoMark ? bytes + frame : messages * frame;

    private static byte[] Begin(string type) =>
        [.. Reference.Greeting("NULL"), .. Reference.Frame(FrameHeader.Command, Reference.Ready(type))];

    private static RawPeer Greet(MemoryWorld world, MessageSocket bound, string type)
    {
        RawPeer peer = world.Connect(bound);
        peer.Send(Begin(type));
        Assert.IsNotNull(peer.Read(Greeting.Bytes));
        Assert.IsNotNull(peer.ReadFrame());
        return peer;
    }

    // A frame whose body begins with its number, as far as it has room for it.
    private static byte[] Message(int number, int size)
    {
        byte[] body = new byte[size];
        BitConverter.GetBytes(number).AsSpan(0, Math.Min(4, size)).CopyTo(body);
        return Reference.Frame(0, body);
    }

    private static int Number(byte[] body) => BitConverter.ToInt32(body);

    private static void AssertReceives(MessageSocket pull, int count, int size)
    {
        int header = Message(0, size).Length - size;
        for (int i = 0; i < count; i++)
        {
            CollectionAssert.AreEqual(Message(i, size)[header..], pull.Receive(), $"message {i}");
        }
    }

    // How much of it was taken.
    private static int SendUntilStandstill(Socket socket, byte[] bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            int sent = socket.TrySend(bytes, at, bytes.Length - at, SocketFlags.DontWait);
            if (sent > 0)
            {
                at += sent;
            }
            else
            {
                Assert.AreEqual(-(int)Errno.EAGAIN, sent);
                if (socket.Wait(PollEvents.Out, StandstillMs) == PollEvents.None)
                {
                    break;
                }
            }
        }

        return at;
    }
}
