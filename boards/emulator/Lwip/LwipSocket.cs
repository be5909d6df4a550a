using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>
/// A socket on lwIP. Every member is called under the stack's lock, and answers at once: <c>&gt;= 0</c>,
/// <c>-(int)Errno</c>, or EAGAIN where a caller may wait for <see cref="Readable"/> or <see cref="Writable"/>.
/// </summary>
internal abstract unsafe partial class LwipSocket
{
    protected const int WouldBlock = -(int)Errno.EAGAIN;
    private GCHandle _self;

    protected LwipSocket(LwipStack stack, AddressFamily family, SocketType type)
    {
        Stack = stack;
        Family = family;
        Type = type;
        _self = GCHandle.Alloc(this);
    }

    internal LwipStack Stack { get; }

    internal AddressFamily Family { get; }

    internal SocketType Type { get; }

    /// <summary>The socket's handle; 0 for a connection that nobody has accepted yet.</summary>
    internal int Handle { get; set; }

    /// <summary>Whether the socket was closed; calls that still hold it end with EINTR.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Changes when there is something to receive or to accept.</summary>
    internal WaitPoint Readable { get; } = new();

    /// <summary>Changes when there is room to send, or a connect has ended.</summary>
    internal WaitPoint Writable { get; } = new();

    /// <summary>The selectors' watches of the socket.</summary>
    internal LwipWatch? Watches { get; set; }

    /// <summary>Whether it is among those that changed under the lock that is held now.</summary>
    internal bool IsChanged { get; set; }

    /// <summary>lwIP's control block, to read and set what all kinds have; null when there is none any more.</summary>
    internal abstract LwipPcb* Pcb { get; }

    /// <summary>Whether the socket has a local port.</summary>
    internal abstract bool IsBound { get; }

    /// <summary>SO_RCVBUF, as it counts.</summary>
    internal virtual int ReceiveBufferBytes => ReceiveLimitBytes;

    /// <summary>What the next receive can take, in bytes.</summary>
    internal abstract int Available { get; }

    /// <summary>The events that a poll would report.</summary>
    internal abstract PollEvents Events { get; }

    protected LwipLibrary Library => Stack.Library;

    /// <summary>The handle by which lwIP's callbacks find the socket.</summary>
    protected nint Self => GCHandle.ToIntPtr(_self);

    internal abstract int Bind(in LwipAddress address, ushort port);

    internal virtual int Listen(int backlog) => -(int)Errno.EOPNOTSUPP;

    internal virtual TcpSocket? PeekAccepted(out int error)
    {
        error = -(int)Errno.EOPNOTSUPP;
        return null;
    }

    /// <summary>Connects, or begins to: EINPROGRESS, then <see cref="ConnectResult"/>.</summary>
    internal abstract int Connect(in LwipAddress address, ushort port);

    /// <summary>Takes a datagram socket's peer away.</summary>
    internal virtual int Disconnect() => -(int)Errno.EAFNOSUPPORT;

    /// <summary>How a connect that went on behind ended; EAGAIN while it has not.</summary>
    internal virtual int ConnectResult() => 0;

    /// <summary>Ends a connect whose time is over.</summary>
    internal virtual void GiveUpConnect()
    {
    }

    internal abstract int Shutdown(SocketShutdown how);

    internal abstract int Send(in Buffers buffers, SocketAddress? to);

    internal abstract int Receive(in Buffers buffers, ref SocketFlags flags, SocketAddress? from, SocketMessage? message);

    internal abstract int TakeError();

    internal abstract void GetLocal(SocketAddress target);

    internal abstract int GetRemote(SocketAddress target);

    /// <summary>Frees what lwIP has, as close() does. What was sent is still delivered.</summary>
    protected abstract void Release();

    /// <summary>Frees what lwIP has without a word on the network, as a power cut does.</summary>
    protected abstract void Cut();

    /// <summary>Closes the socket and wakes all that wait on it.</summary>
    internal void Close()
    {
        Release();
        End();
    }

    /// <summary>Ends the socket without a word on the network.</summary>
    internal void Abandon()
    {
        Cut();
        End();
    }

    /// <summary>Finds the socket of a callback's argument; null when lwIP has none any more.</summary>
    protected static LwipSocket? Find(nint argument)
    {
        return argument == 0 ? null : (LwipSocket?)GCHandle.FromIntPtr(argument).Target;
    }

    protected void ChangeReadable()
    {
        Stack.Change(Readable);
        Stack.Change(this);
    }

    protected void ChangeWritable()
    {
        Stack.Change(Writable);
        Stack.Change(this);
    }

    private void End()
    {
        IsClosed = true;
        _self.Free();
        ChangeReadable();
        ChangeWritable();
    }
}
