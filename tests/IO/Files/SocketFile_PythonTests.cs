using System.Globalization;
using System.Text;
using IoTNet.Tests.IO.Python;

namespace IoTNet.Tests.IO.Files;

/// <summary>Files against Python's socket.makefile, call for call.</summary>
[TestClass]
public class SocketFile_PythonTests
{
    private const int Reads = 30_000;
    private const int Writes = 10_000;
    private const int Batch = 1_000;
    private static readonly string?[] Newlines = [null, "", "\n", "\r", "\r\n"];
    private static readonly TextErrors[] Handlers = [TextErrors.Strict, TextErrors.Replace, TextErrors.SurrogateEscape];

    // What decoders and readers of lines stumble over; the rest is random.
    private static readonly string[] Pieces =
    [
        "0A", "0A", "0D", "0D", "0D0A", "0D0A", "61", "6263", "00", "C3A9", "E282AC", "F09F9880", "EFBBBF", "F48FBFBF", "C3", "E282",
        "E0A0", "F09F", "F09F98", "80", "BF", "C080", "E08080", "E09F", "EDA080", "ED9FBF", "EDB2", "F0808080", "F08F", "F4908080",
        "F490", "F5", "FF", "FE",
    ];

    private readonly LoopbackStack _stack = new();

    [TestInitialize]
    public void UseMemory() => NetworkStack.Use(_stack);

    [TestCleanup]
    public void NothingIsLeftOpen() => Assert.AreEqual(0, _stack.OpenSockets, "sockets left open");

    [TestMethod]
    public void Reads_OfRandomBytes_GiveWhatPythonsMakefileGives()
    {
        var (random, seed) = Seed();
        using var python = PythonPeer.Start("makefile_peer.py");
        int stricts = 0;
        int refusals = 0;
        for (int done = 0; done < Reads; done += Batch)
        {
            var scripts = Enumerable.Range(0, Batch).Select(_ => ReadScript.Make(random)).ToArray();

            // Python decodes ahead and throws early. What its replacing file gives without a replacement, a strict one gives.
            var expected = python.Ask(scripts.Select(s => s.ToLine()).ToArray());
            for (int i = 0; i < Batch; i++)
            {
                var script = scripts[i];
                string answer = expected[i];
                if (script.Errors == TextErrors.Strict && script.Mode == "r")
                {
                    stricts++;
                    int bad = answer.IndexOf("efbfbd", StringComparison.Ordinal);
                    refusals += bad < 0 ? 0 : 1;
                    answer = bad < 0 ? answer : answer[..(answer.LastIndexOf(',', bad) + 1)] + "error";
                }

                Assert.AreEqual(answer, script.Run(random), $"seed {seed}: {script.ToLine()}, {script.Errors}");
            }
        }

        Console.WriteLine($"{Reads} scripts, {stricts} of strict text, {refusals} of them refused");
        Assert.IsTrue(refusals > stricts / 10 && refusals < stricts, $"{refusals} refused of {stricts} strict");
    }

    [TestMethod]
    public void Writes_OfRandomText_SendWhatPythonsMakefileSends()
    {
        var (random, seed) = Seed();
        using var python = PythonPeer.Start("makefile_peer.py");
        int refusals = 0;
        for (int done = 0; done < Writes; done += Batch)
        {
            var texts = Enumerable.Range(0, Batch).Select(_ => MakeText(random)).ToArray();
            var newlines = texts.Select(_ => Newlines[random.Next(Newlines.Length)]).ToArray();
            var handlers = texts.Select(_ => Handlers[random.Next(Handlers.Length)]).ToArray();
            var questions = texts.Select((t, i) => $"w|{Hex(t)}|{NewlineText(newlines[i])}|{Name(handlers[i])}").ToArray();
            var expected = python.Ask(questions);
            for (int i = 0; i < Batch; i++)
            {
                refusals += expected[i] == "error" ? 1 : 0;
                Assert.AreEqual(expected[i], Write(texts[i], newlines[i], handlers[i], random.Next(1, 20)), $"seed {seed}: {questions[i]}");
            }
        }

        Assert.IsTrue(refusals > Writes / 20 && refusals < Writes / 2, $"{refusals} refused of {Writes}");
    }

    private static (Random Random, int Seed) Seed()
    {
        int seed = Environment.TickCount;
        Console.WriteLine("seed " + seed);
        return (new Random(seed), seed);
    }

    private static string Write(string text, string? newline, TextErrors errors, int bufferSize)
    {
        Socket.Pair(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified, out var near, out var far);
        using var _ = far;
        try
        {
            using var __ = near;
            using var file = near.MakeFile("w", bufferSize, newline, errors);
            file.Write(text);
        }
        catch (ArgumentException)
        {
            return "error";
        }

        using var reader = far.MakeFile("b");
        return Convert.ToHexStringLower(reader.ReadBytes(1000));
    }

