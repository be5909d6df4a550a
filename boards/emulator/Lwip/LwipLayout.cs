using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

// The structures of Debian's liblwip0 2.1.3 on a 64-bit machine: the members that are used, at the offsets that the
// headers of liblwip-dev give. LwipLibrary.FindDifference compares the sizes with the loaded library before anything relies on them.

/// <summary>lwIP's <c>ip_addr_t</c>: an IPv4 or IPv6 address, in network byte order.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal unsafe struct LwipAddress
{
    internal const byte V4 = 0;
    internal const byte V6 = 6;

    /// <summary>Both: the local address of a socket that takes IPv4 and IPv6.</summary>
    internal const byte AnyType = 46;

    [FieldOffset(0)] internal uint Ip4;
    [FieldOffset(0)] internal fixed byte Bytes[16];
    [FieldOffset(0)] internal fixed uint Words[4];
    [FieldOffset(16)] internal byte Zone;
    [FieldOffset(20)] internal byte Type;
}

/// <summary><c>struct pbuf</c>: a piece of a packet.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal unsafe struct LwipPbuf
{
    /// <summary>Layers for pbuf_alloc: how much room for headers stays in front.</summary>
    internal const int LayerTransport = 74, LayerIp = 54, LayerLink = 14, LayerRaw = 0;

    /// <summary>Type for pbuf_alloc: one block from the heap.</summary>
    internal const int TypeRam = 0x280;

    /// <summary>PBUF_REF: the bytes are elsewhere.</summary>
    internal const byte TypeRef = 0x41;

    /// <summary>PBUF_FLAG_IS_CUSTOM: a function behind the structure frees it.</summary>
    internal const byte FlagCustom = 0x02;

    /// <summary>PBUF_FLAG_MCASTLOOP: the packet comes back to its sender.</summary>
    internal const byte FlagMulticastLoop = 0x04;

    [FieldOffset(0)] internal LwipPbuf* Next;
    [FieldOffset(8)] internal byte* Payload;
    [FieldOffset(16)] internal ushort TotalLength;
    [FieldOffset(18)] internal ushort Length;
    [FieldOffset(20)] internal byte Type;
    [FieldOffset(21)] internal byte Flags;
    [FieldOffset(22)] internal byte References;
    [FieldOffset(23)] internal byte InterfaceIndex;
}

/// <summary><c>struct netif</c>: a network interface.</summary>
[StructLayout(LayoutKind.Explicit, Size = 400)]
internal unsafe struct LwipNetif
{
    internal const byte FlagUp = 1, FlagBroadcast = 2, FlagLinkUp = 4, FlagEthArp = 8, FlagEthernet = 16, FlagIgmp = 32, FlagMld6 = 64;

    /// <summary>State of an IPv6 address that is in use without duplicate address detection.</summary>
    internal const byte AddressPreferred = 0x30;

    internal const int Ip6AddressCount = 6;

    [FieldOffset(0)] internal LwipNetif* Next;
    [FieldOffset(8)] internal LwipAddress Address;
    [FieldOffset(32)] internal LwipAddress Netmask;
    [FieldOffset(56)] internal LwipAddress Gateway;
    [FieldOffset(80)] internal LwipAddress Ip6Address0;
    [FieldOffset(224)] internal fixed byte Ip6State[Ip6AddressCount];
    [FieldOffset(288)] internal nint Output;
    [FieldOffset(296)] internal nint LinkOutput;
    [FieldOffset(304)] internal nint OutputIp6;
    [FieldOffset(312)] internal nint State;
    [FieldOffset(336)] internal ushort Mtu;
    [FieldOffset(338)] internal ushort Mtu6;
    [FieldOffset(340)] internal fixed byte HardwareAddress[6];
    [FieldOffset(346)] internal byte HardwareAddressLength;
    [FieldOffset(347)] internal byte Flags;
    [FieldOffset(348)] internal byte Name0;
    [FieldOffset(349)] internal byte Name1;
    [FieldOffset(350)] internal byte Number;
    [FieldOffset(351)] internal byte Ip6AutoConfiguration;
    [FieldOffset(376)] internal LwipPbuf* LoopFirst;
    [FieldOffset(384)] internal LwipPbuf* LoopLast;

    /// <summary>lwIP's interface index, which is also the IPv6 zone.</summary>
    internal readonly byte Index => (byte)(Number + 1);
}

