using System.Diagnostics;
using System.Text;

namespace IoTNet.Tests.Tls.Protocols;

/// <summary>Another program beside the test, and the files that it reads. Ends with the test.</summary>
internal sealed class Peer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotnet-tls-").FullName;
    private readonly StringBuilder _output = new();
    private readonly string _program;
    private readonly string? _modules;
    private Process? _process;

    /// <param name="package">Debian's, for whoever lacks it.</param>
    public Peer(string program, string package, string? modules = null)
    {
        _program = program;
        _modules = modules;
        if (!IsOnThePath(program))
        {
            Assert.Inconclusive($"No {program}: tools/setup.sh installs the package {package}.");
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

            lock (_output)
            {
                return _output.ToString();
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
        ProcessStartInfo start = new(_program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (_modules != null)
        {
            start.Environment["NODE_PATH"] = _modules;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
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

    private void Take(string? line)
    {
        if (line != null)
        {
            lock (_output)
            {
                _output.Append(line).Append('\n');
            }
        }
    }
}
