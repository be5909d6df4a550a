using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>A raw IP socket on lwIP's raw_ interface. As on Linux, what an IPv4 socket receives begins with the IP header, and
/// what an IPv6 socket receives does not (RFC 3542 3).</summary>
internal sealed unsafe partial class RawSocket : DatagramSocket
{
    private const int ProtocolIcmp6 = 58, ChecksumOffsetIcmp6 = 2, MinimumIcmp6 = 4, UdpHeader = 8;

    private LwipRawPcb* _pcb;

    internal RawSocket(LwipStack stack, AddressFamily family, LwipRawPcb* pcb)
        : base(stack, family, SocketType.Raw)
    {
        _pcb = pcb;
        if (family == AddressFamily.InterNetworkV6 && pcb->Protocol == ProtocolIcmp6)
        {
            // RFC 3542 3.1: the stack makes the checksum of ICMPv6, which takes the source address in.
            pcb->MakesChecksum = 1;
            pcb->ChecksumOffset = ChecksumOffsetIcmp6;
        }

        ApplyOptions();
        Library.RawOnReceive(_pcb, (nint)(delegate* unmanaged[Cdecl]<nint, LwipRawPcb*, LwipPbuf*, LwipAddress*, byte>)&OnReceive, Self);
    }

    internal override LwipPcb* Pcb => (LwipPcb*)_pcb;

    internal override bool IsBound => false;

    internal LwipRawPcb* Raw => _pcb;

    internal override int Bind(in LwipAddress address, ushort port)
    {
        LwipAddress local = address;
        return LwipError.ToResult(Library.RawBind(_pcb, &local));
    }

    internal override int Connect(in LwipAddress address, ushort port)
    {
        if (!Stack.HasRoute(address))
        {
            return -(int)Errno.ENETUNREACH;
        }

        LwipAddress remote = address;
        int result = LwipError.ToResult(Library.RawConnect(_pcb, &remote));
        IsConnected |= result >= 0;
        Remote = address;
        return result;
    }

    internal override int Disconnect()
    {
        Library.RawDisconnect(_pcb);
        IsConnected = false;
        return 0;
    }

    internal override int Send(in Buffers buffers, SocketAddress? to)
    {
        int error = FindDestination(to, out LwipAddress address, out _);
        if (error < 0)
        {
            return error;
        }

        address = LwipStack.ToReachable(address);
        error = CheckDestination(address, buffers.TotalBytes - UdpHeader);
        if (error < 0)
        {
            return error;
        }

        // lwIP writes the checksum without looking, and aborts the process where there is no room for it.
        return _pcb->MakesChecksum != 0 && buffers.TotalBytes < MinimumIcmp6 ? -(int)Errno.EINVAL : Send(buffers, address);
    }

    internal override void GetLocal(SocketAddress target)
    {
        AddressConversion.Write(_pcb->Ip.Local, 0, Family, target);
    }

    protected override void Release()
    {
        LeaveGroups();
        Cut();
    }

    protected override void Cut()
    {
        DropAll();
        Library.RawOnReceive(_pcb, 0, 0);
        Library.RawRemove(_pcb);
        _pcb = null;
    }

    private int Send(in Buffers buffers, LwipAddress address)
    {
        bool withHeader = (_pcb->Flags & LwipRawPcb.FlagHeaderIncluded) != 0;
        LwipPbuf* data = Gather(buffers, withHeader ? LwipPbuf.LayerLink : LwipPbuf.LayerIp);
        if (data == null)
        {
            return -(int)Errno.ENOBUFS;
        }

        sbyte error = Library.RawSendTo(_pcb, data, &address);
        _ = Library.PbufFree(data);
        return error switch
        {
            LwipError.Ok => buffers.TotalBytes,
            LwipError.Memory => -(int)Errno.ENOBUFS,
            _ => LwipError.ToResult(error),
        };
    }

    // Answers 0: lwIP handles the packet as well (it is lwIP that answers a ping), so the socket takes a copy.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnReceive(nint argument, LwipRawPcb* pcb, LwipPbuf* data, LwipAddress* source)
    {
        try
        {
            (Find(argument) as RawSocket)?.Take(data, *source);
        }
        catch
        {
            // Nothing may cross lwIP's frames.
        }

        return 0;
    }

    private void Take(LwipPbuf* data, in LwipAddress source)
    {
        LwipPbuf* copy = Library.PbufAlloc(LwipPbuf.LayerRaw, data->TotalLength, LwipPbuf.TypeRam);
        if (copy == null)
        {
            return;
        }

        _ = Library.PbufCopyPartial(data, copy->Payload, data->TotalLength, 0);
        int skip = Family == AddressFamily.InterNetworkV6 ? Library.CurrentPacket->HeaderLength : 0;
        Enqueue(copy, Math.Min(skip, copy->TotalLength), source, 0);
    }
}
