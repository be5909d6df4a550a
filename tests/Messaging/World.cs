using IoTNet.Boards;

namespace IoTNet.Tests.Messaging;

/// <summary>A context on this machine's network, its sockets, and endpoints of each transport; all closed at the end.</summary>
internal sealed class World : IDisposable
{
    /// <summary>How long anything may take before a test fails; nothing waits for it to be over.</summary>
    public const int PatienceMs = 20_000;

    private static int s_names;

    public World() => Context = new MessageContext(new NetworkStack(new SystemNetStack(), new UnixStack()));

    /// <summary>Endpoints to bind, one for each transport.</summary>
    public static IEnumerable<object[]> Transports => [["inproc"], ["tcp"], ["ipc"]];

    public MessageContext Context { get; }

    public static string Endpoint(string transport) => transport switch
    {
        "inproc" => "inproc://test-" + Interlocked.Increment(ref s_names),
        "tcp" => "tcp://127.0.0.1:*",
        _ => $"ipc://@iotnet-test-{Environment.ProcessId}-{Interlocked.Increment(ref s_names)}",
    };

    public MessageSocket Open(MessageSocketType type, Action<MessageSocketOptions>? set = null)
    {
        MessageSocket socket = new(Context, type);
        socket.Options.SendTimeoutMs = PatienceMs;
        socket.Options.ReceiveTimeoutMs = PatienceMs;
        socket.Options.LingerMs = 0;
        set?.Invoke(socket.Options);
        return socket;
    }

    /// <summary>Two sockets, the first one bound, the second one connected to it.</summary>
    public (MessageSocket Bound, MessageSocket Connected) Join(string transport, MessageSocketType bound, MessageSocketType connected)
    {
        MessageSocket one = Open(bound);
        MessageSocket other = Open(connected);
        one.Bind(Endpoint(transport));
        other.Connect(one.LastEndpoint);
        return (one, other);
    }

    public void Dispose() => Context.Close();
}
