namespace IoTNet.Emulator;

/// <summary>Sees every frame that enters the network, with what became of it: a capture, a trace.</summary>
public interface IFrameObserver
{
    /// <summary>Takes note of a frame. Called on the sender's thread, several at once; it must not block for long, must not
    /// throw and must copy what it keeps.</summary>
    /// <param name="port">The name of the port that the frame came in at.</param>
    /// <param name="time">When, on the clock of the network.</param>
    /// <param name="fate">What the sender's cable did to it.</param>
    /// <param name="frame">The frame as it went on (a corrupted one with its turned bit).</param>
    void Observe(string port, DateTimeOffset time, FrameFate fate, ReadOnlySpan<byte> frame);
}
