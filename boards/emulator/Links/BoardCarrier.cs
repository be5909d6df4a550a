namespace IoTNet.Emulator;

/// <summary>What a life of a board sends and gets its frames through: its cable, the radio of an access point, or nothing. Cut for
/// good when the power goes; the cable itself stays.</summary>
internal sealed class BoardCarrier : IFrameWire
{
    private IFrameWire? _current;
    private bool _cut;

    /// <summary>What carries frames; null = nothing does.</summary>
    internal IFrameWire? Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> frame)
    {
        if (!Volatile.Read(ref _cut))
        {
            Current?.Send(frame);
        }
    }

    /// <inheritdoc/>
    public void Open(IFrameSink device)
    {
        // The board itself is at the other end, and passes frames on.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _cut, true);
    }
}
