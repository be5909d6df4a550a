using System.Diagnostics;
using System.Text;

namespace IoTNet.Tests.WebSockets.Fuzz;

/// <summary>A million mutations of good input for each parser: no exception, no more memory than the limits say, and the same
/// result however the bytes are cut.</summary>
[TestClass]
public sealed class FuzzTests
{
    private const int Rounds = 1_000_000;
    private const int Seed = 20261129;

    private static readonly string[] s_heads =
    [
        RawPeer.Upgrade(),
        RawPeer.Upgrade("/socket.io/?EIO=4&transport=websocket", "Origin: http://board.local\r\nSec-WebSocket-Protocol: a, b\r\n"),
        "POST /x?y=%20z HTTP/1.1\r\nHost: b\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n",
        "\r\nGET http://b/ HTTP/1.0\r\nA:\r\nB: \t c \r\nAuthorization: Basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==\r\n\r\n",
    ];

    [TestMethod]
    public void HttpHead_Mutated_IsReadOrRefused()
    {
        Random random = new(Seed);
        byte[][] heads = [.. s_heads.Select(Encoding.ASCII.GetBytes)];
        byte[] buffer = new byte[2048];
        int read = 0;
        int refused = 0;
        long mostAllocated = 0;
        Stopwatch clock = Stopwatch.StartNew();
        for (int round = 0; round < Rounds; round++)
        {
            int count = Mutate(random, heads[round & 3], buffer);
            int looked = 0;
            int end = 0;
            if (round % 8 == 0)
            {
                for (int i = 1; i <= count && end == 0; i++)
                {
                    end = HttpHead.FindEnd(buffer, 0, i, ref looked);
                }
            }
            else
            {
                end = HttpHead.FindEnd(buffer, 0, count, ref looked);
            }

            int again = 0;
            Assert.AreEqual(end, round % 16 == 0 ? HttpHead.FindEnd(buffer, 0, count, ref again) : end, "byte by byte, round " + round);
            if (end <= 0)
            {
                refused++;
                continue;
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            HttpRequest? request = HttpRequest.Read(buffer, 0, end, 20, null, out int status);
            Assert.AreEqual(request == null, status != 0);
            if (request == null)
            {
                Assert.IsTrue(status is 400 or 431 or 505, "status " + status);
                refused++;
                continue;
            }

            read++;
            Assert.IsTrue(Ascii.IsToken(request.Method));
            Assert.IsFalse(request.Target.Contains(' ', StringComparison.Ordinal) || request.Target.Contains('\r', StringComparison.Ordinal));
            request.GetQuery("transport");
            HandshakeKey.IsValid(request.GetHeader("Sec-WebSocket-Key"));
            HttpCredentials.Parse(request.GetHeader("Authorization"));
            DeflateOffer.IsAmong(request.GetHeader("Sec-WebSocket-Extensions"));
            for (int i = request.HeaderCount - 1; i >= 0 && round % 8 == 0; i--)
            {
                Assert.IsNotNull(request.GetHeader(request.GetHeaderName(i)));
                Assert.IsNotNull(request.GetHeaderValue(i));
            }

            mostAllocated = Math.Max(mostAllocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.IsTrue(read > Rounds / 20 && refused > Rounds / 20, $"{read} read, {refused} refused: seed {Seed}");
        Assert.IsTrue(mostAllocated < 64 * 1024, mostAllocated + " bytes for one head");
        Console.WriteLine($"{Rounds} heads in {clock.ElapsedMilliseconds} ms: {read} read, {refused} refused");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Frames_Mutated_AreReadOrRefused(bool takesParts)
    {
        Random random = new(Seed);
        byte[][] good =
        [
            [.. RawPeer.Text("hello é€😀"), .. RawPeer.Frame(0x82, new byte[200])],
            [.. RawPeer.Frame(0x01, "a€"u8[..2].ToArray()), .. RawPeer.Frame(0x89, [1, 2]), .. RawPeer.Frame(0x80, "€"u8[1..].ToArray())],
            [.. RawPeer.Frame(0x8A, []), .. RawPeer.Frame(0x02, [1]), .. RawPeer.Frame(0x00, []), .. RawPeer.Frame(0x80, new byte[130])],
            [.. RawPeer.Frame(0x88, [3, 0xE8, (byte)'x'])],
        ];
        byte[] buffer = new byte[1024];
        byte[] cut = new byte[1024];
        Sink whole = new(takesParts);
        Sink pieces = new(takesParts);
        int violations = 0;
        long told = 0;
        Stopwatch clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < Rounds / 2; round++)
        {
            int count = Mutate(random, good[round & 3], buffer);
            Array.Copy(buffer, cut, count);
            whole.Begin();
            Assert.AreEqual(count, whole.Reader.Read(buffer, 0, count));
            pieces.Begin();
            for (int at = 0; at < count;)
            {
                int part = round % 16 == 0 ? 1 : random.Next(1, 40);
                int end = Math.Min(count, at + part);
                Assert.AreEqual(end, pieces.Reader.Read(cut, at, end));
                at = end;
            }

            Assert.AreEqual(whole.Code, pieces.Code, "round " + round);
            Assert.AreEqual(whole.Hash, pieces.Hash, "round " + round);
            violations += whole.Code != 0 ? 1 : 0;
            told += whole.Told;
        }

        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
        Assert.IsTrue(violations > Rounds / 20 && told > Rounds / 20, $"{violations} violations, {told} told: seed {Seed}");
        Assert.IsTrue(each < 4096, each + " bytes for each");
        Console.WriteLine($"{Rounds} readings in {clock.ElapsedMilliseconds} ms: {violations} of {Rounds / 2} violations, {told} told, {each} bytes each");
    }

    [TestMethod]
    public void Conversations_Mutated_EndInAnswers_AndTheServerGoesOn()
    {
        Random random = new(Seed);
        using World world = new();
        List<string> errors = [];
        WebSocketServer server = world.ServeEcho(o => (o.Path, o.HeadTimeoutMs, o.BodyTimeoutMs, o.KeepAliveMs, o.Sockets.CloseTimeoutMs) = ("/live", 20, 20, 20, 20));
        server.Error += (_, error) => errors.Add(error.ToString());
        server.Request += (request, response) => response.Send(200, "text/plain", request.Path + request.GetBodyText());
        byte[][] good =
        [
            .. s_heads.Select(head => (byte[])[.. Encoding.ASCII.GetBytes(head), .. "hello"u8, .. Encoding.ASCII.GetBytes(s_heads[2])]),
            [.. Encoding.ASCII.GetBytes(RawPeer.Upgrade("/live")), .. RawPeer.Text("one"), .. RawPeer.Frame(0x01, [65]), .. RawPeer.Frame(0x80, [66]), .. RawPeer.Frame(0x88, [3, 0xE8])],
        ];
        byte[] buffer = new byte[4096];
        for (int round = 0; round < 2000; round++)
        {
            int count = Mutate(random, good[round % good.Length], buffer);
            RawPeer peer = world.Raw(server);
            int split = random.Next(count + 1);
            peer.SendAlone(buffer[..split]);
            peer.SendAlone(buffer[split..count]);
            peer.Close();
        }

        world.Until(() => server.Tcp.ConnectionCount == 0, server.Tcp.ConnectionCount + " connections are left");
        Assert.AreEqual(0, errors.Count, "seed " + Seed + ": " + string.Join("\n", errors.Take(3)));
        Assert.AreEqual(0, world.Errors.Count, string.Join("\n", world.Errors.Take(3)));
        Assert.AreEqual(0, server.ClientCount);
        world.RawOpen(server, "/live");
    }

    private static int Mutate(Random random, byte[] good, byte[] target)
    {
        Array.Copy(good, target, good.Length);
        int count = good.Length;
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(count);
            switch (random.Next(6))
            {
                case 0:
                    target[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    target[at] = (byte)random.Next(256);
                    break;
                case 2:
                    target[at] = (byte)" \r\n:\0%;,\xFF"[random.Next(9)];
                    break;
                case 3 when count > 1:
                    Array.Copy(target, at + 1, target, at, count - at - 1);
                    count--;
                    break;
                case 4 when count < target.Length - 64:
                    Array.Copy(target, at, target, at + 1, count - at);
                    target[at] = (byte)random.Next(256);
                    count++;
                    break;
                default:
                    int length = Math.Min(random.Next(1, 30), Math.Min(count - at, target.Length - count));
                    Array.Copy(target, at, target, count, length);
                    count += length;
                    break;
            }
        }

        return count;
    }

    /// <summary>Hashes what is told, so that two readings can be compared; parts count as their bytes.</summary>
    private sealed class Sink(bool takesParts) : IMessageTarget
    {
        private static readonly SpareBuffers s_spare = new(1 << 16);

        public MessageReader Reader { get; private set; } = null!;

        public bool TakesParts => takesParts;

        public int Code { get; private set; }

        public uint Hash { get; private set; }

        public int Told { get; private set; }

        public void Begin()
        {
            Reader = new MessageReader(this, true, false, new ReaderSettings(60_000, 60_000, s_spare, null));
            (Code, Hash, Told) = (0, 17, 0);
        }

        public void OnMessage(byte[] buffer, int at, int count, bool isText) => OnPart(buffer, at, count, isText, true);

        public void OnPart(byte[] buffer, int at, int count, bool isText, bool isLast)
        {
            Add(buffer, at, count);
            if (isLast)
            {
                Hash = (Hash * 31) + (isText ? 1u : 2u);
                Told++;
            }
        }

        public void OnControl(int opcode, byte[] buffer, int at, int count)
        {
            Add(buffer, at, count);
            Hash = (Hash * 31) + (uint)opcode;
            Told++;
        }

        public void OnViolation(int code, string violation)
        {
            Code = code;

            // How much of a broken message was told in parts depends on where it was cut.
            Hash = takesParts ? 0 : Hash;
        }

        private void Add(byte[] buffer, int at, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Hash = (Hash * 31) + buffer[at + i];
            }
        }
    }
}
