using System.Diagnostics;
using System.Text.Json;

namespace IoTNet.DnsNames.Tests;

/// <summary>Asks the C library of this machine through Python: one process answers many questions, a line of JSON each.</summary>
internal static class Python
{
    private const int TimeoutMs = 60_000;

    // Reads all of its input before it writes, so that neither side fills a pipe for which the other waits.
    private const string Loop = """

        import json, sys
        for line in sys.stdin.read().split('\n')[:-1]:
            try:
                text = answer(*json.loads(line))
            except socket.gaierror as e:
                text = str(e.errno)
            except OSError as e:
                text = 'none'
            print(text)

        """;

    /// <summary>Gives the lines that a program prints.</summary>
    /// <param name="program">Python that defines <c>answer(...)</c>.</param>
    /// <param name="questions">Its arguments, one array a question.</param>
    /// <returns>As many lines as there were questions; a gaierror is its number, another OSError <c>none</c>.</returns>
    public static string[] Ask(string program, IReadOnlyCollection<object?[]> questions) => Ask(["python3"], program, questions);

    /// <summary>As Ask, by a program in front of which others stand.</summary>
    public static string[] Ask(string[] command, string program, IReadOnlyCollection<object?[]> questions)
    {
        ProcessStartInfo start = new("/usr/bin/env")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Array.ForEach(command, start.ArgumentList.Add);
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("import socket\n" + program + Loop);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(string.Concat(questions.Select(question => JsonSerializer.Serialize(question) + "\n")));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeoutMs))
        {
            process.Kill();
            Assert.Fail($"python3 did not end within {TimeoutMs} ms.");
        }

        Assert.AreEqual(0, process.ExitCode, errors.Result);
        var answers = output.Result.Split('\n')[..^1];
        Assert.HasCount(questions.Count, answers, errors.Result);
        return answers;
    }
}
