namespace IoTNet.Emulator;

// What a person or a test wants to see of the sockets.
public sealed unsafe partial class LwipStack
{
    /// <summary>Tells what sockets are open, and what connections lwIP has besides.</summary>
    /// <returns>The open sockets, then the connections without a socket; nothing when the board is off.</returns>
    public IReadOnlyList<SocketSnapshot> GetSockets()
    {
        List<SocketSnapshot> sockets = [];
        if (!Enter())
        {
            return sockets;
        }

        try
        {
            HashSet<nint> held = [];
            for (int slot = 0; slot < _handles.Capacity; slot++)
            {
                if (_handles.ItemAt(slot) is LwipSocket socket)
                {
                    _ = held.Add((nint)socket.Pcb);
                    sockets.Add(Describe(socket));
                }
            }

            AddOthers(*_library.TcpActivePcbs, held, sockets);
            AddOthers(*_library.TcpTimeWaitPcbs, held, sockets);
            return sockets;
        }
        finally
        {
            Leave();
        }
    }

    private static SocketSnapshot Describe(LwipSocket socket)
    {
        SocketAddress address = new();
        socket.GetLocal(address);
        IPEndPoint local = IPEndPoint.FromSocketAddress(address);
        bool hasPeer = socket.GetRemote(address) >= 0;
        return new SocketSnapshot
        {
            Handle = socket.Handle,
            Type = socket.Type,
            Local = local,
            Remote = hasPeer ? IPEndPoint.FromSocketAddress(address) : null,
            State = socket.Type == SocketType.Stream && socket.Pcb != null ? (TcpState)((LwipTcpPcb*)socket.Pcb)->State : TcpState.Closed,
            ReceivableBytes = socket.Available,
        };
    }

    private static void AddOthers(LwipTcpPcb* list, HashSet<nint> held, List<SocketSnapshot> sockets)
    {
        for (LwipTcpPcb* pcb = list; pcb != null; pcb = pcb->Next)
        {
            if (!held.Contains((nint)pcb))
            {
                sockets.Add(new SocketSnapshot
                {
                    Handle = 0,
                    Type = SocketType.Stream,
                    Local = ToEndPoint(pcb->Ip.Local, pcb->LocalPort),
                    Remote = ToEndPoint(pcb->Ip.Remote, pcb->RemotePort),
                    State = (TcpState)pcb->State,
                    ReceivableBytes = 0,
                });
            }
        }
    }

    private static IPEndPoint ToEndPoint(in LwipAddress address, ushort port)
    {
        SocketAddress target = new();
        AddressConversion.Write(address, port, address.Type == LwipAddress.V4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, target);
        return IPEndPoint.FromSocketAddress(target);
    }
}
