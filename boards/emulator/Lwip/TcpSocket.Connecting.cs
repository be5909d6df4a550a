using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

// Listening, accepting and connecting.
internal sealed unsafe partial class TcpSocket
{
    private TcpSocket?[] _accepted = [];
    private int _acceptedFirst;
    private int _acceptedCount;
    private int _backlog;

    /// <summary>Whether the socket listens on a port.</summary>
    internal bool IsListeningOn(ushort port) => _phase == Phase.Listening && _pcb->LocalPort == port;

    /// <summary>Whether connections may still be asked for: those that wait to be accepted, and those whose handshake goes
    /// on, are fewer than the backlog (lwIP with TCP_LISTEN_BACKLOG).</summary>
    internal bool HasBacklogRoom(int handshakes) => _acceptedCount + handshakes < _backlog;

    internal override int Listen(int backlog)
    {
        if (_phase == Phase.Listening)
        {
            _backlog = backlog;
            Array.Resize(ref _accepted, Math.Max(_accepted.Length, backlog));
            return 0;
        }

        if (_phase != Phase.Fresh || _pcb == null)
        {
            return -(int)Errno.EINVAL;
        }

        int result = Stack.CheckListenerPool();
        if (result < 0)
        {
            return result;
        }

        if (_pcb->LocalPort == 0)
        {
            LwipAddress any = _pcb->Ip.Local;
            result = Bind(any, 0);
            if (result < 0)
            {
                return result;
            }
        }

        sbyte error = LwipError.Ok;
        LwipTcpPcb* listener = Library.TcpListen(_pcb, byte.MaxValue, &error);
        if (listener == null)
        {
            return LwipError.ToResult(error);
        }

        _pcb = listener;
        _phase = Phase.Listening;
        _backlog = backlog;
        _accepted = new TcpSocket[backlog];
        Library.TcpArgument(_pcb, Self);
        Library.TcpOnAccept(_pcb, (nint)(delegate* unmanaged[Cdecl]<nint, LwipTcpPcb*, sbyte, sbyte>)&OnAccept);
        return 0;
    }

    /// <summary>The connection that has waited longest; it stays in the queue.</summary>
    internal override TcpSocket? PeekAccepted(out int error)
    {
        error = _phase == Phase.Listening ? WouldBlock : -(int)Errno.EINVAL;
        return _acceptedCount > 0 ? _accepted[_acceptedFirst] : null;
    }

    /// <summary>Takes the connection that was peeked at out of the queue.</summary>
    internal void TakeAccepted()
    {
        _ = DequeueAccepted();
    }

    internal override int Connect(in LwipAddress address, ushort port)
    {
        switch (_phase)
        {
            case Phase.Connecting:
                return -(int)Errno.EALREADY;
            case Phase.Connected:
            case Phase.Listening:
            case Phase.Ended when WasConnected:
                return -(int)Errno.EISCONN;
            case Phase.Ended:
                return -(int)Errno.ECONNABORTED;
        }

        // Port 0 names no service, and a stream has one peer.
        if (port == 0)
        {
            return -(int)Errno.ECONNREFUSED;
        }

        if (AddressConversion.IsMulticast(address) || Stack.Interface.IsBroadcast(address) || !Stack.HasRoute(address))
        {
            return -(int)Errno.ENETUNREACH;
        }

        Attach();
        ApplyOptions();
        LwipAddress remote = address;
        int result = LwipError.ToResult(Library.TcpConnect(_pcb, &remote, port,
            (nint)(delegate* unmanaged[Cdecl]<nint, LwipTcpPcb*, sbyte, sbyte>)&OnConnected));
        if (result < 0)
        {
            return result == -(int)Errno.ENOBUFS ? -(int)Errno.EADDRNOTAVAIL : result;
        }

        _phase = Phase.Connecting;
        _remote = address;
        return -(int)Errno.EINPROGRESS;
    }

    internal override int ConnectResult()
    {
        if (_phase == Phase.Connecting)
        {
            return WouldBlock;
        }

        // The error belongs to this call; without one the connection was established, though it may be over again.
        int error = TakeError();
        return error != 0 ? -error : WasConnected ? 0 : -(int)Errno.ECONNABORTED;
    }

    internal override void GiveUpConnect()
    {
        if (_phase == Phase.Connecting)
        {
            Remember();
            Detach();
            Library.TcpAbandon(_pcb, 0);
            _pcb = null;
            _phase = Phase.Ended;
            ChangeReadable();
            ChangeWritable();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static sbyte OnConnected(nint argument, LwipTcpPcb* pcb, sbyte error)
    {
        try
        {
            if (Find(argument) is TcpSocket socket)
            {
                socket.Establish();
                socket.ChangeWritable();
            }

            return LwipError.Ok;
        }
        catch
        {
            return LwipError.Memory;
        }
    }

    // lwIP aborts the connection when this answers an error that is not ERR_ABRT.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static sbyte OnAccept(nint argument, LwipTcpPcb* pcb, sbyte error)
    {
        try
        {
            return pcb != null && error == LwipError.Ok && Find(argument) is TcpSocket listener && listener.EnqueueAccepted(pcb)
                ? LwipError.Ok : LwipError.Memory;
        }
        catch
        {
            return LwipError.Memory;
        }
    }

    private bool EnqueueAccepted(LwipTcpPcb* pcb)
    {
        if (_acceptedCount == _accepted.Length)
        {
            return false;
        }

        _accepted[(_acceptedFirst + _acceptedCount) % _accepted.Length] = new TcpSocket(this, pcb);
        _acceptedCount++;
        ChangeReadable();
        return true;
    }

    private TcpSocket? DequeueAccepted()
    {
        if (_acceptedCount == 0)
        {
            return null;
        }

        TcpSocket? connection = _accepted[_acceptedFirst];
        _accepted[_acceptedFirst] = null;
        _acceptedFirst = (_acceptedFirst + 1) % _accepted.Length;
        _acceptedCount--;
        return connection;
    }

    // A listener that closes resets the connections that nobody accepted, as Linux does.
    private void ReleaseAccepted()
    {
        for (TcpSocket? waiting = DequeueAccepted(); waiting != null; waiting = DequeueAccepted())
        {
            waiting.LingerSeconds = 0;
            waiting.Close();
        }
    }
}
