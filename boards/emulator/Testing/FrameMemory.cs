namespace IoTNet.Emulator;

/// <summary>Keeps the last frames of a network in memory, for when a capture is wanted afterwards.</summary>
/// <param name="capacityBytes">How much memory they may take; older frames are forgotten.</param>
internal sealed class FrameMemory(int capacityBytes) : IFrameObserver
{
    /// <summary>What a frame takes beside its bytes: the array's header and the entry in the queue.</summary>
    private const int FrameOverhead = 24 + 48;

    private readonly Queue<Frame> _frames = new();
    private long _bytes;

    /// <summary>The frames that were there and are no more.</summary>
    internal long Forgotten { get; private set; }

    /// <inheritdoc/>
    public void Observe(in FrameObservation seen, ReadOnlySpan<byte> frame)
    {
        Frame copy = new(seen, frame.ToArray());
        lock (_frames)
        {
            _frames.Enqueue(copy);
            _bytes += frame.Length + FrameOverhead;
            while (_bytes > capacityBytes)
            {
                _bytes -= _frames.Dequeue().Bytes.Length + FrameOverhead;
                Forgotten++;
            }
        }
    }

    /// <summary>Shows the frames to an observer as if they came now, with their own times.</summary>
    /// <param name="observer">A capture, a trace.</param>
    internal void Replay(IFrameObserver observer)
    {
        lock (_frames)
        {
            foreach (Frame frame in _frames)
            {
                observer.Observe(frame.Seen, frame.Bytes);
            }
        }
    }

    private readonly record struct Frame(FrameObservation Seen, byte[] Bytes);
}
