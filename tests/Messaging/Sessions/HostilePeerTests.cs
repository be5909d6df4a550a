using System.Buffers.Binary;
using IoTNet.Tests.Messaging.Fuzz;

namespace IoTNet.Tests.Messaging;

/// <summary>Peers that send what is allowed, but nobody expects, and peers that want more than there is.</summary>
[TestClass]
public class HostilePeerTests
{
    private static readonly byte[] s_ping = Command("PING", 0, 0, 5);

    [TestMethod]
    [DataRow(MessageSocketType.Pull, "PUSH")]
    [DataRow(MessageSocketType.Dealer, "DEALER")]
    [DataRow(MessageSocketType.Sub, "PUB")]
    [DataRow(MessageSocketType.Router, "DEALER")]
    [DataRow(MessageSocketType.Rep, "DEALER")]
    public void Ping_WithinAMessage_IsNoFrameOfIt(MessageSocketType type, string peerType)
    {
        // libzmq sends one whenever its time has come, also between the frames of a message.
        using MemoryWorld world = new();
        MessageSocket socket = world.Bind(type);
        if (type == MessageSocketType.Sub)
        {
            socket.Subscribe("");
        }

        RawPeer peer = world.Connect(socket);
        byte[] envelope = type == MessageSocketType.Rep ? [1, 1, 3, .. s_ping, 1, 0, .. s_ping] : [];
        peer.Send([.. Begin(peerType), .. envelope, 1, 1, 7, .. s_ping, .. s_ping, 0, 2, 8, 9, .. s_ping, .. envelope, 0, 1, 6]);
        byte[][] frames = socket.ReceiveFrames();
        Assert.HasCount(type == MessageSocketType.Router ? 3 : 2, frames);
        CollectionAssert.AreEqual(new byte[] { 7 }, frames[^2]);
        CollectionAssert.AreEqual(new byte[] { 8, 9 }, frames[^1]);
        if (type == MessageSocketType.Rep)
        {
            socket.Send([1]);
        }

        CollectionAssert.AreEqual(new byte[] { 6 }, socket.ReceiveFrames()[^1]);
    }

    [TestMethod]
    public void Pings_OfAPeerThatDoesNotRead_TakeNoMemory()
    {
        const int Pings = 200_000;
        using MemoryWorld world = new();
        MessageSocket pull = world.Bind(MessageSocketType.Pull);
        RawPeer peer = world.Connect(pull);
        peer.Send(Begin("PUSH"));
        byte[] many = [.. Enumerable.Repeat(s_ping, 1000).SelectMany(ping => ping)];
        for (int i = 0; i < Pings / 1000; i++)
        {
            peer.Send(many);
        }

        // Behind them all: then they have been seen.
        peer.Send([0, 1, 1]);
        pull.Receive();
        Assert.IsLessThan(40_000, world.ControlBytes());
        Assert.IsLessThan(300_000, MemoryWorld.PipeBytes(pull));
    }

    [TestMethod]
    public void AMessage_InFrontOfAnError_IsReceivedAtOnce()
    {
        // The reader waits already, and the next connection is far away.
        using MemoryWorld world = new();
        (Socket listener, string endpoint) = world.ListenRaw();
        foreach (byte[] end in new[] { Command("PING", 1), Command("ERROR", 1, 65) })
        {
            using MessageSocket pull = world.Open(MessageSocketType.Pull, options => options.ReconnectMs = options.ReconnectMaxMs = 10 * World.PatienceMs);
            pull.Connect(endpoint);
            Task<byte[]> received = Task.Run(pull.Receive);
            RawPeer peer = world.Accept(listener);
            peer.Send(Begin("PUSH"));
            peer.Read(Greeting.Bytes);
            peer.ReadFrame();
            // Nothing tells that a thread waits; the test passes in either order, and this makes it the interesting one.
            Thread.Sleep(50);
            peer.Send([0, 1, 77, .. end]);
            Assert.IsTrue(received.Wait(World.PatienceMs / 2), "the reader was not told");
            CollectionAssert.AreEqual(new byte[] { 77 }, received.Result);
            peer.ReadToEnd();
        }
    }

    [TestMethod]
    [DataRow(int.MaxValue)]
    [DataRow(int.MaxValue - 8)]
    [DataRow(int.MaxValue - 16)]
    public void AFrame_OfMoreThanThereIs_EndsItsConnectionOnly(int size)
    {
        using MemoryWorld world = new();
        MessageSocket pull = world.Bind(MessageSocketType.Pull, options => options.MaxFrameBytes = int.MaxValue);
        RawPeer good = world.Connect(pull);
        good.Send(Begin("PUSH"));
        RawPeer peer = world.Connect(pull);
        byte[] announced = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(announced, size);
        peer.Send([.. Begin("PUSH"), .. s_ping, 2, .. announced, 1, 2, 3]);
        peer.Read(Greeting.Bytes);
        peer.ReadFrame();
        peer.ReadFrame();
        // The room for it is wanted when more comes.
        peer.Send([4]);
        peer.ReadToEnd();
        good.Send([0, 1, 5]);
        CollectionAssert.AreEqual(new byte[] { 5 }, pull.Receive());
    }

    private static byte[] Begin(string type) =>
        [.. Reference.Greeting("NULL"), .. Reference.Frame(FrameHeader.Command, Reference.Ready(type))];

    private static byte[] Command(string name, params byte[] data) => Reference.Frame(FrameHeader.Command, Reference.Command(name, data));
}
