namespace IoTNet.Emulator;

/// <summary>Frames that wait for a device's own thread: a ring of fixed size, filled by many threads, emptied by one, which
/// reads them in place. Nothing is allocated for a frame.</summary>
internal sealed class FrameRing
{
    /// <summary>How many frames can wait: the windows of some twenty boards' connections.</summary>
    internal const int Capacity = 1024;

    /// <summary>The longest frame, without VLAN tags: header and 1,500 bytes.</summary>
    internal const int LongestFrame = 1514;

    private readonly object _lock = new();
    private readonly byte[] _bytes = new byte[Capacity * LongestFrame];
    private readonly int[] _lengths = new int[Capacity];
    private int _first;
    private int _count;
    private bool _asleep;

    /// <summary>Copies a frame into the ring.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="wake">Whether the reader sleeps and has to be woken.</param>
    /// <returns>False when the ring is full or the frame too long.</returns>
    internal bool Add(ReadOnlySpan<byte> frame, out bool wake)
    {
        wake = false;
        if (frame.Length > LongestFrame)
        {
            return false;
        }

        lock (_lock)
        {
            if (_count == Capacity)
            {
                return false;
            }

            int slot = (_first + _count) % Capacity;
            frame.CopyTo(_bytes.AsSpan(slot * LongestFrame));
            _lengths[slot] = frame.Length;
            _count++;
            wake = _asleep;
            _asleep = false;
            return true;
        }
    }

    /// <summary>The reader's: looks at the oldest frame, which stays where it is until <see cref="Release"/>.</summary>
    internal bool TryPeek(out ReadOnlySpan<byte> frame)
    {
        lock (_lock)
        {
            frame = _count == 0 ? default : _bytes.AsSpan(_first * LongestFrame, _lengths[_first]);
            return _count > 0;
        }
    }

    /// <summary>The reader's: gives the oldest frame's place back.</summary>
    internal void Release()
    {
        lock (_lock)
        {
            _first = (_first + 1) % Capacity;
            _count--;
        }
    }

    /// <summary>The reader's: says that it is about to sleep.</summary>
    /// <returns>False when frames wait.</returns>
    internal bool TrySleep()
    {
        lock (_lock)
        {
            _asleep = _count == 0;
            return _asleep;
        }
    }

    /// <summary>The reader's: says that it is awake.</summary>
    internal void Awake()
    {
        lock (_lock)
        {
            _asleep = false;
        }
    }
}
