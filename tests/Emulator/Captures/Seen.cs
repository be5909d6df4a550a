namespace IoTNet.Emulator.Tests;

/// <summary>What a switch says of a frame.</summary>
internal static class Seen
{
    /// <summary>It came in at a port.</summary>
    public static FrameObservation In(string port, DateTimeOffset time, FrameFate fate = FrameFate.Passed) =>
        new(port, time, FrameDirection.FromDevice, fate);

    /// <summary>It did not simply get out to a port's device.</summary>
    public static FrameObservation Out(string port, DateTimeOffset time, FrameFate fate) => new(port, time, FrameDirection.ToDevice, fate);
}
