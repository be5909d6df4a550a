using System.Buffers.Binary;

namespace IoTNet.Emulator;

/// <summary>
/// Keeps from lwIP what lwIP 2.1.3 cannot bear: its assertions end the process, and with it every other board. Everything
/// else passes, malformed or not.
/// </summary>
/// <remarks>
/// <para>An MSS option in a segment without SYN: lwIP takes it over in the middle of a connection, finds its own waiting
/// segments too long at the next tcp_write and aborts ("mss_local is too small", "inconsistent oversize vs. space"). RFC 9293
/// 3.2 allows the option in SYN segments only; elsewhere it is overwritten with no-operations.</para>
/// <para>A segment of one byte, or one with nothing but its FIN or SYN, whose number is exactly half the number space from the one
/// that a connection expects: dropped, as it is outside every window. For lwIP's signed comparison it is before and behind
/// at once ("insane offset!").</para>
/// <para>TCP in IP fragments, where the option cannot be seen: dropped. TCP makes segments that need none, and the boards'
/// firmware does not put fragments together at all.</para>
/// <para>UDP-Lite, which no board's firmware has: dropped. A checksum coverage beyond the packet aborts ("delete me").</para>
/// <para>ICMPv6 "packet too big" that tells of less than 1,280 bytes: dropped, as RFC 8201 4 demands. lwIP believes it, and
/// cuts later packets into pieces of nothing, for ever.</para>
/// <para>Loopback addresses from the network: lwIP's desktop build accepts them on any interface; RFC 1122 3.2.1.3 and RFC
/// 4291 2.5.3 forbid it.</para>
/// </remarks>
internal static unsafe class PacketGuard
{
    private const int EthernetHeader = 14, TypeOffset = 12, TypeIp4 = 0x0800, TypeIp6 = 0x86DD;
    private const int TcpMinimum = 20, Ip6Header = 40, HopByHop = 0, Tcp = 6, Udp = 17, Routing = 43, Fragment = 44, Icmp6 = 58,
        DestinationOptions = 60, UdpLite = 136;
    private const int FragmentOffset = 0xFFF8, MoreFragments = 1;
    private const byte PacketTooBig = 2, FlagFin = 1, FlagSyn = 2;
    private const uint MinimumMtu6 = 1280;

    /// <summary>The IP packet of an Ethernet frame of any content; empty when it carries something else.</summary>
    internal static Span<byte> PacketOf(Span<byte> frame)
    {
        return BinaryPrimitives.ReadUInt16BigEndian(frame[TypeOffset..]) is TypeIp4 or TypeIp6 ? frame[EthernetHeader..] : default;
    }

    /// <summary>Looks at an IP packet of any content before lwIP gets it.</summary>
    /// <param name="packet">The packet; changed where that makes it harmless.</param>
    /// <param name="fromNetwork">Whether it came over the cable, not from the board itself.</param>
    /// <param name="connections">The board's TCP connections.</param>
    /// <returns>False when it has to be dropped.</returns>
    internal static bool Admits(Span<byte> packet, bool fromNetwork, LwipTcpPcb* connections)
    {
        return packet.IsEmpty || (packet[0] >> 4) switch
        {
            4 => Admits4(packet, fromNetwork, connections),
            6 => Admits6(packet, fromNetwork, connections),
            _ => true,
        };
    }

    private static bool Admits4(Span<byte> packet, bool fromNetwork, LwipTcpPcb* connections)
    {
        int header = (packet[0] & 15) * 4;
        if (header < 20 || header > packet.Length)
        {
            return true;
        }

        if (fromNetwork && (packet[12] == 127 || packet[16] == 127))
        {
            return false;
        }

        bool isTcp = packet[9] == Tcp;
        bool isFragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3FFF) != 0;
        if (packet[9] == UdpLite || (isTcp && isFragment))
        {
            return false;
        }

        return !isTcp || AdmitsTcp(packet[header..], BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) - header, connections);
    }

    private static bool Admits6(Span<byte> packet, bool fromNetwork, LwipTcpPcb* connections)
    {
        if (packet.Length < Ip6Header)
        {
            return true;
        }

        if (fromNetwork && (IsLoopback(packet.Slice(8, 16)) || IsLoopback(packet.Slice(24, 16))))
        {
            return false;
        }

        int at = Ip6Header;
        byte next = packet[6];
        bool isBeginning = true;
        while (next is HopByHop or Routing or DestinationOptions or Fragment)
        {
            if (at + 8 > packet.Length)
            {
                return true;
            }

            byte behind = packet[at];
            if (next == Fragment)
            {
                // A fragment that is the whole packet is treated as one; what others hide is known of UDP and ICMP only.
                int placement = BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 2)..]);
                if ((placement & (FragmentOffset | MoreFragments)) != 0 && behind is not (Udp or Icmp6))
                {
                    return false;
                }

                isBeginning &= (placement & FragmentOffset) == 0;
                at += 8;
            }
            else
            {
                at += (packet[at + 1] + 1) * 8;
            }

            next = behind;
        }

        if (next == Tcp && at < packet.Length)
        {
            return AdmitsTcp(packet[at..], Ip6Header + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) - at, connections);
        }

        return next != UdpLite && !(next == Icmp6 && isBeginning && TellsTooSmallMtu(packet[Math.Min(at, packet.Length)..]));
    }

    private static bool TellsTooSmallMtu(ReadOnlySpan<byte> message)
    {
        return message.Length >= 8 && message[0] == PacketTooBig && BinaryPrimitives.ReadUInt32BigEndian(message[4..]) < MinimumMtu6;
    }

    private static bool IsLoopback(ReadOnlySpan<byte> address)
    {
        return address[15] == 1 && address[..15].IndexOfAnyExcept((byte)0) < 0;
    }

    // The length is what the IP header tells; the frame may have padding behind it.
    private static bool AdmitsTcp(Span<byte> segment, int length, LwipTcpPcb* connections)
    {
        // lwIP drops a segment whose header is cut short.
        int header = segment.Length < TcpMinimum ? 0 : (segment[12] >> 4) * 4;
        if (header < TcpMinimum || header > segment.Length)
        {
            return true;
        }

        SegmentShaper.EraseMssWithoutSyn(segment[..header]);
        bool countsOne = (segment[13] & (FlagFin | FlagSyn)) != 0;
        return length - header + (countsOne ? 1 : 0) != 1 || !IsHalfwayRound(segment, connections);
    }

    private static bool IsHalfwayRound(ReadOnlySpan<byte> segment, LwipTcpPcb* connections)
    {
        ushort from = BinaryPrimitives.ReadUInt16BigEndian(segment), to = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        uint number = BinaryPrimitives.ReadUInt32BigEndian(segment[4..]);
        for (LwipTcpPcb* pcb = connections; pcb != null; pcb = pcb->Next)
        {
            if (pcb->RemotePort == from && pcb->LocalPort == to && number - pcb->ReceiveNext == 1u << 31)
            {
                return true;
            }
        }

        return false;
    }
}
