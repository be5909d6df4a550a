using System.Buffers.Binary;

namespace IoTNet.Emulator;

/// <summary>
/// Reads an Ethernet frame: ARP, IPv4, IPv6 with its extension headers, ICMP, ICMPv6, IGMP, UDP, TCP. It takes any bytes,
/// never throws and allocates nothing; what is cut or cannot be is told in <see cref="DecodedFrame.Problem"/>.
/// </summary>
public static partial class FrameDecoder
{
    private const int MostVlanTags = 2;

    /// <summary>Reads a frame.</summary>
    /// <param name="frame">The frame from its destination address on, without check sequence.</param>
    /// <returns>What it says, as far as it can be read.</returns>
    public static DecodedFrame Decode(ReadOnlySpan<byte> frame)
    {
        DecodedFrame decoded = new() { Vlan = -1, MaxSegment = -1, WindowScale = -1, Payload = frame, PayloadLength = frame.Length };
        if (frame.Length < VirtualSwitch.HeaderBytes)
        {
            decoded.Problem = "cut within the Ethernet header";
            return decoded;
        }

        decoded.HardwareDestination = FrameAddress.From(frame[..6]);
        decoded.HardwareSource = FrameAddress.From(frame.Slice(6, 6));
        int type = U16(frame, 12);
        ReadOnlySpan<byte> rest = frame[14..];
        for (int tags = 0; type is 0x8100 or 0x88A8 && tags < MostVlanTags; tags++)
        {
            if (rest.Length < 4)
            {
                decoded.Problem = "cut within the VLAN tag";
                break;
            }

            decoded.Vlan = U16(rest, 0) & 0xFFF;
            type = U16(rest, 2);
            rest = rest[4..];
        }

        decoded.EtherType = type;
        SetPayload(ref decoded, rest, rest.Length);
        switch (type)
        {
            case 0x0800:
                DecodeIPv4(ref decoded, rest);
                break;
            case 0x86DD:
                DecodeIPv6(ref decoded, rest);
                break;
            case 0x0806:
                DecodeArp(ref decoded, rest);
                break;
        }

        return decoded;
    }

    // RFC 826; only Ethernet with IPv4 exists in practice.
    private static void DecodeArp(ref DecodedFrame decoded, ReadOnlySpan<byte> arp)
    {
        decoded.Protocol = FrameProtocol.Arp;
        if (arp.Length < 28)
        {
            decoded.Problem = "cut within the ARP packet";
            return;
        }

        if (U16(arp, 0) != 1 || U16(arp, 2) != 0x0800 || arp[4] != 6 || arp[5] != 4)
        {
            decoded.Problem = "ARP for other than Ethernet and IPv4";
            return;
        }

        decoded.Type = U16(arp, 6);
        decoded.Target = FrameAddress.From(arp.Slice(8, 6));
        decoded.Source = FrameAddress.From(arp.Slice(14, 4));
        decoded.Destination = FrameAddress.From(arp.Slice(24, 4));
        SetPayload(ref decoded, default, 0);
    }

    private static void SetPayload(ref DecodedFrame decoded, ReadOnlySpan<byte> payload, int length)
    {
        decoded.Payload = payload[..Math.Min(length, payload.Length)];
        decoded.PayloadLength = length;
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
