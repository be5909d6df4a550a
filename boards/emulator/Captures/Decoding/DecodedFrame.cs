namespace IoTNet.Emulator;

/// <summary>What a frame says, in values; a view of the frame's own bytes. Which members count depends on
/// <see cref="Protocol"/>; the others are 0 or none.</summary>
public ref struct DecodedFrame
{
    /// <summary>The innermost protocol that was understood.</summary>
    public FrameProtocol Protocol { get; internal set; }

    /// <summary>What is wrong with the frame; null when nothing is. What was read before it counts.</summary>
    public string? Problem { get; internal set; }

    /// <summary>The sender's Ethernet address.</summary>
    public FrameAddress HardwareSource { get; internal set; }

    /// <summary>The receiver's Ethernet address.</summary>
    public FrameAddress HardwareDestination { get; internal set; }

    /// <summary>What the Ethernet frame carries, such as 0x0800; below 1536 it is a length (IEEE 802.3).</summary>
    public int EtherType { get; internal set; }

    /// <summary>The VLAN (IEEE 802.1Q), -1 without one.</summary>
    public int Vlan { get; internal set; }

    /// <summary>The IP source; for ARP the sender's protocol address; else none.</summary>
    public FrameAddress Source { get; internal set; }

    /// <summary>The IP destination; for ARP the target's protocol address; else none.</summary>
    public FrameAddress Destination { get; internal set; }

    /// <summary>What IP carries, such as 6 for TCP; for IPv6 behind the extension headers.</summary>
    public int IPProtocol { get; internal set; }

    /// <summary>IPv4's time to live, IPv6's hop limit.</summary>
    public int HopLimit { get; internal set; }

    /// <summary>Whether it is a piece of a datagram.</summary>
    public bool IsFragment { get; internal set; }

    /// <summary>Where the piece lies in its datagram, in bytes.</summary>
    public int FragmentOffset { get; internal set; }

    /// <summary>Whether more pieces follow this one.</summary>
    public bool MoreFragments { get; internal set; }

    /// <summary>Which datagram the piece belongs to.</summary>
    public uint FragmentId { get; internal set; }

    /// <summary>The port of UDP or TCP that it comes from.</summary>
    public int SourcePort { get; internal set; }

    /// <summary>The port of UDP or TCP that it goes to.</summary>
    public int DestinationPort { get; internal set; }

    /// <summary>TCP's control bits.</summary>
    public TcpFlags Flags { get; internal set; }

    /// <summary>TCP's sequence number, as it stands in the segment.</summary>
    public uint Sequence { get; internal set; }

    /// <summary>TCP's acknowledgment number, as it stands in the segment.</summary>
    public uint Acknowledgment { get; internal set; }

    /// <summary>TCP's window as it stands in the segment, not scaled.</summary>
    public int Window { get; internal set; }

    /// <summary>TCP's maximum segment size option in bytes, -1 without one.</summary>
    public int MaxSegment { get; internal set; }

    /// <summary>TCP's window scale option (RFC 7323), a power of two, -1 without one.</summary>
    public int WindowScale { get; internal set; }

    /// <summary>ICMP's, ICMPv6's or IGMP's type, or ARP's operation.</summary>
    public int Type { get; internal set; }

    /// <summary>ICMP's or ICMPv6's code.</summary>
    public int Code { get; internal set; }

    /// <summary>The identifier of an echo.</summary>
    public int EchoId { get; internal set; }

    /// <summary>The sequence number of an echo.</summary>
    public int EchoSequence { get; internal set; }

    /// <summary>Neighbour discovery's target, or the group of IGMP or MLD; in ARP the sender's Ethernet address.</summary>
    public FrameAddress Target { get; internal set; }

    /// <summary>The bytes of payload that the headers tell of, behind the innermost header that was understood.</summary>
    public int PayloadLength { get; internal set; }

    /// <summary>The payload itself, as far as the frame has it.</summary>
    public ReadOnlySpan<byte> Payload { get; internal set; }

    /// <summary>Whether a TCP segment has all of these bits.</summary>
    /// <param name="flags">The bits.</param>
    /// <returns>Whether it has.</returns>
    public readonly bool Has(TcpFlags flags) => (Flags & flags) == flags;
}
