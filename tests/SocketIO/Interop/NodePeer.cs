using System.Collections.Concurrent;
using System.Diagnostics;

namespace IoTNet.Tests.SocketIO.Interop;

/// <summary>A program of Node's beside the test: what it prints comes in lines.</summary>
internal sealed class NodePeer : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private volatile bool _isOver;

    public NodePeer(string script, params string[] arguments)
    {
        string modules = Path.Combine(Root(), "tests", "node", "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "socket.io-client")))
        {
            Assert.Inconclusive("No npm packages: tools/setup.sh installs them.");
        }

        ProcessStartInfo start = new("node")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Interop", script));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NODE_PATH"] = modules;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => _errors.Enqueue(e.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The repository's root.</summary>
    public static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder != null && !File.Exists(Path.Combine(folder, "IoTNet.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("There is no IoTNet.sln above " + AppContext.BaseDirectory);
    }

    /// <summary>Runs a loop until the program has printed a line.</summary>
    public string ReadLine(World world)
    {
        string? line = null;
        world.Until(() => _lines.TryDequeue(out line) || _isOver, "node prints nothing: " + Errors());
        // The end is told after the last line.
        return line ?? (_lines.TryDequeue(out line) ? line : throw new AssertFailedException("node ended: " + Errors()));
    }

    /// <summary>Runs a loop until the program prints that all went well; any other line is a failure.</summary>
    public void Finish(World world, string expected = "ok")
    {
        string line = ReadLine(world);
        Assert.AreEqual(expected, line, line + "\n" + Errors() + string.Concat(world.Errors.Select(e => "\n" + e)));
    }

    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private string Errors() => string.Join("\n", _errors);

    private void Take(string? line)
    {
        if (line == null)
        {
            _isOver = true;
        }
        else
        {
            _lines.Enqueue(line);
        }
    }
}
