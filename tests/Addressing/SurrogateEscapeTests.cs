using System.Globalization;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>The codec of Unix paths, beside Python's <c>bytes.decode('utf-8', 'surrogateescape')</c> and back
/// (PEP 383).</summary>
[TestClass]
public class SurrogateEscapeTests
{
    private const int Count = 20_000;

    // Text travels as hexadecimal UTF-16, so that lone surrogates survive the pipe.
    private const string Decoder = """
        def answer(line):
            return bytes.fromhex(line).decode('utf-8', 'surrogateescape').encode('utf-16-be', 'surrogatepass').hex()
        """;

    private const string Encoder = """
        def answer(line):
            try:
                return bytes.fromhex(line).decode('utf-16-be', 'surrogatepass').encode('utf-8', 'surrogateescape').hex()
            except UnicodeEncodeError:
                return 'error'
        """;

    // The bytes at which the rules of RFC 3629 change.
    private static readonly byte[] Edges =
    [
        0x01, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ];

    private static readonly char[] EdgeCharacters =
    [
        'A', '\u007F', '\u0080', '\u07FF', '\u0800', '\uD7FF', '\uD800', '\uDBFF', '\uDC00', '\uDC7F', '\uDC80',
        '\uDCC3', '\uDCFF', '\uDD00', '\uDFFF', '\uE000', '\uFFFF',
    ];

    [TestMethod]
    public void GetString_RandomBytes_AgreesWithPythonAndComesBack()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        List<byte[]> inputs = [];
        for (int i = 0; i < Count; i++)
        {
            byte[] bytes = new byte[random.Next(0, 24)];
            for (int at = 0; at < bytes.Length; at++)
            {
                bytes[at] = random.Next(4) == 0 ? (byte)random.Next(256) : Edges[random.Next(Edges.Length)];
            }

            inputs.Add(bytes);
        }

        string[] answers = Python.Ask(Decoder, inputs.ConvertAll(Convert.ToHexStringLower));
        for (int i = 0; i < inputs.Count; i++)
        {
            string text = SurrogateEscape.GetString(inputs[i], 0, inputs[i].Length);
            string message = "seed " + seed + ", bytes " + Convert.ToHexStringLower(inputs[i]);
            Assert.AreEqual(answers[i], ToHex(text), message);
            CollectionAssert.AreEqual(inputs[i], SurrogateEscape.GetBytes(text), message);
        }
    }

    [TestMethod]
    public void GetString_EverySequenceOfTwoBytes_AgreesWithPythonAndComesBack()
    {
        List<byte[]> inputs = [];
        for (int i = 0; i < 65536; i++)
        {
            inputs.Add([(byte)(i >> 8), (byte)i]);
        }

        string[] answers = Python.Ask(Decoder, inputs.ConvertAll(Convert.ToHexStringLower));
        for (int i = 0; i < inputs.Count; i++)
        {
            string text = SurrogateEscape.GetString(inputs[i], 0, 2);
            Assert.AreEqual(answers[i], ToHex(text), Convert.ToHexStringLower(inputs[i]));
            CollectionAssert.AreEqual(inputs[i], SurrogateEscape.GetBytes(text));
        }
    }

    [TestMethod]
    public void GetBytes_RandomText_AgreesWithPython()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        List<string> inputs = [];
        for (int i = 0; i < Count; i++)
        {
            StringBuilder text = new();
            for (int length = random.Next(0, 6); length > 0; length--)
            {
                char edge = EdgeCharacters[random.Next(EdgeCharacters.Length)];
                text.Append(random.Next(4) == 0 ? (char)random.Next(65536) : edge);
            }

            inputs.Add(text.ToString());
        }

        string[] answers = Python.Ask(Encoder, inputs.ConvertAll(ToHex));
        Assert.IsTrue(answers.Contains("error") && answers.Any(answer => answer != "error"), "seed " + seed);
        for (int i = 0; i < inputs.Count; i++)
        {
            string actual;
            try
            {
                actual = Convert.ToHexStringLower(SurrogateEscape.GetBytes(inputs[i]));
            }
            catch (ArgumentException)
            {
                actual = "error";
            }

            Assert.AreEqual(answers[i], actual, "seed " + seed + ", text " + ToHex(inputs[i]));
        }
    }

    [TestMethod]
    public void GetBytes_EveryCodePoint_AgreesWithDotNet()
    {
        UTF8Encoding utf8 = new(false, true);
        for (int code = 0; code <= 0x10FFFF; code++)
        {
            if (code is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            string text = char.ConvertFromUtf32(code);
            byte[] expected = utf8.GetBytes(text);
            if (!expected.AsSpan().SequenceEqual(SurrogateEscape.GetBytes(text)) ||
                text != SurrogateEscape.GetString(expected, 0, expected.Length))
            {
                Assert.Fail("U+" + code.ToString("X", CultureInfo.InvariantCulture));
            }
        }
    }

    [TestMethod]
    public void GetString_PieceOfABuffer_ReadsNothingBeyondIt()
    {
        byte[] buffer = [0xE2, 0x82, 0xAC, 0xE2, 0x82, 0xAC];

        Assert.AreEqual("\uDC82\uDCAC\uDCE2\uDC82", SurrogateEscape.GetString(buffer, 1, 4));
        Assert.AreEqual("", SurrogateEscape.GetString(buffer, 6, 0));
    }

    private static string ToHex(string text)
    {
        StringBuilder hex = new();
        foreach (char c in text)
        {
            hex.Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return hex.ToString();
    }
}
