namespace IoTNet.Emulator;

// The pools, as small as the board's.
public sealed unsafe partial class LwipStack
{
    /// <summary>Connection blocks in use: those of lwIP's active connections, which live on after close until both ends have
    /// said goodbye, and those of stream sockets that are neither connected nor listening.</summary>
    internal int TcpInUse => Count(*_library.TcpActivePcbs) + CountSockets<TcpSocket>(socket => socket.HoldsIdlePcb);

    /// <summary>Connections that wait out TIME_WAIT.</summary>
    internal int TcpTimeWaiting => Count(*_library.TcpTimeWaitPcbs);

    /// <summary>Whether one more stream socket may listen.</summary>
    /// <returns>0, or ENFILE.</returns>
    internal int CheckListenerPool()
    {
        return Count(*_library.TcpListenPcbs) < Limits.TcpListeners ? 0
            : Exhausted($"all {Limits.TcpListeners} listening TCP control blocks of the lwip stack are in use ({Configuration.Name})");
    }

    /// <summary>Whether a socket listens where another one wants to be bound.</summary>
    internal bool HasListener(in LwipAddress address, ushort port)
    {
        for (LwipTcpPcb* pcb = *_library.TcpListenPcbs; pcb != null; pcb = pcb->Next)
        {
            bool sameFamily = pcb->Ip.Local.Type == address.Type || pcb->Ip.Local.Type == LwipAddress.AnyType || address.Type == LwipAddress.AnyType;
            if (pcb->LocalPort == port && sameFamily && (AddressConversion.IsAny(pcb->Ip.Local) ||
                AddressConversion.IsAny(address) || AddressConversion.AreEqual(pcb->Ip.Local, address)))
            {
                return true;
            }
        }

        return false;
    }

    private int Create(AddressFamily family, SocketType type, ProtocolType protocol, out LwipSocket? socket)
    {
        socket = null;
        byte addressType = family == AddressFamily.InterNetwork ? LwipAddress.V4 : LwipAddress.V6;
        switch (type)
        {
            case SocketType.Stream:
                return protocol is not (ProtocolType.Unspecified or ProtocolType.Tcp) ? -(int)Errno.EPROTONOSUPPORT
                    : CreateTcp(family, addressType, out socket);
            case SocketType.Dgram:
                return protocol is not (ProtocolType.Unspecified or ProtocolType.Udp) ? -(int)Errno.EPROTONOSUPPORT
                    : CreateUdp(family, addressType, out socket);
            case SocketType.Raw:
                return Limits.RawSockets == 0 ? -(int)Errno.ESOCKTNOSUPPORT
                    : (int)protocol is < 1 or > 255 ? -(int)Errno.EPROTONOSUPPORT
                    : CreateRaw(family, addressType, (byte)(int)protocol, out socket);
            default:
                return -(int)Errno.ESOCKTNOSUPPORT;
        }
    }

    private int CreateTcp(AddressFamily family, byte addressType, out LwipSocket? socket)
    {
        socket = null;
        if (!HasTcpRoom())
        {
            return Exhausted($"all {Limits.TcpConnections} TCP control blocks of the lwip stack are in use, closing connections included ({Configuration.Name})");
        }

        LwipTcpPcb* pcb = _library.TcpNew(addressType);
        socket = pcb == null ? null : new TcpSocket(this, family, pcb);
        return pcb == null ? -(int)Errno.ENOMEM : 0;
    }

    private int CreateUdp(AddressFamily family, byte addressType, out LwipSocket? socket)
    {
        socket = null;
        if (CountSockets<UdpSocket>(_ => true) >= Limits.UdpSockets)
        {
            return Exhausted($"all {Limits.UdpSockets} UDP control blocks of the lwip stack are in use ({Configuration.Name})");
        }

        LwipUdpPcb* pcb = _library.UdpNew(addressType);
        socket = pcb == null ? null : new UdpSocket(this, family, pcb);
        return pcb == null ? -(int)Errno.ENOMEM : 0;
    }