    private static string MakeText(Random random)
    {
        var text = new StringBuilder();
        for (int n = random.Next(8); n > 0; n--)
        {
            text.Append(random.Next(10) switch
            {
                0 or 1 => "\n",
                2 => "\r",
                3 => "\r\n",
                4 => char.ConvertFromUtf32(random.Next(0x10000, 0x110000)),
                5 => ((char)random.Next(0x80, 0xD800)).ToString(),
                6 => random.Next(3) != 0 ? "é" : ((char)random.Next(0xD800, 0xE000)).ToString(),
                7 => random.Next(3) != 0 ? "z" : ((char)random.Next(0xDC80, 0xDD00)).ToString(),
                _ => ((char)random.Next(0x80)).ToString(),
            });
        }

        return text.ToString();
    }

    private static string Name(TextErrors errors) =>
        errors == TextErrors.SurrogateEscape ? "surrogateescape" : errors == TextErrors.Replace ? "replace" : "strict";

    private static string NewlineText(string? newline) => newline == null ? "None" : Convert.ToHexString(Encoding.ASCII.GetBytes(newline));

    // UTF-8 in which a lone surrogate is a character: Python's surrogatepass.
    private static string Hex(string text)
    {
        var bytes = new byte[text.Length * 3];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsSurrogatePair(text, i < text.Length - 1 ? i : 0) && i < text.Length - 1;
            length = Utf8.Put(isPair ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i], bytes, length);
            i += isPair ? 1 : 0;
        }

        return Convert.ToHexStringLower(bytes, 0, length);
    }

    /// <summary>What the peer sends, and the calls that read it.</summary>
    private sealed record ReadScript(string Mode, byte[] Sent, string? Newline, TextErrors Errors, string[] Calls)
    {
        public static ReadScript Make(Random random)
        {
            var hex = new StringBuilder();
            bool isClean = random.Next(2) == 0;
            int pieces = random.Next(random.Next(50) == 0 ? 900 : 16);
            for (int n = 0; n < pieces; n++)
            {
                // The first 14 are whole characters.
                hex.Append(isClean || random.Next(8) != 0 ? Pieces[random.Next(isClean ? 14 : Pieces.Length)] : random.Next(256).ToString("X2", CultureInfo.InvariantCulture));
            }

            var calls = Enumerable.Range(0, random.Next(12)).Select(_ => MakeCall(random)).Append(random.Next(2) == 0 ? "e" : "l");

            // U+FFFD itself would look like a replacement.
            return new ReadScript(random.Next(6) == 0 ? "rb" : "r", Convert.FromHexString(hex.Replace("EFBFBD", "").ToString()), Newlines[random.Next(Newlines.Length)],
                Handlers[random.Next(Handlers.Length)], [.. calls]);
        }

        public string ToLine() => $"{Mode}|{Convert.ToHexString(Sent)}|{NewlineText(Newline)}|" +
            $"{Name(Errors == TextErrors.Strict ? TextErrors.Replace : Errors)}|{string.Join(' ', Calls)}";

        /// <summary>The answers, with the bytes in pieces: the next one comes when a call found too little.</summary>
        public string Run(Random random)
        {
            Socket.Pair(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified, out var near, out var far);
            using var _ = near;
            using var __ = far;
            using var file = near.MakeFile(Mode, random.Next(1, 20), Newline, Errors);
            near.Blocking = false;
            var answers = new List<string>();
            int sent = 0;
            foreach (string call in Calls)
            {
                string? value;
                try
                {
                    while ((value = Mode == "rb" ? CallBinary(file, call) : Call(file, call)) == null)
                    {
                        int count = Math.Min(random.Next(1, random.Next(4) == 0 ? 4 : 200), Sent.Length - sent);
                        sent += count == 0 ? 0 : far.Send(Sent, sent, count, SocketFlags.None);
                        if (count == 0)
                        {
                            far.Close();
                        }
                    }
                }
                catch (IOException e) when (e.Message.StartsWith("'utf-8' codec", StringComparison.Ordinal))
                {
                    answers.Add("error");
                    break;
                }

                answers.Add(value);
            }

            return string.Join(',', answers);
        }

        private static string MakeCall(Random random) => random.Next(20) switch
        {
            0 => "e",
            < 8 => "l",
            < 13 => "l" + random.Next(12).ToString(CultureInfo.InvariantCulture),
            _ => "r" + random.Next(12).ToString(CultureInfo.InvariantCulture),
        };

        private static string? Call(SocketFile file, string call)
        {
            int count = Count(call, SocketFile.MaxLine);
            string text = call == "e" ? file.ReadToEnd(100_000) : call[0] == 'r' ? file.Read(count) : file.ReadLine(count);
            return text == null ? null : Hex(text);
        }

        private static string? CallBinary(SocketFile file, string call)
        {
            int count = Count(call, 100_000);
            byte[] bytes = call[0] == 'l' ? file.ReadLineBytes(count) : file.ReadBytes(count);
            return bytes == null ? null : Convert.ToHexStringLower(bytes);
        }

        private static int Count(string call, int all) => call.Length > 1 ? int.Parse(call.AsSpan(1), CultureInfo.InvariantCulture) : all;
    }
}
