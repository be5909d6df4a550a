using System.Diagnostics;

namespace IoTNet.Tests.Tls;

/// <summary>The openssl command as the peer, and the files that it reads. Ends with the test.</summary>
internal sealed class OpenSsl : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iotnet-tls-").FullName;
    private readonly List<string> _lines = [];
    private Process? _process;

    public static bool IsInstalled { get; } = Run("version") == 0;

    /// <summary>What it has said, to both outputs.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public string File(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public string CertificateFile(Credential credential) => File(Guid.NewGuid() + ".crt", credential.CertificateText);

    public string KeyFile(Credential credential) => File(Guid.NewGuid() + ".key", credential.KeyText);

    /// <summary>A server; gives its port on 127.0.0.1 once it listens.</summary>
    public int Serve(Credential credential, params string[] more)
    {
        // Port 0 is told in the line ACCEPT.
        Start(["s_server", "-accept", "127.0.0.1:0", "-cert", CertificateFile(credential), "-key", KeyFile(credential), .. more]);
        string line = Await(text => text.StartsWith("ACCEPT ", StringComparison.Ordinal));
        return int.Parse(line[(line.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Connect(int port, params string[] more) => Start(["s_client", "-connect", "127.0.0.1:" + port, .. more]);

    public void Write(string text)
    {
        _process!.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <summary>Closes its input: s_client ends the connection then.</summary>
    public void EndInput() => _process!.StandardInput.Close();

    public int WaitForExit()
    {
        Assert.IsTrue(_process!.WaitForExit(Link.PatienceMs), "openssl goes on; so far: " + Output);
        return _process.ExitCode;
    }

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
        }, Link.PatienceMs) && found != null, "openssl did not say it; it said: " + Output);
        return found!;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        Directory.Delete(_folder, true);
    }

    private static int Run(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private void Start(string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += Take;
        _process.ErrorDataReceived += Take;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

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
