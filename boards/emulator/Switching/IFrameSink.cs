namespace IoTNet.Emulator;

/// <summary>What takes Ethernet frames: a board's interface, the switch's port, a gateway, a tap, a capture.</summary>
public interface IFrameSink
{
    /// <summary>Takes one frame: destination, source, type and payload, without preamble and check sequence. Called on any
    /// thread, several at once. It must not block, must not throw, and must copy what it keeps: the bytes are the
    /// caller's again when it returns.</summary>
    /// <param name="frame">The frame.</param>
    void Deliver(ReadOnlySpan<byte> frame);
}
