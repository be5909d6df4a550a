using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

// lwIP's functions that are used, under the names that they have there. All but the Pbuf ones need the core lock.
internal sealed unsafe partial class LwipLibrary
{
    // Start, lock, timers
    internal delegate* unmanaged[Cdecl]<void> Init;
    internal delegate* unmanaged[Cdecl]<nint, nint, void> TcpIpInit;
    internal delegate* unmanaged[Cdecl]<nint, nint, sbyte> TcpIpCallback;
    internal delegate* unmanaged[Cdecl]<nint*, sbyte> MutexNew;
    internal delegate* unmanaged[Cdecl]<nint*, void> MutexFree;
    private delegate* unmanaged[Cdecl]<void> _lockCore, _unlockCore;
    private delegate* unmanaged[Cdecl]<int> _protect;
    private delegate* unmanaged[Cdecl]<int, void> _unprotect;
    internal delegate* unmanaged[Cdecl]<void> CheckTimeouts;

    // Interfaces
    internal delegate* unmanaged[Cdecl]<LwipNetif*, uint*, uint*, uint*, nint, nint, nint, LwipNetif*> NetifAdd;
    internal delegate* unmanaged[Cdecl]<LwipNetif*, void> NetifSetUp, NetifSetDown, NetifSetLinkUp, NetifSetLinkDown, NetifSetDefault, NetifRemove;
    internal delegate* unmanaged[Cdecl]<LwipNetif*, uint*, uint*, uint*, void> NetifSetAddress;
    internal delegate* unmanaged[Cdecl]<LwipNetif*, byte, void> NetifCreateLinkLocal;
    internal delegate* unmanaged[Cdecl]<LwipNetif*, LwipAddress*, sbyte*, sbyte> NetifAddIp6;
    internal delegate* unmanaged[Cdecl]<LwipNetif*, sbyte, byte, void> NetifSetIp6State;
    internal delegate* unmanaged[Cdecl]<LwipPbuf*, LwipNetif*, sbyte> EthernetInput, IpInput;
    internal delegate* unmanaged[Cdecl]<LwipNetif*, LwipPbuf*, sbyte> LoopOutput;
    internal delegate* unmanaged[Cdecl]<LwipNetif*, uint*, void**, uint**, nint> FindArpEntry;
    internal delegate* unmanaged[Cdecl]<LwipAddress*, LwipAddress*, LwipNetif*> Ip6Route;

    // Packet buffers
    internal delegate* unmanaged[Cdecl]<int, ushort, int, LwipPbuf*> PbufAlloc;
    internal delegate* unmanaged[Cdecl]<LwipPbuf*, byte> PbufFree;
    internal delegate* unmanaged[Cdecl]<LwipPbuf*, void*, ushort, ushort, ushort> PbufCopyPartial;

    // TCP
    internal delegate* unmanaged[Cdecl]<byte, LwipTcpPcb*> TcpNew;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, LwipAddress*, ushort, sbyte> TcpBind;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, LwipNetif*, void> TcpBindNetif;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, byte, sbyte*, LwipTcpPcb*> TcpListen;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, LwipAddress*, ushort, nint, sbyte> TcpConnect;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, void*, ushort, byte, sbyte> TcpWrite;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, sbyte> TcpOutput;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, ushort, void> TcpReceived;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, int, int, sbyte> TcpShutdown;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, sbyte> TcpClose;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, int, void> TcpAbandon;
    internal delegate* unmanaged[Cdecl]<LwipTcpPcb*, nint, void> TcpArgument, TcpOnReceive, TcpOnSent, TcpOnError, TcpOnAccept;

    // UDP
    internal delegate* unmanaged[Cdecl]<byte, LwipUdpPcb*> UdpNew;
    internal delegate* unmanaged[Cdecl]<LwipUdpPcb*, LwipAddress*, ushort, sbyte> UdpBind, UdpConnect;
    internal delegate* unmanaged[Cdecl]<LwipUdpPcb*, LwipNetif*, void> UdpBindNetif;
    internal delegate* unmanaged[Cdecl]<LwipUdpPcb*, void> UdpDisconnect, UdpRemove;
    internal delegate* unmanaged[Cdecl]<LwipUdpPcb*, nint, nint, void> UdpOnReceive;
    internal delegate* unmanaged[Cdecl]<LwipUdpPcb*, LwipPbuf*, LwipAddress*, ushort, sbyte> UdpSendTo;

    // Raw IP
    internal delegate* unmanaged[Cdecl]<byte, byte, LwipRawPcb*> RawNew;
    internal delegate* unmanaged[Cdecl]<LwipRawPcb*, LwipAddress*, sbyte> RawBind, RawConnect;
    internal delegate* unmanaged[Cdecl]<LwipRawPcb*, LwipNetif*, void> RawBindNetif;
    internal delegate* unmanaged[Cdecl]<LwipRawPcb*, void> RawDisconnect, RawRemove;
    internal delegate* unmanaged[Cdecl]<LwipRawPcb*, nint, nint, void> RawOnReceive;
    internal delegate* unmanaged[Cdecl]<LwipRawPcb*, LwipPbuf*, LwipAddress*, sbyte> RawSendTo;

