namespace IoTNet.Emulator;

/// <summary>A stream socket on lwIP's tcp_ interface.</summary>
internal sealed unsafe partial class TcpSocket : LwipSocket
{
    /// <summary>The MSS of a peer that tells none (RFC 9293 3.7.1).</summary>
    private const uint SmallestSegment = 536;

    private readonly ReceiveRing _received;
    private LwipTcpPcb* _pcb;
    private Phase _phase;
    private Errno _error;
    private bool _endReceived;
    private bool _endSent;
    private bool _receiveShut;
    private bool _isLocal;
    private LwipAddress _local;
    private LwipAddress _remote;
    private ushort _localPort;
    private ushort _remotePort;

    /// <summary>Makes a socket that is not connected.</summary>
    internal TcpSocket(LwipStack stack, AddressFamily family, LwipTcpPcb* pcb)
        : base(stack, family, SocketType.Stream)
    {
        _received = new ReceiveRing(stack.Limits.ReceiveWindow);
        _pcb = pcb;
    }

    // A connection that lwIP has accepted.
    private TcpSocket(TcpSocket listener, LwipTcpPcb* pcb)
        : this(listener.Stack, listener.Family, pcb)
    {
        InheritOptions(listener);
        _noDelay = listener._noDelay;
        _keepIdleSeconds = listener._keepIdleSeconds;
        _keepIntervalSeconds = listener._keepIntervalSeconds;
        _keepCount = listener._keepCount;
        Attach();
        Establish();
        ApplyOptions();
    }

    private enum Phase
    {
        /// <summary>Neither connected nor listening, bound or not.</summary>
        Fresh,
        Listening,
        Connecting,
        Connected,

        /// <summary>The connection is over, or never came to be; lwIP's control block is gone.</summary>
        Ended,
    }

    internal override LwipPcb* Pcb => (LwipPcb*)_pcb;

    internal override bool IsBound => _phase != Phase.Fresh || (_pcb != null && _pcb->LocalPort != 0);

    internal override int Available => _received.Count;

    internal override int ReceiveBufferBytes => Math.Min(ReceiveLimitBytes, WindowLimit);

    /// <summary>Whether the socket holds one of lwIP's connection blocks without having a connection.</summary>
    internal bool HoldsIdlePcb => _phase == Phase.Fresh && _pcb != null;

    /// <summary>Whether a connection was ever established.</summary>
    private bool WasConnected => _remotePort != 0;

    private int WindowLimit => Stack.Limits.ReceiveWindow;

    /// <summary>lwIP's TCP_SNDLOWAT: from here on a poll says that there is room.</summary>
    private int SendLowWater
    {
        get
        {
            int limit = Stack.Limits.SendBuffer;
            return Math.Min(Math.Max(limit / 2, (2 * Stack.Limits.MaximumSegment) + 1), limit - 1);
        }
    }

    /// <summary>Whether a sender that waits for room goes on: at <see cref="SendLowWater"/>, but before fewer than two segments
    /// are under way. lwIP's own blocking send takes any room; with a buffer of two segments a sender that waits for half of
    /// it leaves single segments to the receiver, and each of them to its delayed ACK (RFC 1122 4.2.3.2).</summary>
    private bool HasRoomToContinue => _pcb != null &&
        _pcb->SendBuffer >= Math.Min(SendLowWater, Stack.Limits.SendBuffer - (2 * Stack.Limits.MaximumSegment) + 1);

    private bool HasRoom => _pcb != null && _pcb->SendBuffer >= SendLowWater && _pcb->SendQueueLength < LwipTcpPcb.MaxQueueLength / 2;

    internal override PollEvents Events
    {
        get
        {
            PollEvents events = _error != Errno.None ? PollEvents.Err | PollEvents.In | PollEvents.Out : PollEvents.None;
            switch (_phase)
            {
                case Phase.Fresh:
                    // poll(2) on Linux: a stream that was never connected hangs up.
                    return events | PollEvents.Out | PollEvents.Hup;
                case Phase.Listening:
                    return _acceptedCount > 0 ? PollEvents.In : PollEvents.None;
                case Phase.Connecting:
                    return events;
                case Phase.Ended:
                    return events | PollEvents.In | PollEvents.Out | PollEvents.Hup;
                default:
                    events |= _received.Count > 0 || _endReceived || _receiveShut ? PollEvents.In : PollEvents.None;
                    events |= _endSent || HasRoom ? PollEvents.Out : PollEvents.None;
                    return (_endReceived || _receiveShut) && _endSent ? events | PollEvents.Hup : events;
            }
        }
    }

    internal override int Bind(in LwipAddress address, ushort port)
    {
        // A second tcp_bind would put the block into lwIP's list twice, which then never ends.
        if (_phase != Phase.Fresh || _pcb == null || _pcb->LocalPort != 0)
        {
            return -(int)Errno.EINVAL;
        }

        LwipAddress local = address;
        if (Family == AddressFamily.InterNetworkV6 && !V6Only && AddressConversion.IsAny(address))
        {
            local.Type = LwipAddress.AnyType;
        }

        // lwIP looks for a listener only when the second socket listens as well; POSIX has bind find it.
        return port != 0 && Stack.HasListener(local, port) ? -(int)Errno.EADDRINUSE
            : LwipError.ToResult(Library.TcpBind(_pcb, &local, port));
    }

