using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace IoTNet.Bench;

/// <summary>The program zmq_peer.c, compiled into a folder that goes with this object.</summary>
internal sealed class ZmqPeer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotnet-bench-");

    private ZmqPeer()
    {
    }

    private string Program => Path.Combine(_folder.FullName, "zmq_peer");

    /// <summary>Compiles it.</summary>
    /// <param name="problem">What is missing, for people.</param>
    /// <returns>Null when something is.</returns>
    public static ZmqPeer? Compile(out string problem)
    {
        var peer = new ZmqPeer();
        problem = peer.RunCompiler();
        if (problem.Length == 0)
        {
            return peer;
        }

        peer.Dispose();
        return null;
    }

    /// <summary>Starts it, on the processors of the calling thread.</summary>
    public Process Start(MessageShape shape)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(shape.IsStream ? "stream" : "echo");
        start.ArgumentList.Add(((int)shape.Near).ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(((int)shape.Far).ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(shape.Endpoint);
        start.ArgumentList.Add(shape.Bytes.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string RunCompiler()
    {
        var start = new ProcessStartInfo("gcc") { RedirectStandardError = true };
        start.ArgumentList.Add("-O2");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Messaging", "zmq_peer.c"));
        start.ArgumentList.Add("-o");
        start.ArgumentList.Add(Program);
        start.ArgumentList.Add("-l:libzmq.so.5");
        start.ArgumentList.Add("-lpthread");
        try
        {
            using var compiler = Process.Start(start)!;
            var errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? "" : "libzmq.so.5 is needed (apt-get install libzmq5); gcc says:\n" + errors.Trim();
        }
        catch (Win32Exception e)
        {
            return "gcc is needed (apt-get install gcc libc6-dev libzmq5): " + e.Message;
        }
    }
}
