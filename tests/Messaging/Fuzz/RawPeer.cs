namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>A bare stream that says whatever a test wants.</summary>
internal sealed class RawPeer
{
    private readonly byte[] _buffer = new byte[16 * 1024];

    public RawPeer(Socket socket)
    {
        Socket = socket;
        socket.ReceiveTimeout = World.PatienceMs;
        socket.SendTimeout = World.PatienceMs;
    }

    public Socket Socket { get; }

    /// <summary>Sends all bytes, or what is taken until the other side closes.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        for (int at = 0; at < copy.Length;)
        {
            int sent = Socket.TrySend(copy, at, copy.Length - at, SocketFlags.None);
            if (sent is -(int)Errno.EPIPE or -(int)Errno.ECONNRESET)
            {
                return;
            }

            Assert.IsGreaterThan(0, sent, "the other side takes nothing");
            at += sent;
        }
    }

    /// <summary>Receives so many bytes; null when the other side closes before.</summary>
    public byte[]? Read(int count)
    {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count;)
        {
            int received = Socket.TryReceive(bytes, at, count - at, SocketFlags.None);
            if (received is 0 or -(int)Errno.ECONNRESET)
            {
                return null;
            }

            Assert.IsGreaterThan(0, received, "nothing comes");
            at += received;
        }

        return bytes;
    }

    /// <summary>Receives a frame; null when the other side closes before.</summary>
    public (int Flags, byte[] Body)? ReadFrame()
    {
        byte[]? begin = Read(2);
        if (begin == null)
        {
            return null;
        }

        byte[]? rest = (begin[0] & FrameHeader.Long) != 0 ? Read(7) : [];
        byte[]? body = rest == null ? null : Read(Reference.Header([.. begin, .. rest]).Size);
        return body == null ? null : (begin[0] & ~FrameHeader.Long, body);
    }

    /// <summary>Takes what is there, without waiting. How much, or -1 at the end.</summary>
    public int Drain()
    {
        int all = 0;
        int received;
        while ((received = Socket.TryReceive(_buffer, 0, _buffer.Length, SocketFlags.DontWait)) > 0)
        {
            all += received;
        }

        return received == -(int)Errno.EAGAIN ? all : -1;
    }

    /// <summary>Waits until the other side closes.</summary>
    public void ReadToEnd()
    {
        int received;
        do
        {
            received = Socket.TryReceive(_buffer, 0, _buffer.Length, SocketFlags.None);
        }
        while (received > 0);
        Assert.IsTrue(received is 0 or -(int)Errno.ECONNRESET, "the other side does not close: " + received);
    }
}
