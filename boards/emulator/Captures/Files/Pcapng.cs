// draft-ietf-opsawg-pcapng: PCAP Next Generation (pcapng) Capture File Format.
namespace IoTNet.Emulator;

/// <summary>The numbers of capture files, named once.</summary>
internal static class Pcapng
{
    public const uint SectionHeader = 0x0A0D0D0A;
    public const uint InterfaceDescription = 1;
    public const uint OldPacket = 2;
    public const uint SimplePacket = 3;
    public const uint EnhancedPacket = 6;

    public const uint ByteOrderMagic = 0x1A2B3C4D;

    public const int OptionEnd = 0;
    public const int OptionComment = 1;
    public const int OptionPacketFlags = 2;
    public const int OptionSectionApplication = 4;
    public const int OptionInterfaceName = 2;
    public const int OptionInterfaceResolution = 9;
    public const int OptionInterfaceOffset = 14;

    // epb_flags, bits 0 and 1 (draft section 4.3.1).
    public const uint DirectionMask = 3;
    public const uint Inbound = 1;
    public const uint Outbound = 2;

    /// <summary>Type and length in front, the length again at the end.</summary>
    public const int BlockOverhead = 12;

    /// <summary>Blocks longer than this are refused: no writer makes them, and garbage does.</summary>
    public const int LongestBlock = 16 * 1024 * 1024;

    // The classic format: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcap
    public const uint ClassicMicroseconds = 0xA1B2C3D4;
    public const uint ClassicNanoseconds = 0xA1B23C4D;
    public const int ClassicHeader = 24;
    public const int ClassicRecord = 16;

    public static int Padded(int length) => (length + 3) & ~3;
}
