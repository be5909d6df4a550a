using System.Diagnostics;
using System.Text;

namespace Interop.Tests;

/// <summary>What a program printed and how it ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}--- error\n{Error}";
}

/// <summary>Runs other programs, always bounded.</summary>
internal static class Command
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program to its end.</summary>
    public static Outcome Run(string program, string[] arguments, string input = "", TimeSpan? limit = null)
    {
        using var process = Start(program, arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var finished = Task.WhenAll(output, error, process.WaitForExitAsync()).Wait(limit ?? s_limit);
            Assert.IsTrue(finished, $"{program} {string.Join(' ', arguments)} did not end in time");
            return new Outcome(process.ExitCode, output.Result, error.Result);
        }
        finally
        {
            End(process);
        }
    }

    public static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    public static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    /// <summary>Leaves the test as "skipped" when a program that is no part of this project is not installed.</summary>
    public static void Need(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            Assert.Inconclusive($"{program} is not installed; tools/setup.sh does that");
        }
    }
}
