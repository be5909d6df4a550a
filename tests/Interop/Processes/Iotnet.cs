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

    public int ProcessId => _process.Id;

    public IPEndPoint Tcp { get; private set; } = new(0, 0);

    public IPEndPoint Udp { get; private set; } = new(0, 0);

    /// <summary>Runs the tool to its end.</summary>
    public static Outcome Run(params string[] arguments) => Command.Run("dotnet", [Program, .. arguments]);

    /// <summary>Starts an app and waits until it says where it listens. It ends by itself after two minutes, whatever
    /// becomes of the test.</summary>
    public static Iotnet Start(string app, string listen, params string[] arguments) =>
        Listening(new Iotnet(Command.Start("dotnet", [Program, "run", app, "--listen", listen, "--for", "120", .. arguments])), s_limit);

    /// <summary>As <see cref="Start"/>, of an app that serves TCP alone.</summary>
    public static Iotnet StartTcp(string app, string listen, params string[] arguments) => Listening(
        new Iotnet(Command.Start("dotnet", [Program, "run", app, "--listen", listen, "--for", "120", .. arguments])), s_limit, false);

    /// <summary>Starts a command that goes on until it is told to end.</summary>
    public static Iotnet Begin(params string[] arguments) => new(Command.Start("dotnet", [Program, .. arguments]));

    /// <summary>Starts any program that becomes such a command.</summary>
    public static Iotnet BeginThrough(string program, params string[] arguments) => new(Command.Start(program, arguments));

    /// <summary>Starts any program that ends in <c>iotnet run</c>.</summary>
    public static Iotnet StartThrough(string program, TimeSpan limit, params string[] arguments) =>
        Listening(new Iotnet(Command.Start(program, arguments)), limit);

    /// <summary>Waits for a line of the standard output that begins so; what comes before it is passed over.</summary>
    /// <returns>The rest of the line.</returns>
    public string ReadLine(string prefix, TimeSpan? atMost = null)
    {
        var limit = atMost ?? s_limit;
        var time = Stopwatch.StartNew();
        for (var line = NextLine(prefix, limit); ; line = NextLine(prefix, limit - time.Elapsed))
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                return line[prefix.Length..];
            }
        }
    }

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

    private static Iotnet Listening(Iotnet started, TimeSpan limit, bool hasUdp = true)
    {
        try
        {
            started.Tcp = started.ReadAddress("listening tcp ", limit);
            if (hasUdp)
            {
                started.Udp = started.ReadAddress("listening udp ", limit);
            }

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
        var line = NextLine(prefix, limit);
        StringAssert.StartsWith(line, prefix);
        return IPEndPoint.Parse(line[prefix.Length..]);
    }

    private string NextLine(string expected, TimeSpan limit)
    {
        var line = _process.StandardOutput.ReadLineAsync();
        Assert.IsTrue(limit > TimeSpan.Zero && line.Wait(limit), $"no line '{expected}...' came in time");
        if (line.Result is null)
        {
            Assert.Fail($"expected '{expected}...', but it ended: {WaitForEnd()}");
        }

        return line.Result!;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
