using System.Buffers.Binary;

namespace IoTNet.Emulator.Tests;

/// <summary>Puts the checksums of a frame right, as far as its headers can be followed: what a test changed in a frame then
/// reaches the code behind the checks. Any bytes will do.</summary>
internal static class Checksums
{
    private const int EthernetHeader = 14;

    /// <summary>The Internet checksum (RFC 1071) of bytes, ready to be stored.</summary>
    /// <param name="bytes">The bytes; an odd one at the end counts as high byte.</param>
    /// <param name="start">What to begin with.</param>
    internal static ushort Of(ReadOnlySpan<byte> bytes, uint start = 0)
    {
        ulong sum = start;
        for (int i = 0; i + 1 < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        sum += (bytes.Length & 1) != 0 ? (uint)bytes[^1] << 8 : 0;
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    /// <summary>Puts right what can be found in an Ethernet frame.</summary>
    internal static void Repair(Span<byte> frame)
    {
        if (frame.Length < EthernetHeader + 20)
        {
            return;
        }

        Span<byte> packet = frame[EthernetHeader..];
        switch (BinaryPrimitives.ReadUInt16BigEndian(frame[12..]))
        {
            case 0x0800:
                Repair4(packet);
                break;
            case 0x86DD when packet.Length >= 40:
                Repair6(packet);
                break;
        }
    }

    private static void Repair4(Span<byte> packet)
    {
        int header = (packet[0] & 15) * 4;
        int end = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(packet[2..]), packet.Length);
        if (header < 20 || header > end)
        {
            return;
        }

        packet[10] = packet[11] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Of(packet[..header]));
        bool fragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3FFF) != 0;
        if (!fragment)
        {
            RepairTransport(packet[header..end], packet[9], packet.Slice(12, 8));
        }
    }

    private static void Repair6(Span<byte> packet)
    {
        int at = 40, end = Math.Min(40 + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]), packet.Length);
        byte next = packet[6];

        // RFC 8200 4: hop-by-hop, routing and destination options carry their length in units of 8 bytes, less one.
        while (next is 0 or 43 or 60 && at + 8 <= end)
        {
            next = packet[at];
            at += (packet[at + 1] + 1) * 8;
        }

        if (at <= end)
        {
            RepairTransport(packet[at..end], next, packet.Slice(8, 32));
        }
    }

    private static void RepairTransport(Span<byte> segment, byte protocol, ReadOnlySpan<byte> addresses)
    {
        int offset = protocol switch { 1 or 2 or 58 => 2, 6 => 16, 17 or 136 => 6, _ => -1 };
        if (offset < 0 || segment.Length < offset + 2)
        {
            return;
        }

        uint pseudo = 0;
        if (protocol > 2)
        {
            pseudo = (ushort)~Of(addresses) + (uint)protocol + (uint)segment.Length;
        }

        BinaryPrimitives.WriteUInt16BigEndian(segment[offset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(segment[offset..], Of(segment, pseudo));
    }
}
