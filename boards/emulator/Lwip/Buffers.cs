namespace IoTNet.Emulator;

/// <summary>Where a transfer's bytes are: one array's part, or a message's buffers. No allocation, and no pinning while a
/// call waits.</summary>
internal readonly struct Buffers
{
    private readonly byte[]? _single;
    private readonly SocketMessage? _message;
    private readonly int _offset;
    private readonly int _skip;

    internal Buffers(byte[] buffer, int offset, int count)
    {
        _single = buffer;
        _offset = offset;
        TotalBytes = count;
    }

    internal Buffers(SocketMessage message)
    {
        _message = message;
        TotalBytes = message.TotalBytes;
    }

    private Buffers(in Buffers other, int skip)
    {
        this = other;
        _skip = other._skip + skip;
        TotalBytes = other.TotalBytes - skip;
    }

    /// <summary>How many bytes all parts have.</summary>
    internal int TotalBytes { get; }

    /// <summary>How many parts there are.</summary>
    internal int Count => _message == null ? 1 : _message.BufferCount;

    /// <summary>One part.</summary>
    internal Span<byte> this[int index]
    {
        get
        {
            if (_message == null)
            {
                return new Span<byte>(_single, _offset + _skip, TotalBytes);
            }

            int before = 0;
            for (int i = 0; i < index; i++)
            {
                _ = _message.GetBuffer(i, out _, out int other);
                before += other;
            }

            byte[] buffer = _message.GetBuffer(index, out int offset, out int count);
            int skip = Math.Clamp(_skip - before, 0, count);
            return new Span<byte>(buffer, offset + skip, count - skip);
        }
    }

    /// <summary>What comes after the first bytes.</summary>
    /// <param name="bytes">How many to leave out.</param>
    internal Buffers From(int bytes)
    {
        return new Buffers(this, bytes);
    }
}
