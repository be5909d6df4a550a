using System.Buffers.Binary;

namespace IoTNet.Emulator;

/// <summary>The Internet checksum (RFC 1071) of DHCP's packets.</summary>
internal static class DhcpChecksum
{
    /// <summary>Adds bytes to a sum in ones' complement.</summary>
    internal static ushort Sum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)((bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)sum;
    }

    /// <summary>The sum of UDP's pseudo header (RFC 768).</summary>
    internal static ushort Pseudo(ReadOnlySpan<byte> packet, int length)
    {
        return Sum(packet.Slice(12, 8), 17 + (uint)length);
    }

    /// <summary>Whether a datagram's checksum is right.</summary>
    internal static bool Fits(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> datagram)
    {
        return Sum(datagram, Pseudo(packet, datagram.Length)) == 0xFFFF;
    }

    /// <summary>Writes the checksum of what was summed.</summary>
    internal static void Write(Span<byte> target, ushort sum)
    {
        // RFC 768: a sum of 0 is sent as all ones; 0 would mean none.
        BinaryPrimitives.WriteUInt16BigEndian(target, sum == 0xFFFF ? (ushort)0xFFFF : (ushort)~sum);
    }
}
