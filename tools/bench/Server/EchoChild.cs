using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace IoTNet.Bench;

/// <summary>Bytes of a server's process: on the collected heap, resident, and allocated since its start.</summary>
internal readonly record struct Memory(double Heap, double Resident, double Allocated)
{
    public static Memory operator -(Memory left, Memory right) =>
        new(left.Heap - right.Heap, left.Resident - right.Resident, left.Allocated - right.Allocated);

    public static Memory operator /(Memory memory, double parts) =>
        new(memory.Heap / parts, memory.Resident / parts, memory.Allocated / parts);
}

/// <summary>An echo server in a process of its own, on the processor that the load generator leaves to it. It ends when its
/// standard input does: with this object, or with this program.</summary>
internal sealed class EchoChild : IDisposable
{
    private readonly Process _process;

    private EchoChild(string name, ProcessStartInfo start)
    {
        Name = name;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;

        // A child inherits the calling thread's processor.
        Pinning.ApplyTo(Pinning.Last);
        try
        {
            _process = Process.Start(start)!;
        }
        finally
        {
            Pinning.ApplyTo(Pinning.First);
        }

        // port N, and what it has to say about itself.
        var words = Read().Split(' ', 3);
        Port = int.Parse(words[1], CultureInfo.InvariantCulture);
        About = words.Length > 2 ? words[2] : "";
    }

    public string Name { get; }

    public int Port { get; }

    public string About { get; }

    public TimeSpan ProcessorTime => Linux.ProcessorTime(_process.Id);

    /// <summary>This program as a server.</summary>
    /// <param name="kind">Of <see cref="EchoServers"/>.</param>
    public static EchoChild Start(string name, string kind)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileName(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(kind);

        // Continuations run where the socket's event was seen, not on one more thread: .NET's fastest way.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        return new EchoChild(name, start);
    }

    /// <summary>A server in node; null, and a word about it, where there is no node.</summary>
    /// <param name="script">Its path in this program's folder.</param>
    /// <param name="package">The package of tests/node that it serves with, its argument; none when empty.</param>
    public static EchoChild? StartNode(string script, string package, Action<string> progress)
    {
        var start = new ProcessStartInfo("node", ["--expose-gc", Path.Combine(AppContext.BaseDirectory, script)]);
        if (package.Length > 0)
        {
            start.ArgumentList.Add(package);
            start.Environment["NODE_PATH"] = Modules();
            if (!Directory.Exists(Path.Combine(Modules(), package)))
            {
                progress($"without npm's {package}: tools/setup.sh installs it");
                return null;
            }
        }

        try
        {
            return new EchoChild(package.Length > 0 ? package : "node", start);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            progress("without node: " + e.Message);
            return null;
        }
    }

    /// <summary>Collects garbage, then looks.</summary>
    public Memory Measure()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        var parts = Array.ConvertAll(Read().Split(' '), p => double.Parse(p, CultureInfo.InvariantCulture));
        return new Memory(parts[0], parts[1], parts[2]);
    }

    /// <summary>Bytes that one request leaves on the heap.</summary>
    /// <param name="play">Sends requests; gives how many.</param>
    public double AllocatedBy(Func<long> play) => Enumerable.Range(0, 3).Min(_ =>
    {
        // The runtime's own threads allocate now and then; what a request allocates, it allocates each time. Asking allocates as
        // well; how much is seen by asking twice.
        var first = Measure().Allocated;
        var second = Measure().Allocated;
        var requests = play();
        return Math.Max(0, Measure().Allocated - second - (second - first)) / requests;
    });

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Modules()
    {
        var folder = AppContext.BaseDirectory;
        while (folder != null && !File.Exists(Path.Combine(folder, "IoTNet.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? "", "tests", "node", "node_modules");
    }

    private string Read() =>
        _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(Name + " ended");
}
