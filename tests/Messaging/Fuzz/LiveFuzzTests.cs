using System.Text;

namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>Mutated streams at bound sockets: each lives on, serves good peers that come afterwards, and keeps nothing.</summary>
[TestClass]
public class LiveFuzzTests
{
    private const int Kinds = 10;
    private const int StreamsPerGoodPeer = 100;

    // So many streams are open at once.
    private const int OpenAtOnce = 6;

    [TestMethod]
    [DataRow(MessageSocketType.Pull, "NULL")]
    [DataRow(MessageSocketType.Rep, "NULL")]
    [DataRow(MessageSocketType.Router, "NULL")]
    [DataRow(MessageSocketType.XPub, "NULL")]
    [DataRow(MessageSocketType.Sub, "NULL")]
    [DataRow(MessageSocketType.Pair, "NULL")]
    [DataRow(MessageSocketType.Dealer, "NULL")]
    [DataRow(MessageSocketType.Push, "NULL")]
    [DataRow(MessageSocketType.Pub, "PLAIN")]
    [DataRow(MessageSocketType.Pull, "CURVE")]
    public void Socket_OfMutatedStreams_LivesOn(MessageSocketType type, string mechanism)
    {
        Fuzzer fuzzer = new();
        using MemoryWorld world = new();
        GoodPeer good = new(world, type, mechanism);
        good.Talk();
        world.AssertUnharmed();
        MemoryWorld.Until(() => MemoryWorld.Peers(good.Bound) == 0 && world.Sessions == 1, () => "the first good peer stays");
        int openAtRest = world.OpenSockets;
        byte[][] corpus = Streams.For(type, mechanism);
        Queue<RawPeer> open = new();
        int streams = 0;
        fuzzer.Run(
            Inputs.LiveStreams / Kinds,
            () => fuzzer.Mutate(fuzzer.Pick(corpus)),
            input =>
            {
                RawPeer peer = world.Connect(good.Bound);
                int split = fuzzer.Random.Next(input.Length + 1);
                if (fuzzer.Random.Next(2) == 0)
                {
                    // The other side has begun.
                    Assert.IsNotNull(peer.Read(Greeting.Bytes));
                }

                peer.Send(input.AsSpan(0, split));
                peer.Send(input.AsSpan(split));
                open.Enqueue(peer);
                if (open.Count > OpenAtOnce)
                {
                    Close(open.Dequeue());
                }

                good.Serve();
                if (++streams % StreamsPerGoodPeer == 0)
                {
                    while (open.Count > 0)
                    {
                        Close(open.Dequeue());
                    }

                    MemoryWorld.Until(
                        () =>
                        {
                            good.Serve();
                            return world.Sessions == 1 && MemoryWorld.Peers(good.Bound) == 0;
                        },
                        () => $"{world.Sessions - 1} sessions and {MemoryWorld.Peers(good.Bound)} peers stay");
                    good.Talk();
                    world.AssertUnharmed();
                }
            });
        MemoryWorld.Until(
            () => MemoryWorld.Peers(good.Bound) == 0 && world.OpenSockets == openAtRest,
            () => $"{world.OpenSockets - openAtRest} sockets and {MemoryWorld.Peers(good.Bound)} peers stay");
    }

    private static void Close(RawPeer peer)
    {
        peer.Drain();
        peer.Socket.Close();
    }

    private static class Streams
    {
        public static byte[][] For(MessageSocketType type, string mechanism)
        {
            string peer = type switch
            {
                MessageSocketType.Pull => "PUSH",
                MessageSocketType.Push => "PULL",
                MessageSocketType.Rep => "REQ",
                MessageSocketType.Router or MessageSocketType.Dealer => "DEALER",
                MessageSocketType.XPub or MessageSocketType.Pub => "SUB",
                MessageSocketType.Sub => "PUB",
                _ => "PAIR",
            };
            byte[] handshake = mechanism switch
            {
                "PLAIN" =>
                [
                    .. Command("HELLO", [5, .. Encoding.ASCII.GetBytes("admin"), 6, .. Encoding.ASCII.GetBytes("sesame")]),
                    .. Reference.Frame(FrameHeader.Command, Reference.Ready(peer, "INITIATE")),
                ],
                "CURVE" => Reference.Frame(FrameHeader.Command, Curves.New().Talk(1).Said[0]),
                _ => Reference.Frame(FrameHeader.Command, Reference.Ready(peer, "READY", peer is "REQ" or "DEALER" ? "sensor-7" : null)),
            };
            byte[] begin = [.. Reference.Greeting(mechanism), .. handshake];
            return [.. Traffic().Select(bytes => (byte[])[.. begin, .. bytes])];
        }

        private static IEnumerable<byte[]> Traffic()
        {
            byte[] ping = Command("PING", 0, 1, 7, 8, 9);
            yield return [];
            yield return [0, 1, 65, 1, 1, 66, .. ping, 0, 2, 67, 68, .. ping];
            yield return [1, 1, 65, .. ping, 0, 1, 66, .. ping, 0, 0];
            // As a REQ asks.
            yield return [1, 0, 0, 3, 65, 66, 67, 1, 4, 1, 2, 3, 4, 1, 0, 1, 1, 1, 0, 2, 2, 2];
            yield return [.. Command("SUBSCRIBE", 65), .. Command("SUBSCRIBE", 65, 66), 0, 2, 1, 67, .. Command("CANCEL", 65), 0, 2, 0, 67];
            yield return [.. Reference.Frame(1, new byte[300]), .. Reference.Frame(0, new byte[6000]), .. Command("LARGE", new byte[5000]), 0, 1, 5];
            yield return [.. Command("PONG", 1), .. Command("ERROR", 2, 65, 66)];
        }

        private static byte[] Command(string name, params byte[] data) => Reference.Frame(FrameHeader.Command, Reference.Command(name, data));
    }
}
