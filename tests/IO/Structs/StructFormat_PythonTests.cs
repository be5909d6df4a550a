using IoTNet.Tests.IO.Python;

namespace IoTNet.Tests.IO.Structs;

/// <summary>StructFormat against Python's struct, byte for byte and error for error.</summary>
[TestClass]
public class StructFormat_PythonTests
{
    private const int Questions = 100_000;
    private const int Batch = 2_000;
    private const string Characters = "@=<>!xcbB?hHiIlLqQnNefdspP0123456789 \t\n\v\f\r-+.zZ\0";

    [TestMethod]
    public void Calls_OfRandomFormatsAndValues_AnswerAsPythonsStruct()
    {
        int seed = Environment.TickCount;
        Console.WriteLine("seed " + seed);
        var random = new Random(seed);
        using var python = PythonPeer.Start("struct_peer.py");
        int errors = 0;
        for (int done = 0; done < Questions; done += Batch)
        {
            var questions = Enumerable.Range(0, Batch).Select(_ => StructQuestion.Make(random)).ToArray();
            errors += Compare(python, questions, seed);
        }

        Console.WriteLine($"{Questions} questions, {errors} errors");

        // A generator that makes only errors, or none, would prove little.
        Assert.IsTrue(errors > Questions / 50 && errors < Questions / 2, $"{errors} errors in {Questions} questions");
    }

    [TestMethod]
    public void CalcSize_OfGarbage_AnswersAsPythonsStruct()
    {
        int seed = Environment.TickCount;
        Console.WriteLine("seed " + seed);
        var random = new Random(seed);
        using var python = PythonPeer.Start("struct_peer.py");
        for (int done = 0; done < 20_000; done += Batch)
        {
            var questions = Enumerable.Range(0, Batch).Select(_ => MakeGarbage(random)).ToArray();
            Compare(python, questions, seed);
        }
    }

    private static StructQuestion MakeGarbage(Random random)
    {
        // A newline ends a question.
        var text = new string(Enumerable.Range(0, random.Next(12)).Select(_ => Characters[random.Next(Characters.Length)]).ToArray());
        return new StructQuestion("calcsize", text.Replace('\n', ' ').Replace('\r', ' '), [], 0, []);
    }

    // How many of the answers were errors.
    private static int Compare(PythonPeer python, StructQuestion[] questions, int seed)
    {
        var expected = python.Ask(questions.Select(q => q.ToLine()).ToArray());
        int errors = 0;
        for (int i = 0; i < questions.Length; i++)
        {
            var actual = questions[i].Answer();
            bool isError = expected[i].StartsWith("error ", StringComparison.Ordinal);
            errors += isError ? 1 : 0;

            // Python's text, and after it what came. Beyond 2 GiB only Python has an answer.
            bool same = isError ? actual.StartsWith(expected[i], StringComparison.Ordinal) || IsRangeError(expected[i], actual)
                : actual == expected[i];
            bool tooLong = actual.StartsWith("error total struct size too long", StringComparison.Ordinal) &&
                (isError || long.Parse(expected[i].AsSpan(3)) > int.MaxValue);
            Assert.IsTrue(same || tooLong, $"seed {seed}: {questions[i].ToLine()}\nPython: {expected[i]}\nhere:   {actual}");
        }

        return errors;
    }

    // Python words a number out of range in four ways, by the byte order, the size and the value's type.
    private static bool IsRangeError(string expected, string actual)
    {
        int at = expected.IndexOf(" format requires ", StringComparison.Ordinal);
        bool isRange = actual.Contains("' format requires ", StringComparison.Ordinal);
        bool isTooLarge = actual.StartsWith("error float too large to pack with ", StringComparison.Ordinal);
        return (at >= 0 && isRange && actual.Contains(expected[at..], StringComparison.Ordinal)) ||
            (expected == "error argument out of range" && isRange) ||
            (expected == "error int too large to convert" && (isRange || isTooLarge));
    }
}