    // Groups
    internal delegate* unmanaged[Cdecl]<uint*, uint*, sbyte> IgmpJoin, IgmpLeave;
    internal delegate* unmanaged[Cdecl]<LwipNetif*, LwipAddress*, sbyte> MldJoin, MldLeave;

    // Entries in struct netif
    internal nint EtharpOutput, TcpIpInput;
    internal delegate* unmanaged[Cdecl]<LwipNetif*, LwipPbuf*, void*, sbyte> EthIp6Output;

    // Variables
    internal nint* CoreLock;
    internal LwipTcpPcb** TcpActivePcbs, TcpBoundPcbs, TcpListenPcbs, TcpTimeWaitPcbs;
    internal LwipCurrentPacket* CurrentPacket;

    private nint Export(string name) => NativeLibrary.GetExport(_handle, name);

    private void Resolve()
    {
        Init = (delegate* unmanaged[Cdecl]<void>)Export("lwip_init");
        TcpIpInit = (delegate* unmanaged[Cdecl]<nint, nint, void>)Export("tcpip_init");
        TcpIpCallback = (delegate* unmanaged[Cdecl]<nint, nint, sbyte>)Export("tcpip_callback");
        MutexNew = (delegate* unmanaged[Cdecl]<nint*, sbyte>)Export("sys_mutex_new");
        MutexFree = (delegate* unmanaged[Cdecl]<nint*, void>)Export("sys_mutex_free");
        _lockCore = (delegate* unmanaged[Cdecl]<void>)Export("sys_lock_tcpip_core");
        _unlockCore = (delegate* unmanaged[Cdecl]<void>)Export("sys_unlock_tcpip_core");
        _protect = (delegate* unmanaged[Cdecl]<int>)Export("sys_arch_protect");
        _unprotect = (delegate* unmanaged[Cdecl]<int, void>)Export("sys_arch_unprotect");
        CheckTimeouts = (delegate* unmanaged[Cdecl]<void>)Export("sys_check_timeouts");
        EtharpOutput = Export("etharp_output");
        EthIp6Output = (delegate* unmanaged[Cdecl]<LwipNetif*, LwipPbuf*, void*, sbyte>)Export("ethip6_output");
        TcpIpInput = Export("tcpip_input");
        CoreLock = (nint*)Export("lock_tcpip_core");
        TcpActivePcbs = (LwipTcpPcb**)Export("tcp_active_pcbs");
        TcpBoundPcbs = (LwipTcpPcb**)Export("tcp_bound_pcbs");
        TcpListenPcbs = (LwipTcpPcb**)Export("tcp_listen_pcbs");
        TcpTimeWaitPcbs = (LwipTcpPcb**)Export("tcp_tw_pcbs");
        CurrentPacket = (LwipCurrentPacket*)Export("ip_data");
        ResolveInterfaces();
        ResolveTcp();
        ResolveDatagrams();
    }

    private void ResolveInterfaces()
    {
        NetifAdd = (delegate* unmanaged[Cdecl]<LwipNetif*, uint*, uint*, uint*, nint, nint, nint, LwipNetif*>)Export("netif_add");
        NetifSetUp = (delegate* unmanaged[Cdecl]<LwipNetif*, void>)Export("netif_set_up");
        NetifSetDown = (delegate* unmanaged[Cdecl]<LwipNetif*, void>)Export("netif_set_down");
        NetifSetLinkUp = (delegate* unmanaged[Cdecl]<LwipNetif*, void>)Export("netif_set_link_up");
        NetifSetLinkDown = (delegate* unmanaged[Cdecl]<LwipNetif*, void>)Export("netif_set_link_down");
        NetifSetDefault = (delegate* unmanaged[Cdecl]<LwipNetif*, void>)Export("netif_set_default");
        NetifRemove = (delegate* unmanaged[Cdecl]<LwipNetif*, void>)Export("netif_remove");
        NetifSetAddress = (delegate* unmanaged[Cdecl]<LwipNetif*, uint*, uint*, uint*, void>)Export("netif_set_addr");
        NetifCreateLinkLocal = (delegate* unmanaged[Cdecl]<LwipNetif*, byte, void>)Export("netif_create_ip6_linklocal_address");
        NetifAddIp6 = (delegate* unmanaged[Cdecl]<LwipNetif*, LwipAddress*, sbyte*, sbyte>)Export("netif_add_ip6_address");
        NetifSetIp6State = (delegate* unmanaged[Cdecl]<LwipNetif*, sbyte, byte, void>)Export("netif_ip6_addr_set_state");
        IpInput = (delegate* unmanaged[Cdecl]<LwipPbuf*, LwipNetif*, sbyte>)Export("ip_input");
        LoopOutput = (delegate* unmanaged[Cdecl]<LwipNetif*, LwipPbuf*, sbyte>)Export("netif_loop_output");
        EthernetInput = (delegate* unmanaged[Cdecl]<LwipPbuf*, LwipNetif*, sbyte>)Export("ethernet_input");
        FindArpEntry = (delegate* unmanaged[Cdecl]<LwipNetif*, uint*, void**, uint**, nint>)Export("etharp_find_addr");
        Ip6Route = (delegate* unmanaged[Cdecl]<LwipAddress*, LwipAddress*, LwipNetif*>)Export("ip6_route");
        PbufAlloc = (delegate* unmanaged[Cdecl]<int, ushort, int, LwipPbuf*>)Export("pbuf_alloc");
        PbufFree = (delegate* unmanaged[Cdecl]<LwipPbuf*, byte>)Export("pbuf_free");
        PbufCopyPartial = (delegate* unmanaged[Cdecl]<LwipPbuf*, void*, ushort, ushort, ushort>)Export("pbuf_copy_partial");
    }

