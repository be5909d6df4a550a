using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>A datagram socket on lwIP's udp_ interface.</summary>
internal sealed unsafe partial class UdpSocket : DatagramSocket
{
    /// <summary>The largest datagram that another lwIP puts together again: 10 fragments (IP_REASS_MAX_PBUFS). lwIP itself
    /// sends larger ones, which then are lost.</summary>
    internal const int MaximumBytes = (10 * 1480) - 8;

    /// <summary>The largest one within the board, where nothing is cut (RFC 768: 65,535 less the headers).</summary>
    internal const int MaximumOwnBytes = 65507;

    private LwipUdpPcb* _pcb;

    internal UdpSocket(LwipStack stack, AddressFamily family, LwipUdpPcb* pcb)
        : base(stack, family, SocketType.Dgram)
    {
        _pcb = pcb;
        ApplyOptions();
        Library.UdpOnReceive(_pcb, (nint)(delegate* unmanaged[Cdecl]<nint, LwipUdpPcb*, LwipPbuf*, LwipAddress*, ushort, void>)&OnReceive, Self);
    }

    internal override LwipPcb* Pcb => (LwipPcb*)_pcb;

    internal override bool IsBound => _pcb != null && _pcb->LocalPort != 0;

    internal LwipUdpPcb* Udp => _pcb;

    internal override int Bind(in LwipAddress address, ushort port)
    {
        if (_pcb->LocalPort != 0)
        {
            return -(int)Errno.EINVAL;
        }

        LwipAddress local = address;
        if (Family == AddressFamily.InterNetworkV6 && !V6Only && AddressConversion.IsAny(address))
        {
            local.Type = LwipAddress.AnyType;
        }

        return LwipError.ToResult(Library.UdpBind(_pcb, &local, port));
    }

    internal override int Connect(in LwipAddress address, ushort port)
    {
        if (!Stack.HasRoute(address))
        {
            return -(int)Errno.ENETUNREACH;
        }

        LwipAddress remote = address;
        int result = LwipError.ToResult(Library.UdpConnect(_pcb, &remote, port));
        if (result >= 0)
        {
            IsConnected = true;
            Remote = address;
            RemotePort = port;
        }

        return result;
    }

    internal override int Disconnect()
    {
        Library.UdpDisconnect(_pcb);
        IsConnected = false;
        return 0;
    }

    internal override int Send(in Buffers buffers, SocketAddress? to)
    {
        int error = FindDestination(to, out LwipAddress address, out ushort port);
        if (error < 0)
        {
            return error;
        }

        if (port == 0)
        {
            return -(int)Errno.EINVAL;
        }

        address = LwipStack.ToReachable(address);
        error = CheckDestination(address, buffers.TotalBytes);
        return error < 0 ? error : Send(buffers, address, port);
    }

    internal override void GetLocal(SocketAddress target)
    {
        AddressConversion.Write(_pcb->Ip.Local, _pcb->LocalPort, Family, target);
    }

    protected override void Release()
    {
        LeaveGroups();
        Cut();
    }

    protected override void Cut()
    {
        DropAll();
        Library.UdpOnReceive(_pcb, 0, 0);
        Library.UdpRemove(_pcb);
        _pcb = null;
    }

    private int Send(in Buffers buffers, LwipAddress address, ushort port)
    {
        LwipPbuf* data = Gather(buffers, LwipPbuf.LayerTransport);
        if (data == null)
        {
            return -(int)Errno.ENOBUFS;
        }

        uint own = Stack.Interface.BeginSendingFrom(_pcb->Ip.Local);
        sbyte error = Library.UdpSendTo(_pcb, data, &address, port);
        Stack.Interface.EndSendingFrom(own);
        _ = Library.PbufFree(data);
        return error switch
        {
            LwipError.Ok => buffers.TotalBytes,
            LwipError.Memory => -(int)Errno.ENOBUFS,

            // An address of the other family than the socket is bound to.
            LwipError.Value => -(int)Errno.ENETUNREACH,
            _ => LwipError.ToResult(error),
        };
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnReceive(nint argument, LwipUdpPcb* pcb, LwipPbuf* data, LwipAddress* source, ushort port)
    {
        try
        {
            if (Find(argument) is UdpSocket socket)
            {
                socket.Enqueue(data, 0, *source, port);
            }
        }
        catch
        {
            // Nothing may cross lwIP's frames; at worst the datagram's memory is lost.
        }
    }
}
