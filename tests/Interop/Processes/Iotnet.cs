using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace Interop.Tests;

/// <summary>A running <c>iotnet run</c>, as a user starts it.</summary>
internal sealed partial class Iotnet : IDisposable
{
    public const int SIGINT = 2;
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly Task<string> _error;

    private Iotnet(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The command line tool beside this test, built in the same configuration.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "IoTNet.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "IoTNet.Cli.dll"));

    public IPEndPoint Tcp { get; private set; } = new(0, 0);

    public IPEndPoint Udp { get; private set; } = new(0, 0);

    /// <summary>Runs the tool to its end.</summary>
    public static Outcome Run(params string[] arguments) => Command.Run("dotnet", [Program, .. arguments]);

    /// <summary>Starts an app and waits until it says where it listens. It ends by itself after two minutes, whatever
    /// becomes of the test.</summary>
    public static Iotnet Start(string app, string listen, params string[] arguments) =>
        Listening(new Iotnet(Command.Start("dotnet", [Program, "run", app, "--listen", listen, "--for", "120", .. arguments])), s_limit);

    /// <summary>Starts any program that ends in <c>iotnet run</c>.</summary>
    public static Iotnet StartThrough(string program, TimeSpan limit, params string[] arguments) =>
        Listening(new Iotnet(Command.Start(program, arguments)), limit);

    public void Signal(int signal)
    {
        Assert.AreEqual(0, Kill(_process.Id, signal), "kill");
    }

    /// <summary>Waits for the end, which somebody else caused.</summary>
    public Outcome WaitForEnd()
    {
        var rest = _process.StandardOutput.ReadToEndAsync();
        var ended = Task.WhenAll(rest, _error, _process.WaitForExitAsync()).Wait(s_limit);
        Assert.IsTrue(ended, "iotnet did not end in time");
        return new Outcome(_process.ExitCode, rest.Result, _error.Result);
    }

    public void Dispose()
    {
        Command.End(_process);
        _process.Dispose();
    }

    private static Iotnet Listening(Iotnet started, TimeSpan limit)
    {
        try
        {
            started.Tcp = started.ReadAddress("listening tcp ", limit);
            started.Udp = started.ReadAddress("listening udp ", limit);
            return started;
        }
        catch
        {
            started.Dispose();
            throw;
        }
    }

    private IPEndPoint ReadAddress(string prefix, TimeSpan limit)
    {
        var line = _process.StandardOutput.ReadLineAsync();
        Assert.IsTrue(line.Wait(limit), $"no line '{prefix}ADDRESS' came in time");
        if (line.Result is null)
        {
            Assert.Fail($"expected '{prefix}ADDRESS', but it ended: {WaitForEnd()}");
        }

        StringAssert.StartsWith(line.Result, prefix);
        return IPEndPoint.Parse(line.Result![prefix.Length..]);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
