using System.Globalization;
using System.Text;

namespace IoTNet.Emulator;

/// <summary>Frames in words.</summary>
internal static class FrameText
{
    private static readonly string[] s_flagNames = ["SYN", "FIN", "RST", "PSH", "URG", "ECE", "CWR", "ACK"];
    private static readonly TcpFlags[] s_flags =
        [TcpFlags.Syn, TcpFlags.Fin, TcpFlags.Rst, TcpFlags.Psh, TcpFlags.Urg, TcpFlags.Ece, TcpFlags.Cwr, TcpFlags.Ack];

    /// <summary>The protocol in at most six letters; those that are known by their port are only named.</summary>
    public static string Protocol(in DecodedFrame frame) => frame.Protocol switch
    {
        FrameProtocol.Arp => "ARP",
        FrameProtocol.IPv4 => "IPv4",
        FrameProtocol.IPv6 => "IPv6",
        FrameProtocol.Icmp => "ICMP",
        FrameProtocol.IcmpV6 => "ICMPv6",
        FrameProtocol.Igmp => "IGMP",
        FrameProtocol.Tcp => "TCP",
        FrameProtocol.Udp => Known(frame.SourcePort) ?? Known(frame.DestinationPort) ?? "UDP",
        _ => "Eth",
    };

    /// <summary>The fate as a word; empty when the frame passed.</summary>
    public static string Fate(FrameFate fate) => fate switch
    {
        FrameFate.Passed => "",
        FrameFate.Lost => "LOST",
        FrameFate.Corrupted => "CORRUPTED",
        FrameFate.Duplicated => "DUPLICATED",
        FrameFate.Reordered => "HELD BACK",
        FrameFate.LinkDown => "LINK DOWN",
        FrameFate.TooLong => "TOO LONG",
        FrameFate.Runt => "RUNT",
        FrameFate.QueueFull => "QUEUE FULL",
        FrameFate.Partitioned => "PARTITIONED",
        _ => fate.ToString().ToUpperInvariant(),
    };

    /// <summary>The control bits of a segment, such as SYN ACK.</summary>
    public static void AppendFlags(StringBuilder text, TcpFlags flags)
    {
        int start = text.Length;
        for (int i = 0; i < s_flags.Length; i++)
        {
            if ((flags & s_flags[i]) != 0)
            {
                text.Append(text.Length > start ? " " : "").Append(s_flagNames[i]);
            }
        }

        text.Append(text.Length > start ? "" : "no flags");
    }

    /// <summary>What TCP's segment means in its connection, in words; empty when it is nothing special.</summary>
    public static string Note(TcpNotes notes) =>
        (notes & TcpNotes.Retransmission) != 0 ? "retransmission"
        : (notes & TcpNotes.KeepAlive) != 0 ? "keep-alive"
        : (notes & TcpNotes.Refused) != 0 ? "refused"
        : (notes & TcpNotes.Reset) != 0 ? "reset"
        : (notes & TcpNotes.Connected) != 0 ? "connected"
        : (notes & TcpNotes.HalfClosed) != 0 ? "half-closed"
        : (notes & TcpNotes.Closed) != 0 ? "closed"
        : (notes & TcpNotes.ZeroWindow) != 0 ? "zero window"
        : (notes & TcpNotes.DuplicateAck) != 0 ? "duplicate ACK"
        : (notes & TcpNotes.Gap) != 0 ? "segments missing before"
        : "";

    /// <summary>All but TCP: what the frame says.</summary>
    public static void AppendSummary(StringBuilder text, in DecodedFrame frame)
    {
        switch (frame.Protocol)
        {
            case FrameProtocol.Arp:
                AppendArp(text, frame);
                break;
            case FrameProtocol.Icmp:
                AppendIcmp(text, frame);
                break;
            case FrameProtocol.IcmpV6:
                AppendIcmpV6(text, frame);
                break;
            case FrameProtocol.Igmp:
                AppendIgmp(text, frame);
                break;
            case FrameProtocol.Udp:
                AppendSize(text, frame.PayloadLength);
                break;
            case FrameProtocol.IPv4 or FrameProtocol.IPv6:
                text.Append(CultureInfo.InvariantCulture, $"protocol {frame.IPProtocol}, ");
                AppendSize(text, frame.PayloadLength);
                break;
            default:
                text.Append(frame.HardwareSource.IsNone ? "" : string.Create(CultureInfo.InvariantCulture, $"type 0x{frame.EtherType:x4}, "));
                AppendSize(text, frame.PayloadLength);
                break;
        }

        if (frame.IsFragment)
        {
            text.Append(CultureInfo.InvariantCulture, $"  fragment at {frame.FragmentOffset} of 0x{frame.FragmentId:x4}");
            text.Append(frame.MoreFragments ? ", more follow" : ", the last");
        }
    }

