using System.Diagnostics;
using System.Globalization;

namespace IoTNet.Bench;

/// <summary>A python3 process on the same processor, which times its own loops: the pipe to it is not measured.</summary>
internal sealed class Python : IDisposable
{
    private readonly Process _process;

    private Python(Process process)
    {
        _process = process;
    }

    /// <summary>Starts it; null, and a word about it, where there is none.</summary>
    public static Python? Start(Action<string> progress)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-u");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Data", "struct_peer.py"));
        try
        {
            // The child inherits the calling thread's processor.
            return new Python(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            progress("without Python: " + e.Message);
            return null;
        }
    }

    /// <summary>Plays a line of the script: a call, a format and the bytes to unpack, or whose values to pack.</summary>
    public Game Play(string call, string format, byte[] bytes) => new StructGame(this, $"{call} {format} {Convert.ToHexString(bytes)}");

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private sealed class StructGame(Python python, string line) : Game
    {
        public override Rate Play(TimeSpan time)
        {
            python._process.StandardInput.WriteLine($"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)} {line}");
            python._process.StandardInput.Flush();
            var answer = python._process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("python3 ended");
            var rates = answer.Split(' ').Select(r => double.Parse(r, CultureInfo.InvariantCulture)).ToArray();
            return new Rate(rates[0], rates[1]);
        }
    }
}