    internal override int Shutdown(SocketShutdown how)
    {
        if (_phase != Phase.Connected)
        {
            return -(int)Errno.ENOTCONN;
        }

        if (how != SocketShutdown.Send && !_receiveShut)
        {
            _receiveShut = true;
            Discard();
            ChangeReadable();
        }

        if (how != SocketShutdown.Receive && !_endSent)
        {
            _endSent = true;
            if (_endReceived)
            {
                // lwIP frees a block in TIME_WAIT without a word, so one whose halves are both over is left to it at once.
                LeaveToLwip();
                _phase = Phase.Ended;
            }
            else
            {
                _ = Library.TcpShutdown(_pcb, 0, 1);
            }

            ChangeReadable();
            ChangeWritable();
        }

        return 0;
    }

    internal override int TakeError()
    {
        int error = (int)_error;
        _error = Errno.None;
        return error;
    }

    internal override void GetLocal(SocketAddress target)
    {
        bool live = _pcb != null && _phase != Phase.Ended;
        LwipAddress address = live ? _pcb->Ip.Local : _local;
        AddressConversion.Write(address, live ? _pcb->LocalPort : _localPort, Family, target);
    }

    internal override int GetRemote(SocketAddress target)
    {
        if (_phase != Phase.Connected)
        {
            return -(int)Errno.ENOTCONN;
        }

        WriteRemote(target);
        return 0;
    }

    internal void WriteRemote(SocketAddress target)
    {
        AddressConversion.Write(_remote, _remotePort, Family, target);
    }

    protected override void Release()
    {
        ReleaseAccepted();
        if (_pcb == null)
        {
            _received.Free();
            return;
        }

        // RFC 2525 2.17: closing with unread data resets the connection, so that the peer learns that it was not read.
        bool reset = _phase == Phase.Connected && (LingerSeconds == 0 || (_received.Count > 0 && !_receiveShut));
        if (reset)
        {
            Detach();
            Library.TcpAbandon(_pcb, 1);
            _pcb = null;
        }
        else
        {
            LeaveToLwip();
        }

        _received.Free();
    }

    protected override void Cut()
    {
        for (TcpSocket? waiting = DequeueAccepted(); waiting != null; waiting = DequeueAccepted())
        {
            waiting.Abandon();
        }

        if (_pcb != null)
        {
            Detach();
            if (_phase == Phase.Listening)
            {
                _ = Library.TcpClose(_pcb);
            }
            else
            {
                Library.TcpAbandon(_pcb, 0);
            }

            _pcb = null;
        }

        _received.Free();
    }

    // Connects the block's callbacks to this socket, and makes it as small as the board's.
    private void Attach()
    {
        Library.TcpArgument(_pcb, Self);
        Library.TcpOnReceive(_pcb, (nint)(delegate* unmanaged[Cdecl]<nint, LwipTcpPcb*, LwipPbuf*, sbyte, sbyte>)&OnReceive);
        Library.TcpOnSent(_pcb, (nint)(delegate* unmanaged[Cdecl]<nint, LwipTcpPcb*, ushort, sbyte>)&OnSent);
        Library.TcpOnError(_pcb, (nint)(delegate* unmanaged[Cdecl]<nint, sbyte, void>)&OnError);
        _pcb->SendBuffer = (uint)Stack.Limits.SendBuffer;
    }

    private void Detach()
    {
        Library.TcpArgument(_pcb, 0);
        if (_phase == Phase.Listening)
        {
            Library.TcpOnAccept(_pcb, 0);
            return;
        }

        Library.TcpOnReceive(_pcb, 0);
        Library.TcpOnSent(_pcb, 0);
        Library.TcpOnError(_pcb, 0);
    }

    // Closes the block in order and lets lwIP bring the connection to its end: what was sent is still delivered.
    private void LeaveToLwip()
    {
        Remember();
        Detach();
        if (_phase == Phase.Connected)
        {
            // tcp_close resets when the window is not fully open, because it takes that for unread data. It is not fully
            // open on a board with a smaller window than the build's, nor when data was discarded.
            _pcb->ReceiveWindow = LwipTcpPcb.MaxWindow;
        }

        _ = Library.TcpClose(_pcb);
        _pcb = null;
    }

    // The addresses, for when the block is gone.
    private void Remember()
    {
        _local = _pcb->Ip.Local;
        _localPort = _pcb->LocalPort;
    }

    private void Establish()
    {
        _phase = Phase.Connected;
        _remote = _pcb->Ip.Remote;
        _remotePort = _pcb->RemotePort;
        _isLocal = Stack.Interface.IsOwn(_remote);
        Remember();

        // tcp_write makes segments of at most half the largest window seen, and aborts the process when one that waits is
        // longer: the peer's window must not grow from nothing to next to nothing.
        _pcb->LargestSendWindow = Math.Max(_pcb->LargestSendWindow, SmallestSegment * 2);
        if (WindowLimit < LwipTcpPcb.MaxWindow)
        {
            _pcb->ReceiveWindow = (uint)WindowLimit;
            _pcb->AnnouncedWindow = (uint)WindowLimit;

            // The SYN offered lwIP's own window, before the shaper cut the offer.
            _pcb->AnnouncedRightEdge = _pcb->ReceiveNext + (uint)WindowLimit;
        }
    }
}
