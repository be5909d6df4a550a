namespace IoTNet.Emulator;

// The seam's calls: find the socket, take the lock, try, and wait until it can be done or the time is over.
public sealed unsafe partial class LwipStack
{
    /// <inheritdoc/>
    public int Open(AddressFamily family, SocketType type, ProtocolType protocol)
    {
        if (family != AddressFamily.InterNetwork && (family != AddressFamily.InterNetworkV6 || !Limits.HasIPv6))
        {
            return -(int)Errno.EAFNOSUPPORT;
        }

        if (!Enter())
        {
            return -(int)Errno.ENETDOWN;
        }

        try
        {
            int result = Create(family, type, protocol, out LwipSocket? socket);
            if (result < 0)
            {
                return result;
            }

            int handle = AddHandle(socket!);
            if (handle < 0)
            {
                socket!.Abandon();
            }

            return handle;
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public int Close(int handle)
    {
        if (_handles.Remove(handle) is not LwipSocket socket)
        {
            return -(int)Errno.EBADF;
        }

        // A power-off may have been first; it leaves nothing to do.
        if (Enter())
        {
            try
            {
                if (!socket.IsClosed)
                {
                    socket.Close();
                }
            }
            finally
            {
                Leave();
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public int Bind(int handle, SocketAddress local)
    {
        LwipSocket? socket = EnterSocket(handle, out int error);
        if (socket == null)
        {
            return error;
        }

        try
        {
            error = ReadAddress(socket, local, out LwipAddress address, out ushort port);
            return error < 0 ? error : IsBindable(address) ? socket.Bind(address, port) : -(int)Errno.EADDRNOTAVAIL;
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public int Listen(int handle, int backlog)
    {
        LwipSocket? socket = EnterSocket(handle, out int error);
        if (socket == null)
        {
            return error;
        }

        try
        {
            return socket.Listen(Math.Max(1, backlog));
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public int Accept(int handle, SocketAddress peer, int timeoutMs)
    {
        Deadline deadline = Deadline.After(timeoutMs);
        LwipSocket? socket = EnterSocket(handle, out int result);
        while (socket != null)
        {
            int seen = socket.Readable.Version;
            try
            {
                result = TryAccept(socket, peer);
            }
            finally
            {
                Leave();
            }

            if (result != WouldBlock || !WaitAgain(socket, socket.Readable, seen, ref deadline, ref result))
            {
                return result;
            }
        }

        return result;
    }

    /// <inheritdoc/>
    public int Connect(int handle, SocketAddress remote, int timeoutMs)
    {
        Deadline deadline = Deadline.After(timeoutMs);
        LwipSocket? socket = EnterSocket(handle, out int result);
        if (socket == null)
        {
            return result;
        }

        try
        {
            result = TryConnect(socket, remote);
        }
        finally
        {
            Leave();
        }

        if (result != -(int)Errno.EINPROGRESS || timeoutMs == 0)
        {
            return result;
        }

        while (Reenter(socket))
        {
            int seen = socket.Writable.Version;
            int left = deadline.RemainingMs();
            try
            {
                result = socket.ConnectResult();
                if (result == WouldBlock && left == 0)
                {
                    socket.GiveUpConnect();
                    result = -(int)Errno.ETIMEDOUT;
                }
            }
            finally
            {
                Leave();
            }

            if (result != WouldBlock)
            {
                return result;
            }

            socket.Writable.Wait(seen, left);
        }

        return -(int)Errno.EINTR;
    }

    /// <inheritdoc/>
    public int Shutdown(int handle, SocketShutdown how)
    {
        LwipSocket? socket = EnterSocket(handle, out int error);
        if (socket == null)
        {
            return error;
        }

        try
        {
            return how is < SocketShutdown.Receive or > SocketShutdown.Both ? -(int)Errno.EINVAL : socket.Shutdown(how);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public int GetLocalAddress(int handle, SocketAddress local)
    {
        LwipSocket? socket = EnterSocket(handle, out int error);
        if (socket == null)
        {
            return error;
        }

        try
        {
            socket.GetLocal(local);
            return 0;
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public int GetRemoteAddress(int handle, SocketAddress remote)
    {
        LwipSocket? socket = EnterSocket(handle, out int error);
        if (socket == null)
        {
            return error;
        }

        try
        {
            return socket.GetRemote(remote);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Finds an open socket and takes the lock.</summary>
    /// <returns>The socket, with the lock held; or null, and <paramref name="error"/> says why.</returns>
    private LwipSocket? EnterSocket(int handle, out int error)
    {
        error = -(int)Errno.EBADF;
        if (_handles.Get(handle) is not LwipSocket socket || !Enter())
        {
            return null;
        }

        if (socket.IsClosed)
        {
            Leave();
            return null;
        }

        error = 0;
        return socket;
    }

    /// <summary>Takes the lock again for a socket that was waited for.</summary>
    /// <returns>False when it was closed meanwhile, or the board is off.</returns>
    private bool Reenter(LwipSocket socket)
    {
        if (!Enter())
        {
            return false;
        }

        if (socket.IsClosed)
        {
            Leave();
            return false;
        }

        return true;
    }

    /// <summary>Waits, within the time that is left, and takes the lock again.</summary>
    /// <returns>False when the call is over with <paramref name="result"/>; the lock is not held then.</returns>
    private bool WaitAgain(LwipSocket socket, WaitPoint point, int seen, ref Deadline deadline, ref int result)
    {
        int left = deadline.RemainingMs();
        if (left == 0)
        {
            return false;
        }

        point.Wait(seen, left);
        if (Reenter(socket))
        {
            return true;
        }

        result = -(int)Errno.EINTR;
        return false;
    }

    private int TryAccept(LwipSocket listener, SocketAddress? peer)
    {
        TcpSocket? accepted = listener.PeekAccepted(out int error);
        if (accepted == null)
        {
            return error;
        }

        // A connection for which there is no handle goes on waiting in the backlog.
        int handle = AddHandle(accepted);
        if (handle < 0)
        {
            return handle;
        }

        ((TcpSocket)listener).TakeAccepted();
        if (peer != null)
        {
            accepted.WriteRemote(peer);
        }

        return handle;
    }

    private int TryConnect(LwipSocket socket, SocketAddress remote)
    {
        if (remote.Family == AddressFamily.Unspecified)
        {
            return socket.Disconnect();
        }

        int error = ReadAddress(socket, remote, out LwipAddress address, out ushort port);
        return error < 0 ? error : socket.Connect(ToReachable(address), port);
    }
}
