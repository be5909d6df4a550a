namespace IoTNet.Emulator;

/// <summary>Where and when an observer sees a frame, and what becomes of it there.</summary>
/// <param name="Port">The port's name: the one that it came in at, or the one that it was going to.</param>
/// <param name="Time">When, on the clock of the network.</param>
/// <param name="Direction">Whether it came from the port's device or was going to it.</param>
/// <param name="Fate">What became of it there.</param>
public readonly record struct FrameObservation(string Port, DateTimeOffset Time, FrameDirection Direction, FrameFate Fate);
