using System.Buffers.Binary;

namespace IoTNet.Emulator.Tests;

/// <summary>A million random and malformed frames at a board: it stays up, and serves TCP and UDP all the time.</summary>
[TestClass]
public sealed class FuzzTests
{
    private const int FramesEach = 250_000, FramesPerRound = 100, MarkerPort = 7777;

    /// <summary>Where what is being sent is written down, for a run that ends the process; see <see cref="Record"/>.</summary>
    private const string RecordVariable = "IOTNET_FUZZ_RECORD";

    [TestMethod]
    [DataRow(1, false)]
    [DataRow(2, true)]
    [DataRow(3, false)]
    [DataRow(4, true)]
    public void Deliver_RandomFrames_LeavesTheBoardServing(int seed, bool asSmallAsABoard)
    {
        Console.WriteLine("seed " + seed);
        StackLimits limits = BoardProfile.Unlimited.Limits with { Sockets = 4096, TcpConnections = 4096 };
        StackLimits board = BoardProfile.Esp32.Limits;
        using TwoBoards net = new(!asSmallAsABoard ? limits : limits with
        {
            MaximumSegment = board.MaximumSegment, ReceiveWindow = board.ReceiveWindow, SendBuffer = board.SendBuffer,
        });
        FrameFuzzer fuzzer = new(new Random(seed), FrameCorpus.Record(net));
        net.Cable.Filter = (end, frame) =>
        {
            if (end == net.Cable.B)
            {
                fuzzer.Listen(frame);
            }

            // The boards are among themselves again at the end.
            return false;
        };
        using (FuzzServices services = new(net, new Random(seed)))
        using (Socket marker = net.Udp(net.OnB))
        {
            marker.Bind(TwoBoards.At(2, MarkerPort));
            marker.ReceiveTimeout = TwoBoards.PatienceMs;
            for (int sent = 0; sent < FramesEach; sent += FramesPerRound)
            {
                for (int i = 0; i < FramesPerRound; i++)
                {
                    ReadOnlySpan<byte> frame = fuzzer.Next();
                    Record(frame);
                    net.B.Deliver(frame);
                }

                AssertServes(net.B, marker, sent);
                services.Serve();
            }

            Console.WriteLine($"{net.B.FramesIn} frames in, {net.B.FramesOut} out, {services}");
        }

        net.Cable.Filter = null;

        // The fuzz has told the board anything about where its neighbours are, and ARP and neighbour discovery believe it. So A
        // tells its own place first; over IPv6, where a redirect lasts, the board serves itself.
        net.B.Deliver(Convert.FromHexString("020000000002020000000001" + "0806" + "0001080006040002" +
            "0200000000010A000001" + "0200000000020A000002"));
        AssertServesStreams(net.OnA, net.OnB, TwoBoards.At(2, 8));
        AssertServesStreams(net.OnB, net.OnB, new IPEndPoint(IPAddress.IPv6Loopback, 8));
    }

    // Frames are handled in their order, so this one also tells that those before it have been.
    private static void AssertServes(LwipStack board, Socket marker, int number)
    {
        byte[] frame = Convert.FromHexString(
            "020000000002020000000001" + "0800" + "4500002000000000401100000A0000010A000002" + "1E611E61000C0000" + "00000000");
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(frame.Length - 4), number);
        Checksums.Repair(frame);
        board.Deliver(frame);
        byte[] received = new byte[4];
        do
        {
            int length = marker.TryReceive(received, 0, 4, SocketFlags.None);
            Assert.IsTrue(length >= 0, $"after {number} frames the datagram is answered with {length}");
        }
        while (BinaryPrimitives.ReadInt32BigEndian(received) != number);
    }

    private static void AssertServesStreams(NetworkStack from, NetworkStack to, IPEndPoint at)
    {
        using Socket listener = new(to, at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(at);
        listener.Listen(1);
        using Socket client = new(from, at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(at, TwoBoards.PatienceMs);
        Assert.IsTrue(listener.Accept(TwoBoards.PatienceMs, out Socket server));
        using (server)
        {
            client.Send([1, 2, 3]);
            server.ReceiveTimeout = TwoBoards.PatienceMs;
            Assert.AreEqual(3, server.Receive(new byte[8]));
        }
    }

    // lwIP ends the process when it finds itself wrong: the last frames of the file are then those to look at.
    private static void Record(ReadOnlySpan<byte> frame)
    {
        if (Environment.GetEnvironmentVariable(RecordVariable) is string path)
        {
            File.AppendAllText(path, Convert.ToHexString(frame) + "\n");
        }
    }
}
