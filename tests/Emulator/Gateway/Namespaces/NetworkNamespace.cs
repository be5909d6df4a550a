using System.Diagnostics;

namespace IoTNet.Emulator.Tests;

/// <summary>Runs scenes as root of a network namespace of their own, where nothing of the machine's network is.</summary>
internal static class NetworkNamespace
{
    private const int LimitSeconds = 60;

    /// <summary>Runs a scene; the test fails when it does, or when this machine has no such namespaces.</summary>
    internal static void Run(string scene)
    {
        // Root needs no user namespace, which some machines forbid.
        string[] rights = Environment.IsPrivilegedProcess ? ["--net", "--mount"] : ["--user", "--map-root-user", "--net", "--mount"];
        (int code, string output) = Start("unshare", [.. rights, "true"]);
        if (code != 0)
        {
            Assert.Fail("This test needs network namespaces (unshare " + string.Join(' ', rights) + "): " + output.Trim());
        }

        string[] process = ["timeout", "--kill-after=5", LimitSeconds.ToString(), Environment.ProcessPath!, typeof(Program).Assembly.Location, scene];
        (code, output) = Start("unshare", [.. rights, .. process]);

        Assert.AreEqual(0, code, output);
        StringAssert.Contains(output, "passed");
    }

    /// <summary>Runs a command to its end; the scene fails when it does.</summary>
    internal static void Command(string name, params string[] arguments)
    {
        (int code, string output) = Start(name, arguments);
        Assert.AreEqual(0, code, name + " " + string.Join(' ', arguments) + ": " + output);
    }

    private static (int Code, string Output) Start(string name, string[] arguments)
    {
        ProcessStartInfo start = new(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
