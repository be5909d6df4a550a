using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>SlirpConfig, version 4: 184 bytes on 64-bit Linux. Addresses are in network order.</summary>
[StructLayout(LayoutKind.Explicit, Size = 184)]
internal unsafe struct SlirpConfig
{
    internal const int CurrentVersion = 4;

    [FieldOffset(0)]
    internal uint Version;

    [FieldOffset(4)]
    internal int Restricted;

    [FieldOffset(8)]
    internal byte HasIPv4;

    [FieldOffset(12)]
    internal uint Network;

    [FieldOffset(16)]
    internal uint Netmask;

    [FieldOffset(20)]
    internal uint Host;

    [FieldOffset(24)]
    internal byte HasIPv6;

    [FieldOffset(28)]
    internal fixed byte Prefix6[16];

    [FieldOffset(44)]
    internal byte Prefix6Length;

    [FieldOffset(48)]
    internal fixed byte Host6[16];

    [FieldOffset(96)]
    internal uint DhcpStart;

    [FieldOffset(100)]
    internal uint NameServer;

    [FieldOffset(104)]
    internal fixed byte NameServer6[16];

    [FieldOffset(152)]
    internal byte DisableHostLoopback;

    [FieldOffset(176)]
    internal byte DisableDns;

    [FieldOffset(177)]
    internal byte DisableDhcp;
}

/// <summary>SlirpCb: what libslirp calls, always on the thread that called it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SlirpCallbacks
{
    internal delegate* unmanaged[Cdecl]<byte*, nuint, nint, nint> SendPacket;
    internal delegate* unmanaged[Cdecl]<byte*, nint, void> GuestError;
    internal delegate* unmanaged[Cdecl]<nint, long> ClockNs;
    internal nint TimerNew;
    internal delegate* unmanaged[Cdecl]<nint, nint, void> TimerFree;
    internal delegate* unmanaged[Cdecl]<nint, long, nint, void> TimerSet;
    internal delegate* unmanaged[Cdecl]<int, nint, void> RegisterDescriptor;
    internal delegate* unmanaged[Cdecl]<int, nint, void> UnregisterDescriptor;
    internal delegate* unmanaged[Cdecl]<nint, void> Notify;
    internal nint InitCompleted;
    internal delegate* unmanaged[Cdecl]<int, nint, nint, nint> TimerNewOpaque;
}