    private int CreateRaw(AddressFamily family, byte addressType, byte protocol, out LwipSocket? socket)
    {
        socket = null;
        if (CountSockets<RawSocket>(_ => true) >= Limits.RawSockets)
        {
            return Exhausted($"all {Limits.RawSockets} raw control blocks of the lwip stack are in use ({Configuration.Name})");
        }

        LwipRawPcb* pcb = _library.RawNew(addressType, protocol);
        socket = pcb == null ? null : new RawSocket(this, family, pcb);
        return pcb == null ? -(int)Errno.ENOMEM : 0;
    }

    private int AddHandle(LwipSocket socket)
    {
        int handle = _handles.Add(socket);
        if (handle < 0)
        {
            return Exhausted($"all {Limits.Sockets} sockets of the lwip stack are open ({Configuration.Name})");
        }

        socket.Handle = handle;
        return handle;
    }

    private int Exhausted(string description)
    {
        Volatile.Write(ref _exhaustion, description);
        return -(int)Errno.ENFILE;
    }

    // As lwIP's tcp_alloc does when its pool is empty: the oldest connection makes room of those that only wait for the last
    // word of the other end.
    private bool HasTcpRoom()
    {
        while (TcpInUse + TcpTimeWaiting >= Limits.TcpConnections)
        {
            LwipTcpPcb* oldest = FindOldest(*_library.TcpTimeWaitPcbs, LwipTcpPcb.TimeWait);
            oldest = oldest != null ? oldest : FindOldest(*_library.TcpActivePcbs, LwipTcpPcb.LastAck);
            oldest = oldest != null ? oldest : FindOldest(*_library.TcpActivePcbs, LwipTcpPcb.Closing);
            if (oldest == null)
            {
                return false;
            }

            _library.TcpAbandon(oldest, 0);
        }

        return true;
    }

    private static LwipTcpPcb* FindOldest(LwipTcpPcb* list, int state)
    {
        LwipTcpPcb* oldest = null;
        for (LwipTcpPcb* pcb = list; pcb != null; pcb = pcb->Next)
        {
            // Times wrap around; what is older lies further back.
            if (pcb->State == state && (oldest == null || (int)(pcb->LastActivity - oldest->LastActivity) <= 0))
            {
                oldest = pcb;
            }
        }

        return oldest;
    }

    // Whether a request for a connection is let through to lwIP. One to a port that nobody listens on is, so that lwIP
    // refuses it; one that finds the backlog or the pool full stays unanswered (lwIP, tcp_listen_input).
    private bool HasRoomForConnection(ushort port)
    {
        bool listening = false;
        for (int slot = 0; slot < _handles.Capacity; slot++)
        {
            if (_handles.ItemAt(slot) is TcpSocket socket && socket.IsListeningOn(port))
            {
                listening = true;
                if (socket.HasBacklogRoom(CountHandshakes(port)) && HasTcpRoom())
                {
                    return true;
                }
            }
        }

        return !listening;
    }

    private int CountHandshakes(ushort port)
    {
        int count = 0;
        for (LwipTcpPcb* pcb = *_library.TcpActivePcbs; pcb != null; pcb = pcb->Next)
        {
            count += pcb->State == LwipTcpPcb.SynReceived && pcb->LocalPort == port ? 1 : 0;
        }

        return count;
    }

    private int CountSockets<T>(Predicate<T> condition)
        where T : LwipSocket
    {
        int count = 0;
        for (int slot = 0; slot < _handles.Capacity; slot++)
        {
            count += _handles.ItemAt(slot) is T socket && condition(socket) ? 1 : 0;
        }

        return count;
    }

    private static int Count(LwipTcpPcb* list)
    {
        int count = 0;
        for (LwipTcpPcb* pcb = list; pcb != null; pcb = pcb->Next)
        {
            count++;
        }

        return count;
    }
}
