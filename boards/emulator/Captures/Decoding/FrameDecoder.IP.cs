namespace IoTNet.Emulator;

/// <summary>The Internet layer.</summary>
public static partial class FrameDecoder
{
    // RFC 8200 4.1 allows each kind once, destination options twice; more are an attack or garbage.
    private const int MostExtensionHeaders = 8;

    // RFC 791 3.1
    private static void DecodeIPv4(ref DecodedFrame decoded, ReadOnlySpan<byte> ip)
    {
        decoded.Protocol = FrameProtocol.IPv4;
        if (ip.Length < 20)
        {
            decoded.Problem = "cut within the IPv4 header";
            return;
        }

        int header = (ip[0] & 0xF) * 4;
        int total = U16(ip, 2);
        if (ip[0] >> 4 != 4 || header < 20 || total < header)
        {
            decoded.Problem = "an IPv4 header that cannot be";
            return;
        }

        decoded.Source = FrameAddress.From(ip.Slice(12, 4));
        decoded.Destination = FrameAddress.From(ip.Slice(16, 4));
        decoded.HopLimit = ip[8];
        decoded.IPProtocol = ip[9];
        int fragment = U16(ip, 6);
        decoded.MoreFragments = (fragment & 0x2000) != 0;
        decoded.FragmentOffset = (fragment & 0x1FFF) * 8;
        decoded.IsFragment = decoded.MoreFragments || decoded.FragmentOffset > 0;
        decoded.FragmentId = (uint)U16(ip, 4);
        if (ip.Length < header)
        {
            decoded.Problem = "cut within the IPv4 options";
            return;
        }

        // Short frames are padded (RFC 894): the datagram ends where it says.
        DecodeTransport(ref decoded, ip[header..], total - header);
    }

    // RFC 8200 3
    private static void DecodeIPv6(ref DecodedFrame decoded, ReadOnlySpan<byte> ip)
    {
        decoded.Protocol = FrameProtocol.IPv6;
        if (ip.Length < 40)
        {
            decoded.Problem = "cut within the IPv6 header";
            return;
        }

        if (ip[0] >> 4 != 6)
        {
            decoded.Problem = "an IPv6 header that cannot be";
            return;
        }

        decoded.Source = FrameAddress.From(ip.Slice(8, 16));
        decoded.Destination = FrameAddress.From(ip.Slice(24, 16));
        decoded.HopLimit = ip[7];
        decoded.IPProtocol = ip[6];
        int length = U16(ip, 4);
        ReadOnlySpan<byte> rest = ip[40..];
        for (int headers = 0; decoded.IPProtocol is 0 or 43 or 44 or 51 or 60; headers++)
        {
            int size = headers == MostExtensionHeaders || Math.Min(rest.Length, length) < 8 ? 0 : decoded.IPProtocol switch
            {
                44 => 8,
                51 => (rest[1] + 2) * 4,
                _ => (rest[1] + 1) * 8,
            };
            if (size == 0 || size > Math.Min(rest.Length, length))
            {
                decoded.Problem = headers == MostExtensionHeaders ? "too many IPv6 extension headers" : "cut within an IPv6 extension header";
                SetPayload(ref decoded, rest, length);
                return;
            }

            if (decoded.IPProtocol == 44)
            {
                decoded.IsFragment = true;
                decoded.FragmentOffset = U16(rest, 2) & 0xFFF8;
                decoded.MoreFragments = (rest[3] & 1) != 0;
                decoded.FragmentId = U32(rest, 4);
            }

            decoded.IPProtocol = rest[0];
            rest = rest[size..];
            length -= size;
            if (decoded.FragmentOffset > 0)
            {
                // Behind it comes the middle of a datagram, whatever the number of the next header says.
                break;
            }
        }

        DecodeTransport(ref decoded, rest, length);
    }

    private static void DecodeTransport(ref DecodedFrame decoded, ReadOnlySpan<byte> rest, int length)
    {
        SetPayload(ref decoded, rest, length);
        if (rest.Length < length)
        {
            decoded.Problem = "shorter than its IP header says";
        }

        if (decoded.FragmentOffset > 0)
        {
            return;
        }

        rest = decoded.Payload;
        switch (decoded.IPProtocol)
        {
            case 6:
                DecodeTcp(ref decoded, rest, length);
                break;
            case 17:
                DecodeUdp(ref decoded, rest, length);
                break;
            case 1 when decoded.Protocol == FrameProtocol.IPv4:
                DecodeIcmp(ref decoded, rest, length);
                break;
            case 2 when decoded.Protocol == FrameProtocol.IPv4:
                DecodeIgmp(ref decoded, rest, length);
                break;
            case 58 when decoded.Protocol == FrameProtocol.IPv6:
                DecodeIcmpV6(ref decoded, rest, length);
                break;
        }
    }
}
