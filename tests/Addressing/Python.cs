using System.Diagnostics;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>Asks the real Python: one process answers many questions, a line each.</summary>
internal static class Python
{
    private const int TimeoutMs = 60_000;

    // Reads all of its input before it writes, so that neither side fills a pipe for which the other waits.
    private const string Loop = """

        import sys
        for line in sys.stdin.read().split('\n')[:-1]:
            print(answer(line))

        """;

    /// <summary>Gives the lines that a program prints for the lines it is fed.</summary>
    /// <param name="program">Python that defines <c>answer(line)</c>; both sides are ASCII.</param>
    /// <param name="questions">The lines.</param>
    /// <returns>As many lines as there were questions.</returns>
    public static string[] Ask(string program, IReadOnlyCollection<string> questions)
    {
        ProcessStartInfo start = new("/usr/bin/env")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Encoding.ASCII,
            StandardOutputEncoding = Encoding.ASCII,
        };
        start.ArgumentList.Add("python3");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(program + Loop);

        using Process process = Process.Start(start)!;

        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(string.Concat(questions.Select(question => question + "\n")));
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeoutMs))
        {
            process.Kill();
            Assert.Fail("python3 did not end within " + TimeoutMs + " ms.");
        }

        Assert.AreEqual(0, process.ExitCode, errors.Result);
        string[] answers = output.Result.Split('\n')[..^1];
        Assert.HasCount(questions.Count, answers, errors.Result);
        return answers;
    }
}
