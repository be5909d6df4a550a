namespace IoTNet.Emulator;

/// <summary>A frame of a capture file.</summary>
/// <param name="Port">The name of the interface that it was captured at; empty when the file gives none.</param>
/// <param name="Time">When, to 100 ns.</param>
/// <param name="Direction">ToDevice when <see cref="PcapWriter"/> noted what became of it on its way out to the port.</param>
/// <param name="Fate">What became of it at the port, as PcapWriter noted it; Passed without a note.</param>
/// <param name="Data">The bytes that were kept.</param>
/// <param name="Length">The bytes that it had.</param>
/// <param name="LinkType">How it begins: 1 is Ethernet (the LINKTYPE_ numbers of pcap).</param>
public readonly record struct CapturedFrame(
    string Port, DateTimeOffset Time, FrameDirection Direction, FrameFate Fate, ReadOnlyMemory<byte> Data, int Length, int LinkType)
{
    /// <summary>LINKTYPE_ETHERNET.</summary>
    public const int Ethernet = 1;

    /// <summary>The frame as an observer of the network was shown it.</summary>
    public FrameObservation Observation => new(Port, Time, Direction, Fate);
}
