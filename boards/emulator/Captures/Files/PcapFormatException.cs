namespace IoTNet.Emulator;

/// <summary>What was read is no capture file, or is damaged; the text says what was expected, what came, and where.</summary>
public sealed class PcapFormatException : FormatException
{
    internal PcapFormatException(long offset, string text)
        : base($"{text} (at byte {offset})")
    {
        Offset = offset;
    }

    /// <summary>Where in the file, in bytes from its start.</summary>
    public long Offset { get; }
}
