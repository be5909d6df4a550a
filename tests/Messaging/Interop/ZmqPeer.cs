using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IoTNet.Tests.Messaging.Interop;

/// <summary>One process with libzmq (Debian's python3-zmq) and its sockets; asked over its pipes, one question at a time.</summary>
internal sealed class ZmqPeer : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ZmqPeer(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts one; the test is inconclusive on a machine without python3 or its zmq module.</summary>
    public static ZmqPeer Start()
    {
        var start = new ProcessStartInfo(Python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Interop", "zmq_peer.py"));
        ZmqPeer peer;
        try
        {
            peer = new ZmqPeer(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new AssertInconclusiveException(Python + " cannot be started: " + e.Message);
        }

        if (peer.Answer()["missing"] is JsonNode missing)
        {
            peer.Dispose();
            throw new AssertInconclusiveException("python3-zmq is missing: " + missing);
        }

        return peer;
    }

    /// <summary>Opens a socket of a type as libzmq names it; options are numbers and texts.</summary>
    public ZmqSocket Open(string type, string identity = "", params (string Name, object Value)[] options)
    {
        JsonObject values = [];
        foreach ((string name, object value) in options)
        {
            values[name] = JsonSerializer.SerializeToNode(value);
        }

        JsonNode id = Ask("open", new { type, options = values, identity = Convert.ToBase64String(Encoding.UTF8.GetBytes(identity)) })!;
        return new ZmqSocket(this, type, (int)id);
    }

    /// <summary>Calls a method of the program's Peer and waits for its result.</summary>
    public JsonNode? Ask(string method, object arguments)
    {
        JsonObject call = JsonSerializer.SerializeToNode(arguments)!.AsObject();
        call["call"] = method;
        _process.StandardInput.Write(call.ToJsonString() + "\n");
        _process.StandardInput.Flush();
        JsonObject answer = Answer();
        return answer["error"] is JsonNode error ? throw new AssertFailedException("libzmq, " + method + ": " + error) : answer["result"];
    }

    /// <summary>Lets it end without a word to its peers' sockets but what its kernel says.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Stops it, as a machine that hangs: its connections stay, and it says nothing.</summary>
    public void Freeze()
    {
        using Process kill = Process.Start("kill", ["-STOP", "" + _process.Id]);
        kill.WaitForExit();
        Assert.AreEqual(0, kill.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private JsonObject Answer()
    {
        string line = _process.StandardOutput.ReadLine() ?? throw new AssertFailedException("python3 ended: " + _errors.Result);
        return JsonNode.Parse(line)!.AsObject();
    }
}