    private void ResolveTcp()
    {
        TcpNew = (delegate* unmanaged[Cdecl]<byte, LwipTcpPcb*>)Export("tcp_new_ip_type");
        TcpBind = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, LwipAddress*, ushort, sbyte>)Export("tcp_bind");
        TcpBindNetif = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, LwipNetif*, void>)Export("tcp_bind_netif");
        TcpListen = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, byte, sbyte*, LwipTcpPcb*>)Export("tcp_listen_with_backlog_and_err");
        TcpConnect = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, LwipAddress*, ushort, nint, sbyte>)Export("tcp_connect");
        TcpWrite = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, void*, ushort, byte, sbyte>)Export("tcp_write");
        TcpOutput = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, sbyte>)Export("tcp_output");
        TcpReceived = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, ushort, void>)Export("tcp_recved");
        TcpShutdown = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, int, int, sbyte>)Export("tcp_shutdown");
        TcpClose = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, sbyte>)Export("tcp_close");
        TcpAbandon = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, int, void>)Export("tcp_abandon");
        TcpArgument = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, nint, void>)Export("tcp_arg");
        TcpOnReceive = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, nint, void>)Export("tcp_recv");
        TcpOnSent = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, nint, void>)Export("tcp_sent");
        TcpOnError = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, nint, void>)Export("tcp_err");
        TcpOnAccept = (delegate* unmanaged[Cdecl]<LwipTcpPcb*, nint, void>)Export("tcp_accept");
    }

    private void ResolveDatagrams()
    {
        UdpNew = (delegate* unmanaged[Cdecl]<byte, LwipUdpPcb*>)Export("udp_new_ip_type");
        UdpBind = (delegate* unmanaged[Cdecl]<LwipUdpPcb*, LwipAddress*, ushort, sbyte>)Export("udp_bind");
        UdpConnect = (delegate* unmanaged[Cdecl]<LwipUdpPcb*, LwipAddress*, ushort, sbyte>)Export("udp_connect");
        UdpBindNetif = (delegate* unmanaged[Cdecl]<LwipUdpPcb*, LwipNetif*, void>)Export("udp_bind_netif");
        UdpDisconnect = (delegate* unmanaged[Cdecl]<LwipUdpPcb*, void>)Export("udp_disconnect");
        UdpRemove = (delegate* unmanaged[Cdecl]<LwipUdpPcb*, void>)Export("udp_remove");
        UdpOnReceive = (delegate* unmanaged[Cdecl]<LwipUdpPcb*, nint, nint, void>)Export("udp_recv");
        UdpSendTo = (delegate* unmanaged[Cdecl]<LwipUdpPcb*, LwipPbuf*, LwipAddress*, ushort, sbyte>)Export("udp_sendto");
        RawNew = (delegate* unmanaged[Cdecl]<byte, byte, LwipRawPcb*>)Export("raw_new_ip_type");
        RawBind = (delegate* unmanaged[Cdecl]<LwipRawPcb*, LwipAddress*, sbyte>)Export("raw_bind");
        RawConnect = (delegate* unmanaged[Cdecl]<LwipRawPcb*, LwipAddress*, sbyte>)Export("raw_connect");
        RawBindNetif = (delegate* unmanaged[Cdecl]<LwipRawPcb*, LwipNetif*, void>)Export("raw_bind_netif");
        RawDisconnect = (delegate* unmanaged[Cdecl]<LwipRawPcb*, void>)Export("raw_disconnect");
        RawRemove = (delegate* unmanaged[Cdecl]<LwipRawPcb*, void>)Export("raw_remove");
        RawOnReceive = (delegate* unmanaged[Cdecl]<LwipRawPcb*, nint, nint, void>)Export("raw_recv");
        RawSendTo = (delegate* unmanaged[Cdecl]<LwipRawPcb*, LwipPbuf*, LwipAddress*, sbyte>)Export("raw_sendto");
        IgmpJoin = (delegate* unmanaged[Cdecl]<uint*, uint*, sbyte>)Export("igmp_joingroup");
        IgmpLeave = (delegate* unmanaged[Cdecl]<uint*, uint*, sbyte>)Export("igmp_leavegroup");
        MldJoin = (delegate* unmanaged[Cdecl]<LwipNetif*, LwipAddress*, sbyte>)Export("mld6_joingroup_netif");
        MldLeave = (delegate* unmanaged[Cdecl]<LwipNetif*, LwipAddress*, sbyte>)Export("mld6_leavegroup_netif");
    }
}
