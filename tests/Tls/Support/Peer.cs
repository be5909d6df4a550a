using System.Diagnostics;

namespace IoTNet.Tests.Tls;

/// <summary>Another program beside the test, and the files that it reads. Ends with the test.</summary>
internal class Peer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotnet-tls-").FullName;
    private readonly List<string> _lines = [];
    private readonly string _program;
    private readonly string? _modules;
    private Process? _process;

    /// <param name="package">Debian's, for whoever lacks it.</param>
    /// <param name="modules">Where node finds its packages.</param>
    public Peer(string program, string package, string? modules = null)
    {
        _program = program;
        _modules = modules;
        if (!IsOnThePath(program))
        {
            Directory.Delete(_folder);
            Assert.Inconclusive($"{program} is not installed: tools/setup.sh installs {package}");
        }
    }

    public bool HasEnded => _process!.HasExited;

    public int ExitCode => _process!.ExitCode;

    /// <summary>What it has said, to both outputs.</summary>
    public string Output
    {
        get
        {
            if (_process!.HasExited)
            {
                // Until the last line is here.
                _process.WaitForExit();
            }

            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Node, with the packages of tests/node.</summary>
    public static Peer Node()
    {
        string modules = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "node", "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "ws")))
        {
            Assert.Inconclusive("No npm packages: tools/setup.sh installs them.");
        }

        return new Peer("node", "nodejs", Path.GetFullPath(modules));
    }

    public string File(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Protocols", name);

    public void Start(string[] arguments)
    {
        ProcessStartInfo start = new(_program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (_modules != null)
        {
            start.Environment["NODE_PATH"] = _modules;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Take;
        _process.ErrorDataReceived += Take;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public void Write(string text)
    {
        _process!.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <summary>Closes its input.</summary>
    public void EndInput() => _process!.StandardInput.Close();

    public int WaitForExit()
    {
        Assert.IsTrue(_process!.WaitForExit(Link.PatienceMs), _program + " goes on; so far: " + Output);
        return _process.ExitCode;
    }

    /// <summary>Waits for a line.</summary>
    public string Await(Predicate<string> isIt)
    {
        string? found = null;
        Assert.IsTrue(SpinWait.SpinUntil(() =>
        {
            lock (_lines)
            {
                found = _lines.Find(isIt);
            }

            return found != null || _process!.HasExited;
        }, Link.PatienceMs) && found != null, _program + " did not say it; it said: " + Output);
        return found!;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsOnThePath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => System.IO.File.Exists(Path.Combine(folder, program)));

    private void Take(object sender, DataReceivedEventArgs e)
    {
        if (e.Data != null)
        {
            lock (_lines)
            {
                _lines.Add(e.Data);
            }
        }
    }
}
