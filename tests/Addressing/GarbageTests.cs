using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>Text and bytes that are almost an address, or nothing like one.</summary>
[TestClass]
public class GarbageTests
{
    private const int Count = 20_000;

    private const string InetPton = """
        import socket
        def answer(line):
            for family in (socket.AF_INET, socket.AF_INET6):
                try:
                    return socket.inet_pton(family, line).hex()
                except OSError:
                    pass
            return 'error'
        """;

    private const string InetAton = """
        import socket
        def answer(line):
            try:
                return socket.inet_aton(line).hex()
            except OSError:
                return 'error'
        """;

    private static readonly string[] Good =
    [
        "192.0.2.1", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::8:800:200c:417a", "1:2:3:4:5:6:7:8", "1::8",
        "::ffff:192.0.2.1", "1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "0000:0000::0000",
    ];

    private static readonly string[] GoodLoose =
        ["127.1", "0x7f.1", "0177.0.0.1", "1.2.65535", "4294967295", "192.0.2.1", "0"];

    [TestMethod]
    public void Parse_MutatedText_AgreesWithInetPton()
    {
        CheckAgainst(InetPton, Good, "0123456789abfFgx::..", text =>
            IPAddress.TryParse(text, out IPAddress? address)
                ? Convert.ToHexStringLower(address!.GetAddressBytes())
                : "error");
    }

    [TestMethod]
    public void TryParseLoose_MutatedText_AgreesWithInetAton()
    {
        CheckAgainst(InetAton, GoodLoose, "0012345678x9af...", text => IPAddress.TryParseLoose(text, out uint address)
            ? Convert.ToHexStringLower(new IPAddress(address).GetAddressBytes())
            : "error");
    }

    [TestMethod]
    public void Parse_AnyText_ThrowsNothingButFormatException()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int i = 0; i < Count; i++)
        {
            string good = "[" + Good[random.Next(Good.Length)] + "%1]:80";
            CheckText(Mutate(random, good, "0123456789af:.%[] \0\uD800\uDC80\u0661"), seed);
            CheckText(RandomText(random), seed);
        }
    }

    [TestMethod]
    public void UnixEndPoint_AnyText_ComesBackOrThrowsArgumentException()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int i = 0; i < Count; i++)
        {
            string text = RandomText(random);
            try
            {
                // Escapes that make up a character come back as that character, so it is the bytes that must agree.
                UnixEndPoint endPoint = new(text);
                Assert.AreEqual(endPoint, new UnixEndPoint(endPoint.Path), "seed " + seed);
            }
            catch (ArgumentException)
            {
            }
        }
    }

    [TestMethod]
    public void From_AnyBytes_ComesBackOrThrowsArgumentException()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        int[] families = [-1, 0, 1, 1, 2, 2, 17, 23, 23, 0x102];
        SocketAddress address = new();
        for (int i = 0; i < Count; i++)
        {
            AddressFamily family = (AddressFamily)families[random.Next(families.Length)];
            address.Reset(family, random.Next(2, SocketAddress.MaxSize + 1));
            random.NextBytes(address.Buffer.AsSpan(2, address.Size - 2));
            Assert.IsFalse(string.IsNullOrEmpty(address.ToString()), "seed " + seed);
            EndPoint? endPoint;
            try
            {
                endPoint = EndPoint.From(address);
            }
            catch (ArgumentException)
            {
                continue;
            }

            Assert.AreEqual(endPoint == null, address.Family == AddressFamily.Unspecified, "seed " + seed);
            if (endPoint != null)
            {
                Assert.AreEqual(endPoint, EndPoint.From(endPoint.Serialize()), "seed " + seed);
                Assert.AreEqual(endPoint.ToString(), address.ToString(), "seed " + seed);
            }
        }
    }

    [TestMethod]
    public void UnixEndPoint_AnyBytes_SurviveAsText()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int i = 0; i < Count; i++)
        {
            byte[] path = new byte[random.Next(0, UnixEndPoint.MaxPathLength + 1)];
            for (int at = 0; at < path.Length; at++)
            {
                path[at] = (byte)random.Next(1, 256);
            }

            // With a byte in 107 characters at least, every such text is short enough again.
            UnixEndPoint endPoint = new(path);
            CollectionAssert.AreEqual(path, new UnixEndPoint(endPoint.Path).GetBytes(), "seed " + seed);
        }
    }

    private static void CheckAgainst(string program, string[] good, string alphabet, Func<string, string> parse)
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        List<string> texts = [.. good];
        for (int i = 0; i < Count; i++)
        {
            texts.Add(Mutate(random, good[random.Next(good.Length)], alphabet));
        }

        string[] answers = Python.Ask(program, texts);
        int accepted = answers.Count(answer => answer != "error");

        // A generator that makes only good text, or only bad, would prove little.
        Assert.IsInRange(Count / 20, Count * 19 / 20, accepted, "seed " + seed);
        for (int i = 0; i < texts.Count; i++)
        {
            Assert.AreEqual(answers[i], parse(texts[i]), "seed " + seed + ", text \"" + texts[i] + "\"");
        }
    }

    private static void CheckText(string text, int seed)
    {
        bool isAddress = IPAddress.TryParse(text, out _);
        bool isEndPoint = IPEndPoint.TryParse(text, out _);
        IPAddress.TryParseLoose(text, out _);
        Assert.AreEqual(isAddress, DoesNotThrow(() => IPAddress.Parse(text)), "seed " + seed);
        Assert.AreEqual(isEndPoint, DoesNotThrow(() => IPEndPoint.Parse(text)), "seed " + seed);
    }

    private static bool DoesNotThrow(Action parse)
    {
        try
        {
            parse();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Mutate(Random random, string text, string alphabet)
    {
        StringBuilder result = new(text);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(result.Length + 1);
            char c = alphabet[random.Next(alphabet.Length)];
            switch (random.Next(3))
            {
                case 0:
                    result.Insert(at, c);
                    break;
                case 1 when at < result.Length:
                    result.Remove(at, 1);
                    break;
                case 2 when at < result.Length:
                    result[at] = c;
                    break;
            }
        }

        return result.ToString();
    }

    private static string RandomText(Random random)
    {
        StringBuilder text = new();
        for (int length = random.Next(0, 130); length > 0; length--)
        {
            int kind = random.Next(8);
            text.Append((char)(kind switch
            {
                0 => random.Next(65536),
                1 or 2 => random.Next(0xDC80, 0xDD00),
                _ => random.Next(1, 128),
            }));
        }

        return text.ToString();
    }
}
