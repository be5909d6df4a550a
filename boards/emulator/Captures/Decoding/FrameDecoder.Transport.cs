namespace IoTNet.Emulator;

/// <summary>What IP carries.</summary>
public static partial class FrameDecoder
{
    // RFC 768
    private static void DecodeUdp(ref DecodedFrame decoded, ReadOnlySpan<byte> udp, int length)
    {
        decoded.Protocol = FrameProtocol.Udp;
        if (udp.Length < 8)
        {
            decoded.Problem = "cut within the UDP header";
            return;
        }

        decoded.SourcePort = U16(udp, 0);
        decoded.DestinationPort = U16(udp, 2);
        int said = U16(udp, 4);
        if (said < 8 || (said > length && !decoded.IsFragment))
        {
            decoded.Problem = "a UDP length that cannot be";
            said = length;
        }

        // Of a datagram in pieces the first one has less than UDP says.
        SetPayload(ref decoded, udp[8..], Math.Min(said, length) - 8);
    }

    // RFC 9293 3.1
    private static void DecodeTcp(ref DecodedFrame decoded, ReadOnlySpan<byte> tcp, int length)
    {
        decoded.Protocol = FrameProtocol.Tcp;
        if (tcp.Length < 20)
        {
            decoded.Problem = "cut within the TCP header";
            return;
        }

        decoded.SourcePort = U16(tcp, 0);
        decoded.DestinationPort = U16(tcp, 2);
        decoded.Sequence = U32(tcp, 4);
        decoded.Acknowledgment = U32(tcp, 8);
        decoded.Flags = (TcpFlags)tcp[13];
        decoded.Window = U16(tcp, 14);
        int header = (tcp[12] >> 4) * 4;
        if (header < 20 || header > length)
        {
            decoded.Problem = "a TCP header length that cannot be";
            SetPayload(ref decoded, default, 0);
            return;
        }

        ReadTcpOptions(ref decoded, tcp[20..Math.Min(header, tcp.Length)]);
        SetPayload(ref decoded, tcp[Math.Min(header, tcp.Length)..], length - header);
    }

    private static void ReadTcpOptions(ref DecodedFrame decoded, ReadOnlySpan<byte> options)
    {
        while (options.Length > 0 && options[0] != 0)
        {
            // Kind 1 has no length; all others have one that counts itself.
            int size = options[0] == 1 ? 1 : options.Length < 2 ? 0 : options[1];
            if (size == 0 || size > options.Length || (options[0] != 1 && size < 2))
            {
                decoded.Problem ??= "TCP options that cannot be";
                return;
            }

            if (options[0] == 2 && size == 4)
            {
                decoded.MaxSegment = U16(options, 2);
            }
            else if (options[0] == 3 && size == 3)
            {
                decoded.WindowScale = options[2];
            }

            options = options[size..];
        }
    }

    // RFC 792
    private static void DecodeIcmp(ref DecodedFrame decoded, ReadOnlySpan<byte> icmp, int length)
    {
        decoded.Protocol = FrameProtocol.Icmp;
        if (icmp.Length < 8)
        {
            decoded.Problem = "cut within the ICMP header";
            return;
        }

        ReadIcmpHeader(ref decoded, icmp, length, echo: icmp[0] is 0 or 8);
    }

    // RFC 4443, 4861, 2710
    private static void DecodeIcmpV6(ref DecodedFrame decoded, ReadOnlySpan<byte> icmp, int length)
    {
        decoded.Protocol = FrameProtocol.IcmpV6;
        if (icmp.Length < 8)
        {
            decoded.Problem = "cut within the ICMPv6 header";
            return;
        }

        ReadIcmpHeader(ref decoded, icmp, length, echo: icmp[0] is 128 or 129);

        // MLDv1 130-132, neighbour solicitation and advertisement 135-136, redirect 137: an address behind the header.
        if (decoded.Type is (>= 130 and <= 132) or (>= 135 and <= 137))
        {
            if (icmp.Length < 24)
            {
                decoded.Problem = "cut within the ICMPv6 message";
                return;
            }

            decoded.Target = FrameAddress.From(icmp.Slice(8, 16));
        }
        else if (decoded.Type == 143 && U16(icmp, 6) > 0 && icmp.Length >= 28)
        {
            // RFC 3810 5.2: the first of the records.
            decoded.Target = FrameAddress.From(icmp.Slice(12, 16));
        }
    }

    private static void ReadIcmpHeader(ref DecodedFrame decoded, ReadOnlySpan<byte> icmp, int length, bool echo)
    {
        decoded.Type = icmp[0];
        decoded.Code = icmp[1];
        decoded.EchoId = echo ? U16(icmp, 4) : 0;
        decoded.EchoSequence = echo ? U16(icmp, 6) : 0;
        SetPayload(ref decoded, icmp[8..], length - 8);
    }

    // RFC 2236 2, RFC 3376 4
    private static void DecodeIgmp(ref DecodedFrame decoded, ReadOnlySpan<byte> igmp, int length)
    {
        decoded.Protocol = FrameProtocol.Igmp;
        if (igmp.Length < 8)
        {
            decoded.Problem = "cut within the IGMP message";
            return;
        }

        decoded.Type = igmp[0];
        if (decoded.Type != 0x22)
        {
            decoded.Target = FrameAddress.From(igmp.Slice(4, 4));
        }
        else if (U16(igmp, 6) > 0 && igmp.Length >= 16)
        {
            decoded.Target = FrameAddress.From(igmp.Slice(12, 4));
        }

        SetPayload(ref decoded, igmp[8..], length - 8);
    }
}
