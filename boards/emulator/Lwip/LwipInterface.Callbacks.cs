using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

// What lwIP calls. An exception must not cross its frames; a packet that met one counts as lost.
internal sealed unsafe partial class LwipInterface
{
    /// <summary>No call and no frame makes a board send more IPv6 packets at once than this: a window of 64 KiB in the smallest
    /// segments.</summary>
    private const int MaximumPacketsOut6 = 2048;

    /// <summary>Says that lwIP is about to be called, or to get a frame; see <see cref="OnOutput6"/>.</summary>
    internal void BeginWork()
    {
        _packetsOut6 = 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static sbyte InitEthernet(LwipNetif* netif)
    {
        try
        {
            LwipInterface self = Of(netif);
            netif->Name0 = (byte)'e';
            netif->Name1 = (byte)'n';
            netif->Mtu = Mtu;
            netif->Mtu6 = Mtu;
            self._hardwareAddress.CopyTo(new Span<byte>(netif->HardwareAddress, 6));
            netif->HardwareAddressLength = 6;
            netif->Flags = LwipNetif.FlagBroadcast | LwipNetif.FlagEthArp | LwipNetif.FlagEthernet | LwipNetif.FlagIgmp;
            netif->Output = self._library.EtharpOutput;
            if (self._limits.HasIPv6)
            {
                netif->Flags |= LwipNetif.FlagMld6;
                netif->OutputIp6 = (nint)(delegate* unmanaged[Cdecl]<LwipNetif*, LwipPbuf*, void*, sbyte>)&OnOutput6;
            }

            netif->LinkOutput = (nint)(delegate* unmanaged[Cdecl]<LwipNetif*, LwipPbuf*, sbyte>)&OnLinkOutput;
            return LwipError.Ok;
        }
        catch
        {
            return LwipError.Interface;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static sbyte InitLoopback(LwipNetif* netif)
    {
        netif->Name0 = (byte)'l';
        netif->Name1 = (byte)'o';
        netif->Flags = LwipNetif.FlagBroadcast | LwipNetif.FlagIgmp;
        netif->Output = (nint)(delegate* unmanaged[Cdecl]<LwipNetif*, LwipPbuf*, void*, sbyte>)&OnLoopbackOutput;
        netif->OutputIp6 = netif->Output;
        return LwipError.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static sbyte OnLoopbackOutput(LwipNetif* netif, LwipPbuf* packet, void* address)
    {
        try
        {
            // What comes back to its sender has been looped by lwIP before this call.
            return (packet->Flags & LwipPbuf.FlagMulticastLoop) != 0 ? LwipError.Ok : Of(netif)._library.LoopOutput(netif, packet);
        }
        catch
        {
            return LwipError.Interface;
        }
    }

    // Stands before lwIP's ethip6_output, because lwIP 2.1.3 can send one packet for ever: a neighbour is found at last while the
    // neighbour cache is full, the packets that waited for it have another next hop by now, that one takes the entry over,
    // and each packet waits in the very queue that is being emptied.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static sbyte OnOutput6(LwipNetif* netif, LwipPbuf* packet, void* address)
    {
        try
        {
            LwipInterface self = Of(netif);
            if (++self._packetsOut6 <= MaximumPacketsOut6)
            {
                return self._library.EthIp6Output(netif, packet, address);
            }

            self._failures++;
        }
        catch
        {
            // Lost.
        }

        return LwipError.Interface;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static sbyte OnLinkOutput(LwipNetif* netif, LwipPbuf* frame)
    {
        LwipInterface? self = null;
        try
        {
            self = Of(netif);
            return self.Transmit(frame);
        }
        catch
        {
            if (self != null)
            {
                self._failures++;
            }

            return LwipError.Interface;
        }
    }

    private static LwipInterface Of(LwipNetif* netif) => (LwipInterface)GCHandle.FromIntPtr(netif->State).Target!;
}