/// <summary>What tcp_pcb, udp_pcb and raw_pcb begin with.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct LwipPcb
{
    /// <summary>Bits of <see cref="Options"/>.</summary>
    internal const byte OptionReuseAddress = 4, OptionKeepAlive = 8;

    [FieldOffset(0)] internal LwipAddress Local;
    [FieldOffset(24)] internal LwipAddress Remote;
    [FieldOffset(48)] internal byte InterfaceIndex;
    [FieldOffset(49)] internal byte Options;
    [FieldOffset(50)] internal byte TypeOfService;
    [FieldOffset(51)] internal byte TimeToLive;
}

/// <summary><c>struct tcp_pcb</c>, and the beginning of <c>struct tcp_pcb_listen</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 288)]
internal unsafe struct LwipTcpPcb
{
    internal const int ListenSize = 88;

    /// <summary>Values of <see cref="State"/>.</summary>
    internal const int Closed = 0, Listen = 1, SynSent = 2, SynReceived = 3, Established = 4, CloseWait = 7, Closing = 8,
        LastAck = 9, TimeWait = 10;

    /// <summary>Bits of <see cref="Flags"/>.</summary>
    internal const ushort FlagAckNow = 0x02, FlagNoDelay = 0x40;

    /// <summary>TCP_WND and TCP_SND_BUF of the build: the largest window and send buffer that a board can have.</summary>
    internal const int MaxWindow = 65535;

    /// <summary>TCP_SND_QUEUELEN of the build: from here on tcp_write refuses.</summary>
    internal const int MaxQueueLength = 180;

    [FieldOffset(0)] internal LwipPcb Ip;
    [FieldOffset(56)] internal LwipTcpPcb* Next;
    [FieldOffset(72)] internal int State;
    [FieldOffset(78)] internal ushort LocalPort;
    [FieldOffset(80)] internal ushort RemotePort;
    [FieldOffset(82)] internal ushort Flags;
    [FieldOffset(88)] internal uint LastActivity;
    [FieldOffset(92)] internal uint ReceiveNext;
    [FieldOffset(96)] internal uint ReceiveWindow;
    [FieldOffset(100)] internal uint AnnouncedWindow;
    [FieldOffset(104)] internal uint AnnouncedRightEdge;
    [FieldOffset(110)] internal ushort Mss;
    [FieldOffset(164)] internal uint LargestSendWindow;
    [FieldOffset(168)] internal uint SendBuffer;
    [FieldOffset(172)] internal ushort SendQueueLength;
    [FieldOffset(184)] internal nint Unsent;
    [FieldOffset(192)] internal nint Unacknowledged;
    [FieldOffset(264)] internal uint KeepIdleMs;
    [FieldOffset(268)] internal uint KeepIntervalMs;
    [FieldOffset(272)] internal uint KeepCount;
}

/// <summary><c>struct udp_pcb</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 104)]
internal struct LwipUdpPcb
{
    /// <summary>Bits of <see cref="Flags"/>.</summary>
    internal const byte FlagNoChecksum = 1, FlagMulticastLoop = 8;

    [FieldOffset(0)] internal LwipPcb Ip;
    [FieldOffset(64)] internal byte Flags;
    [FieldOffset(66)] internal ushort LocalPort;
    [FieldOffset(68)] internal ushort RemotePort;
    [FieldOffset(72)] internal uint MulticastInterface4;
    [FieldOffset(76)] internal byte MulticastInterfaceIndex;
    [FieldOffset(77)] internal byte MulticastTimeToLive;
}

/// <summary><c>struct raw_pcb</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 96)]
internal struct LwipRawPcb
{
    /// <summary>Bits of <see cref="Flags"/>.</summary>
    internal const byte FlagHeaderIncluded = 2, FlagMulticastLoop = 4;

    [FieldOffset(0)] internal LwipPcb Ip;
    [FieldOffset(64)] internal byte Protocol;
    [FieldOffset(65)] internal byte Flags;
    [FieldOffset(66)] internal byte MulticastInterfaceIndex;
    [FieldOffset(67)] internal byte MulticastTimeToLive;
    [FieldOffset(88)] internal ushort ChecksumOffset;
    [FieldOffset(90)] internal byte MakesChecksum;
}

/// <summary><c>struct ip_globals</c>: the packet that lwIP is working on, valid within a receive callback.</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal unsafe struct LwipCurrentPacket
{
    [FieldOffset(8)] internal LwipNetif* InputInterface;
    [FieldOffset(16)] internal byte* Ip4Header;
    [FieldOffset(24)] internal byte* Ip6Header;
    [FieldOffset(32)] internal ushort HeaderLength;
    [FieldOffset(36)] internal LwipAddress Source;
    [FieldOffset(60)] internal LwipAddress Destination;
}