    /// <summary>A number of bytes as people read it.</summary>
    public static void AppendSize(StringBuilder text, int bytes) => text.Append(CultureInfo.InvariantCulture, $"{bytes:#,0} B");

    private static void AppendArp(StringBuilder text, in DecodedFrame frame)
    {
        if (frame.Type is not (1 or 2))
        {
            text.Append(CultureInfo.InvariantCulture, $"operation {frame.Type}");
        }
        else if (frame.Source == frame.Destination)
        {
            text.Append(frame.Source).Append(" announces itself at ").Append(frame.Target);
        }
        else if (frame.Type == 2)
        {
            text.Append(frame.Source).Append(" is at ").Append(frame.Target);
        }
        else if (frame.Source.IsAny)
        {
            text.Append("is ").Append(frame.Destination).Append(" free?");
        }
        else
        {
            text.Append("who has ").Append(frame.Destination).Append('?');
        }
    }

    // RFC 792; https://www.iana.org/assignments/icmp-parameters
    private static void AppendIcmp(StringBuilder text, in DecodedFrame frame)
    {
        switch (frame.Type, frame.Code)
        {
            case (8, _):
                AppendEcho(text, "echo request", frame);
                break;
            case (0, _):
                AppendEcho(text, "echo reply", frame);
                break;
            case (3, 0):
                text.Append("network unreachable");
                break;
            case (3, 1):
                text.Append("host unreachable");
                break;
            case (3, 2):
                text.Append("protocol unreachable");
                break;
            case (3, 3):
                text.Append("port unreachable");
                break;
            case (3, 4):
                text.Append("too long, and not to be fragmented");
                break;
            case (11, 0):
                text.Append("time to live exceeded");
                break;
            case (11, 1):
                text.Append("fragments missing");
                break;
            case (5, _):
                text.Append("redirect");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"type {frame.Type} code {frame.Code}");
                break;
        }
    }

    // RFC 4443, 4861, 2710, 3810
    private static void AppendIcmpV6(StringBuilder text, in DecodedFrame frame)
    {
        switch (frame.Type)
        {
            case 128:
                AppendEcho(text, "echo request", frame);
                break;
            case 129:
                AppendEcho(text, "echo reply", frame);
                break;
            case 1:
                text.Append(frame.Code == 4 ? "port unreachable" : "unreachable");
                break;
            case 2:
                text.Append("packet too big");
                break;
            case 3:
                text.Append(frame.Code == 0 ? "hop limit exceeded" : "fragments missing");
                break;
            case 130:
                text.Append("which groups are wanted?");
                break;
            case 131 or 143:
                text.Append("wants group ").Append(frame.Target);
                break;
            case 132:
                text.Append("leaves group ").Append(frame.Target);
                break;
            case 133:
                text.Append("is a router there?");
                break;
            case 134:
                text.Append("router here");
                break;
            case 135:
                text.Append(frame.Source.IsAny ? "is " : "who has ").Append(frame.Target).Append(frame.Source.IsAny ? " free?" : "?");
                break;
            case 136:
                text.Append(frame.Target).Append(" is at ").Append(frame.HardwareSource);
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"type {frame.Type} code {frame.Code}");
                break;
        }
    }

    // RFC 2236, 3376
    private static void AppendIgmp(StringBuilder text, in DecodedFrame frame)
    {
        switch (frame.Type)
        {
            case 0x11:
                text.Append("which groups are wanted?");
                break;
            case 0x12 or 0x16 or 0x22:
                text.Append("wants group ").Append(frame.Target);
                break;
            case 0x17:
                text.Append("leaves group ").Append(frame.Target);
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"type 0x{frame.Type:x2}");
                break;
        }
    }

    private static void AppendEcho(StringBuilder text, string what, in DecodedFrame frame)
    {
        text.Append(CultureInfo.InvariantCulture, $"{what} {frame.EchoSequence}, ");
        AppendSize(text, frame.PayloadLength);
    }

    private static string? Known(int port) => port switch
    {
        53 => "DNS",
        67 or 68 => "DHCP",
        546 or 547 => "DHCPv6",
        5353 => "mDNS",
        _ => null,
    };
}
