namespace IoTNet.Emulator;

/// <summary>Sees the frames of a network, with what became of them: a capture, a trace.</summary>
/// <remarks>Each frame is shown once as it comes in (<see cref="FrameDirection.FromDevice"/>), with what the sender's cable did
/// to it. It is shown again (<see cref="FrameDirection.ToDevice"/>) for each device that does not simply get it: lost,
/// changed, doubled or held back on that device's cable, or dropped before it by a partition. So a frame that is not
/// shown again reached all whom the switch gave it to.</remarks>
public interface IFrameObserver
{
    /// <summary>Takes note of a frame. Called on the thread that sends or delivers it, several at once; it must not block for
    /// long, must not throw and must copy what it keeps.</summary>
    /// <param name="seen">Where and when, and what became of it there.</param>
    /// <param name="frame">The frame as it went on (a corrupted one with its turned bit).</param>
    void Observe(in FrameObservation seen, ReadOnlySpan<byte> frame);
}
