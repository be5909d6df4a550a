using System.Diagnostics;

namespace IoTNet.Tests.WebSockets.Interop;

/// <summary>A process with another implementation of WebSocket, and the lines that it says.</summary>
internal sealed class Peer : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly List<string> _lines = [];

    private Peer(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new AssertInconclusiveException(start.FileName + " cannot be started: " + e.Message);
        }

        _errors = _process.StandardError.ReadToEndAsync();
        _process.OutputDataReceived += (_, e) =>
        {
            lock (_lines)
            {
                if (e.Data != null)
                {
                    _lines.Add(e.Data);
                }
            }
        };
        _process.BeginOutputReadLine();
    }

    public string[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Starts a program of node with the packages of tests/node; inconclusive where one is missing.</summary>
    public static Peer Node(string script, string package, params string[] arguments)
    {
        string modules = Path.Combine(Root(), "tests", "node", "node_modules");
        if (!Directory.Exists(Path.Combine(modules, package)))
        {
            throw new AssertInconclusiveException($"npm's {package} is missing from tests/node: tools/setup.sh installs it");
        }

        ProcessStartInfo start = new("node", [Here(script), .. arguments]);
        start.Environment["NODE_PATH"] = modules;
        return new Peer(start);
    }

    /// <summary>Starts Debian's python3-websockets; inconclusive where it is missing.</summary>
    public static Peer Websockets(World world, params string[] arguments)
    {
        if (!File.Exists(Python))
        {
            throw new AssertInconclusiveException(Python + " is missing");
        }

        Peer peer = new(new ProcessStartInfo(Python, [Here("websockets_peer.py"), .. arguments]));
        world.Until(() => peer.Lines.Length > 0 || peer._process.HasExited, "python3 says nothing");
        if (peer.Lines.Length > 0 && peer.Lines[0].StartsWith("missing", StringComparison.Ordinal))
        {
            peer.Dispose();
            throw new AssertInconclusiveException("python3-websockets is missing: " + peer.Lines[0]);
        }

        return peer;
    }

    /// <summary>Waits for a line.</summary>
    public string Line(World world, int index)
    {
        world.Until(() => Lines.Length > index || _process.HasExited, $"line {index} did not come");
        if (Lines.Length <= index)
        {
            _process.WaitForExit();
            Assert.IsTrue(Lines.Length > index, "the peer ended: " + string.Join("\n", Lines) + _errors.Result);
        }

        return Lines[index];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(true);
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Here(string script) => Path.Combine(AppContext.BaseDirectory, "Interop", script);

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IoTNet.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new AssertFailedException("no IoTNet.sln above " + AppContext.BaseDirectory);
        }

        return folder;
    }
}
