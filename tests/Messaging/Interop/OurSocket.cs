namespace IoTNet.Tests.Messaging.Interop;

/// <summary>A socket of ours.</summary>
internal sealed class OurSocket : IEnd
{
    private const int TryMs = 10;

    public OurSocket(World world, string type, string identity = "", Action<MessageSocketOptions>? set = null)
    {
        Type = type;
        Socket = world.Open(Enum.Parse<MessageSocketType>(type, true), options =>
        {
            options.Identity = IEnd.Bytes(identity);
            options.RouterMandatory = true;
            options.ReconnectMs = 50;
            options.ReconnectMaxMs = 200;
            set?.Invoke(options);
        });
    }

    public MessageSocket Socket { get; }

    public string Type { get; }

    public string Bind(string endpoint)
    {
        Socket.Bind(endpoint);
        return Socket.LastEndpoint;
    }

    public void Connect(string endpoint) => Socket.Connect(endpoint);

    public void Subscribe(string prefix, bool add)
    {
        if (add)
        {
            Socket.Subscribe(prefix);
        }
        else
        {
            Socket.Unsubscribe(IEnd.Bytes(prefix));
        }
    }

    public void Send(params byte[][] frames)
    {
        long endMs = Environment.TickCount64 + World.PatienceMs;
        byte[] first = frames[0];
        int result = Socket.TrySend(first, 0, first.Length, frames.Length > 1, World.PatienceMs);
        while (result == -(int)Errno.EHOSTUNREACH && Environment.TickCount64 < endMs)
        {
            Thread.Sleep(TryMs);
            result = Socket.TrySend(first, 0, first.Length, frames.Length > 1, World.PatienceMs);
        }

        Assert.AreEqual(0, result, "our " + Type + " does not send");
        if (frames.Length > 1)
        {
            Socket.Send(frames[1..]);
        }
    }

    public byte[][]? TryReceive(int timeoutMs)
    {
        // A frame that is there does not fit, and stays.
        return Socket.TryReceive([], 0, 0, out bool more, timeoutMs) switch
        {
            -(int)Errno.EMSGSIZE => Socket.ReceiveFrames(),
            0 => more ? [[], .. Socket.ReceiveFrames()] : [[]],
            -(int)Errno.EAGAIN => null,
            int error => throw new AssertFailedException("our " + Type + " does not receive: " + error),
        };
    }
}
