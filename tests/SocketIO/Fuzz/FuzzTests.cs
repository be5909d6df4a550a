using System.Text;
using IoTNet.Tests.SocketIO.Wire;

namespace IoTNet.Tests.SocketIO.Fuzz;

/// <summary>Mutated packets: whatever comes, a parser says null or what is wrong, in bounded memory and time.</summary>
[TestClass]
public class FuzzTests
{
    private static readonly string[] Seeds =
    [
        "0", "0{\"token\":\"123\"}", "0/admin,{\"token\":\"123\"}", "1/admin,", "1", "4{\"message\":\"x\",\"data\":{\"a\":[1]}}",
        "2[\"foo\"]", "2/admin,[\"bar\",1,-2.5e3,null,true,\"\\u00e9\\n\"]", "212[\"foo\",{\"a\":{\"b\":[[],{}]}}]", "3/admin,13[\"bar\"]", "30[]",
        "2[\"connect\"]", "2[\"x\",\"日本語 \U0001F600\"]",
        "51-[\"baz\",{\"_placeholder\":true,\"num\":0}]", "52-/admin,7[\"a\",{\"_placeholder\":true,\"num\":1},[{\"x\":{\"num\":0,\"_placeholder\":true}}]]",
        "61-/admin,456[\"b\",{\"_placeholder\":true,\"num\":0}]", "53-[7,{\"_placeholder\":true,\"num\":2},\"_placeholder\",{\"num\":1}]",
    ];

    private const string Alphabet = "0123456789-/,[]{}\":\\untrefalsmb_placeho.eE+ \u001e=\u0000\u007f";

    [TestMethod]
    [DataRow(1, 300_000)]
    [DataRow(2, 300_000)]
    public void Decoder_OfMutatedPackets_IsBounded(int seed, int count)
    {
        Random random = new(seed);
        Decoding decoding = new() { IsTelling = false };
        byte[] buffer = new byte[4096];
        int accepted = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < count; i++)
        {
            int length = Mutate(random, buffer);
            string violation = decoding.Text(buffer, 0, length);
            for (int part = random.Next(5); part > 0 && violation == null; part--)
            {
                violation = decoding.Binary(buffer, 0, random.Next(20));
            }

            accepted += violation == null ? 1 : 0;
            decoding.Clear();
        }

        long perPacket = (GC.GetAllocatedBytesForCurrentThread() - before) / count;
        Assert.IsGreaterThan(count / 100, accepted, "hardly anything is accepted: the mutations are too wild to test much");
        Assert.IsLessThan(16_000, perPacket, "bytes allocated for a packet");
    }

    [TestMethod]
    [DataRow(3, 200_000)]
    [DataRow(4, 200_000)]
    public void Payload_OfMutatedPackets_IsBounded(int seed, int count)
    {
        Random random = new(seed);
        byte[] buffer = new byte[8192];
        byte[] one = new byte[4096];
        Decoding decoding = new() { IsTelling = false };
        int packets = 0;
        for (int i = 0; i < count; i++)
        {
            int end = 0;
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                int length = Mutate(random, one);
                buffer[end++] = (byte)(random.Next(3) == 0 ? 'b' : '4');
                string text = Convert.ToBase64String(one, 0, random.Next(10));
                length = buffer[end - 1] == 'b' && random.Next(4) > 0 ? Encoding.ASCII.GetBytes(text, 0, text.Length, one, 0) : length;
                Array.Copy(one, 0, buffer, end, Math.Min(length, 1000));
                end += Math.Min(length, 1000);
                buffer[end++] = 0x1E;
            }

            for (int at = 0; at < end;)
            {
                int next = PollingPayload.EndOf(buffer, at, end);
                Assert.IsTrue(next >= at && next <= end);
                if (next > at && buffer[at] == 'b')
                {
                    int size = PollingPayload.Decode(buffer, at + 1, next - at - 1);
                    Assert.IsTrue(size >= -1 && size <= next - at - 1);
                    if (size >= 0)
                    {
                        decoding.Binary(buffer, at + 1, size);
                    }
                }
                else if (next > at)
                {
                    decoding.Text(buffer, at + 1, next - at - 1);
                }

                packets++;
                at = next + 1;
            }

            decoding.Clear();
        }

        Assert.IsGreaterThan(count, packets);
    }

    [TestMethod]
    public void Server_OfMutatedSessions_LosesNothing()
    {
        Random random = new(6);
        using World world = new();
        SocketIOServer io = world.Serve(o => (o.MaxRooms, o.PingIntervalMs) = (100_000, 1_000_000));
        int events = 0;
        SocketIOHandler any = (s, args) =>
        {
            events++;
            s.Join(args.Name);
            object[] all = [.. Enumerable.Range(0, args.Count).Select(i => args[i])];
            s.Emit("back", all);
            io.To(args.Name).Emit("room", all);
            args.Ack(all);
        };
        io.Connection += s => s.AnyEvent += any;
        io.Of("/admin").Connection += s => s.AnyEvent += any;
        byte[] buffer = new byte[4096];
        for (int session = 0; session < 600; session++)
        {
            using RawPeer peer = RawPeer.Open(world, io);
            peer.TrySend(RawPeer.Text("40"));
            peer.TrySend(RawPeer.Text("40/admin,"));
            for (int i = random.Next(12); i > 0; i--)
            {
                int length = Mutate(random, buffer);
                peer.TrySend(random.Next(3) > 0 ? RawPeer.Text("42" + (random.Next(2) == 0 ? "" : "/admin,5") + "[\"room" + i + "\",{\"a\":[1]}]")
                    : random.Next(4) == 0 ? RawPeer.Binary(buffer[..random.Next(9)]) : RawPeer.Text("4" + Encoding.UTF8.GetString(buffer, 0, length)));
            }

            // All that was sent is taken before the peer leaves.
            while (world.Loop.RunOnce(0) > 0)
            {
            }
        }

        world.Until(() => io.ClientCount == 0, "a session is left");
        Assert.AreEqual("", string.Join("\n", world.Errors));
        Assert.AreEqual(0, io.Sockets.Count + io.Of("/admin").Count + io.Sockets.RoomCount + io.Of("/admin").RoomCount);
        Assert.IsGreaterThan(300, events);
    }

    // A seed with some changes; now and then two seeds in one.
    internal static int Mutate(Random random, byte[] buffer)
    {
        string seed = Seeds[random.Next(Seeds.Length)];
        int length = Encoding.UTF8.GetBytes(seed, 0, seed.Length, buffer, 0);
        for (int changes = random.Next(4); changes > 0; changes--)
        {
            int at = random.Next(length + 1);
            switch (random.Next(6))
            {
                case 0 when at < length:
                    buffer[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < length:
                    buffer[at] = (byte)Alphabet[random.Next(Alphabet.Length)];
                    break;
                case 2:
                    Array.Copy(buffer, at, buffer, at + 1, length - at);
                    buffer[at] = (byte)Alphabet[random.Next(Alphabet.Length)];
                    length++;
                    break;
                case 3 when at < length:
                    Array.Copy(buffer, at + 1, buffer, at, length - at - 1);
                    length--;
                    break;
                case 4:
                    length = at;
                    break;
                default:
                    // A part once more.
                    int count = Math.Min(random.Next(1 + random.Next(200)), length - at);
                    Array.Copy(buffer, at, buffer, at + count, length - at);
                    length += count;
                    break;
            }
        }

        return length;
    }
}
