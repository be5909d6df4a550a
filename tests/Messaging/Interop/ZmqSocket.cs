using System.Text.Json.Nodes;

namespace IoTNet.Tests.Messaging.Interop;

/// <summary>A socket of libzmq's.</summary>
internal sealed class ZmqSocket(ZmqPeer peer, string type, int id) : IEnd
{
    public string Type => type;

    public string Bind(string endpoint) => (string)peer.Ask("bind", new { id, endpoint })!;

    public void Connect(string endpoint) => peer.Ask("connect", new { id, endpoint });

    public void Subscribe(string prefix, bool add) =>
        peer.Ask("subscribe", new { id, prefix = Convert.ToBase64String(IEnd.Bytes(prefix)), add });

    public void Send(params byte[][] frames) => peer.Ask("send", new { id, frames = frames.Select(Convert.ToBase64String).ToArray() });

    /// <summary>False: there is nobody to send to.</summary>
    public bool TrySend(params byte[][] frames) =>
        (bool)peer.Ask("try_send", new { id, frames = frames.Select(Convert.ToBase64String).ToArray() })!;

    public byte[][]? TryReceive(int timeoutMs) =>
        peer.Ask("receive", new { id, ms = timeoutMs })?.AsArray().Select(f => Convert.FromBase64String((string)f!)).ToArray();

    /// <summary>Sends the numbers from 0.</summary>
    public Task SendMany(int count) => Task.Run(() => peer.Ask("send_many", new { id, count }));

    /// <summary>Receives the numbers from 0; how many came in order.</summary>
    public Task<int> ReceiveMany(int count) => Task.Run(() => (int)peer.Ask("receive_many", new { id, count })!);

    /// <summary>Sends back what comes.</summary>
    public Task Echo(int count) => Task.Run(() => peer.Ask("echo", new { id, count }));

    /// <summary>Asks, and compares the answers with the questions; how many were the same.</summary>
    public Task<int> AskMany(int count) => Task.Run(() => (int)peer.Ask("ask", new { id, count })!);

    /// <summary>Waits for one of libzmq's events of the socket's connections; null when none comes in time.</summary>
    public string? Event(int timeoutMs, params string[] names)
    {
        JsonNode? name = peer.Ask("event", new { id, names, ms = timeoutMs });
        return (string?)name;
    }
}
