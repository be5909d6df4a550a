namespace IoTNet.Emulator;

/// <summary>A test on a <see cref="TestNetwork"/> has failed: the text says what went wrong, on which board, the seed, and
/// where the capture is.</summary>
public sealed class TestNetworkException : Exception
{
    internal TestNetworkException(string message, Exception? cause)
        : base(message, cause)
    {
    }

    /// <summary>The seed; given as IOTNET_SEED, the next run meets the same faults.</summary>
    public int Seed { get; internal init; }

    /// <summary>The capture (pcapng, for Wireshark); null when there is none.</summary>
    public string? CapturePath { get; internal init; }

    /// <summary>What went wrong, and each frame in a line; null when there is none.</summary>
    public string? TracePath { get; internal init; }
}
