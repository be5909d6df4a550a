namespace IoTNet.Emulator;

/// <summary>The frames that wait for a board: a bounded ring of lwIP's packet buffers. Many threads add, the pump
/// takes.</summary>
internal sealed unsafe class FrameQueue
{
    /// <summary>How many frames can wait. More than a real board's driver has, so that the host's scheduling does not
    /// look like loss.</summary>
    internal const int Capacity = 512;

    private readonly FramePool _pool = new();
    private readonly Lock _lock = new();
    private readonly nint[] _frames = new nint[Capacity];
    private int _first;
    private int _count;
    private bool _closed;

    /// <summary>Whether no frame waits.</summary>
    internal bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Copies a frame to the end of the queue.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="wasEmpty">Whether the queue was empty before, so that the pump has to be told.</param>
    /// <returns>False when the queue is full or closed: the frame is lost.</returns>
    internal bool Add(ReadOnlySpan<byte> frame, out bool wasEmpty)
    {
        wasEmpty = false;
        lock (_lock)
        {
            if (_closed || _count == Capacity)
            {
                return false;
            }

            wasEmpty = _count == 0;
            _frames[(_first + _count) % Capacity] = (nint)_pool.Take(frame);
            _count++;
            return true;
        }
    }

    /// <summary>Takes the oldest frames; they belong to the caller now.</summary>
    /// <param name="target">Takes pointers to them (LwipPbuf*).</param>
    /// <returns>How many.</returns>
    internal int Take(Span<nint> target)
    {
        lock (_lock)
        {
            int count = Math.Min(target.Length, _count);
            for (int i = 0; i < count; i++)
            {
                target[i] = _frames[(_first + i) % Capacity];
            }

            _first = (_first + count) % Capacity;
            _count -= count;
            return count;
        }
    }

    /// <summary>Forgets what waits and takes no more.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _count = 0;
        }
    }

    /// <summary>Frees the memory of all frames; the queue is closed, and lwIP is gone.</summary>
    internal void FreeMemory()
    {
        _pool.Free();
    }
}
