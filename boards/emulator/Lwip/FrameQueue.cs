namespace IoTNet.Emulator;

/// <summary>The frames that wait for a board: a bounded ring of lwIP's packet buffers. Many threads add, the pump
/// takes.</summary>
internal sealed unsafe class FrameQueue
{
    /// <summary>How many frames can wait. More than a real board's driver has, so that the host's scheduling does not
    /// look like loss.</summary>
    internal const int Capacity = 512;

    private readonly LwipLibrary _library;
    private readonly object _lock = new();
    private readonly nint[] _frames = new nint[Capacity];
    private int _first;
    private int _count;
    private bool _closed;

    internal FrameQueue(LwipLibrary library)
    {
        _library = library;
    }

    /// <summary>Whether no frame waits.</summary>
    internal bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Copies a frame to the end of the queue.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="wasEmpty">Whether the queue was empty before, so that the pump has to be told.</param>
    /// <returns>False when the queue is full or closed, or memory is short: the frame is lost.</returns>
    internal bool Add(ReadOnlySpan<byte> frame, out bool wasEmpty)
    {
        wasEmpty = false;
        lock (_lock)
        {
            if (_closed || _count == Capacity)
            {
                return false;
            }

            LwipPbuf* buffer = _library.PbufAlloc(LwipPbuf.LayerRaw, (ushort)frame.Length, LwipPbuf.TypeRam);
            if (buffer == null)
            {
                return false;
            }

            frame.CopyTo(new Span<byte>(buffer->Payload, buffer->Length));
            wasEmpty = _count == 0;
            _frames[(_first + _count) % Capacity] = (nint)buffer;
            _count++;
            return true;
        }
    }

    /// <summary>Takes the oldest frame; it belongs to the caller now.</summary>
    /// <returns>The frame, or null.</returns>
    internal LwipPbuf* Take()
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                return null;
            }

            LwipPbuf* buffer = (LwipPbuf*)_frames[_first];
            _first = (_first + 1) % Capacity;
            _count--;
            return buffer;
        }
    }

    /// <summary>Frees what waits and takes no more: after this no thread is inside the library on the queue's behalf.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _closed = true;
            while (_count > 0)
            {
                _ = _library.PbufFree(Take());
            }
        }
    }
}
