using System.Buffers.Binary;

namespace IoTNet.Emulator;

/// <summary>
/// Makes a board's TCP as small as its firmware's: lwIP's desktop build offers its own segment size, window and window
/// scaling when a connection is made, and this changes the offers (MSS, window, no scaling) in the SYN segments that leave
/// and arrive, as routers clamp the MSS. Also tells which frames ask for a connection.
/// </summary>
internal static class SegmentShaper
{
    private const int EthernetHeader = 14, TypeIp4 = 0x0800, TypeIp6 = 0x86DD, Ip6Header = 40, ProtocolTcp = 6;
    private const byte FlagSyn = 0x02, FlagAck = 0x10;
    private const int PortOffset = 2, FlagsOffset = 13, WindowOffset = 14, ChecksumOffset = 16, MinimumHeader = 20;
    private const byte OptionEnd = 0, OptionNone = 1, OptionMss = 2, OptionWindowScale = 3, MssLength = 4;

    /// <summary>Finds the TCP header of a SYN segment in an Ethernet frame of any content.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>The segment's header; empty when the frame is something else or cut short.</returns>
    internal static Span<byte> FindSyn(Span<byte> frame)
    {
        return frame.Length > EthernetHeader && BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) is TypeIp4 or TypeIp6
            ? FindSynInPacket(frame[EthernetHeader..]) : default;
    }

    /// <summary>Finds the TCP header of a SYN segment in an IP packet of any content.</summary>
    /// <param name="packet">The packet.</param>
    /// <returns>The segment's header; empty when the packet is something else or cut short. Extension headers of IPv6 are
    /// not followed: nobody puts them before a SYN.</returns>
    internal static Span<byte> FindSynInPacket(Span<byte> packet)
    {
        if (packet.Length < 20 + MinimumHeader)
        {
            return default;
        }

        int headerLength;
        switch (packet[0] >> 4)
        {
            case 4 when packet[9] == ProtocolTcp && (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x1FFF) == 0:
                headerLength = (packet[0] & 0x0F) * 4;
                break;
            case 6 when packet[6] == ProtocolTcp:
                headerLength = Ip6Header;
                break;
            default:
                return default;
        }

        if (packet.Length < headerLength + MinimumHeader)
        {
            return default;
        }

        Span<byte> segment = packet[headerLength..];
        int optionsEnd = (segment[12] >> 4) * 4;
        return (segment[FlagsOffset] & FlagSyn) != 0 && optionsEnd >= MinimumHeader && optionsEnd <= segment.Length
            ? segment[..optionsEnd] : default;
    }

    /// <summary>Whether a SYN segment asks for a new connection (and does not answer one).</summary>
    internal static bool IsRequest(ReadOnlySpan<byte> syn)
    {
        return (syn[FlagsOffset] & FlagAck) == 0;
    }

    /// <summary>The port that a SYN segment goes to.</summary>
    internal static ushort DestinationPort(ReadOnlySpan<byte> syn)
    {
        return BinaryPrimitives.ReadUInt16BigEndian(syn[PortOffset..]);
    }

    /// <summary>Changes the offers of a SYN segment.</summary>
    /// <param name="syn">The segment's header.</param>
    /// <param name="maximumSegment">The largest MSS to let through.</param>
    /// <param name="window">The largest window to let through; 65,535 leaves it alone.</param>
    internal static void Shape(Span<byte> syn, int maximumSegment, int window)
    {
        Lower(syn, WindowOffset, window);
        int at = NextOption(syn, MinimumHeader);
        while (at > 0)
        {
            int next = at + syn[at + 1];
            if (syn[at] == OptionMss && syn[at + 1] == MssLength)
            {
                Lower(syn, at + 2, maximumSegment);
            }
            else if (syn[at] == OptionWindowScale)
            {
                Erase(syn, at);
            }

            at = NextOption(syn, next);
        }
    }

    /// <summary>Takes the MSS options out of a segment that is not a SYN.</summary>
    /// <param name="header">The segment's header.</param>
    internal static void EraseMssWithoutSyn(Span<byte> header)
    {
        if ((header[FlagsOffset] & FlagSyn) != 0)
        {
            return;
        }

        int at = NextOption(header, MinimumHeader);
        while (at > 0)
        {
            int next = at + header[at + 1];
            if (header[at] == OptionMss)
            {
                Erase(header, at);
            }

            at = NextOption(header, next);
        }
    }

    // The first option from a place on that has a length and fits; -1 when there is none.
    private static int NextOption(ReadOnlySpan<byte> header, int at)
    {
        while (at < header.Length && header[at] == OptionNone)
        {
            at++;
        }

        bool fits = at + 1 < header.Length && header[at] != OptionEnd && header[at + 1] >= 2 && at + header[at + 1] <= header.Length;
        return fits ? at : -1;
    }

    private static void Erase(Span<byte> header, int at)
    {
        int end = at + header[at + 1];
        for (int i = at; i < end; i++)
        {
            SetByte(header, i, OptionNone);
        }
    }

    private static void Lower(Span<byte> segment, int offset, int limit)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(segment[offset..]) > limit)
        {
            SetByte(segment, offset, (byte)(limit >> 8));
            SetByte(segment, offset + 1, (byte)limit);
        }
    }

    // RFC 1624 3: HC' = ~(~HC + ~m + m'), on the 16-bit word that the byte belongs to.
    private static void SetByte(Span<byte> segment, int offset, byte value)
    {
        int word = offset & ~1;
        uint before = BinaryPrimitives.ReadUInt16BigEndian(segment[word..]);
        segment[offset] = value;
        uint after = BinaryPrimitives.ReadUInt16BigEndian(segment[word..]);
        uint sum = (ushort)~BinaryPrimitives.ReadUInt16BigEndian(segment[ChecksumOffset..]) + (uint)(ushort)~before + after;
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(segment[ChecksumOffset..], (ushort)~sum);
    }
}
