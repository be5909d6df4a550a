namespace IoTNet.Emulator;

// Send, receive and poll. None of them allocates.
public sealed unsafe partial class LwipStack
{
    /// <inheritdoc/>
    public int Send(int handle, byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs)
    {
        return (flags & SocketFlags.OutOfBand) != 0 ? -(int)Errno.EOPNOTSUPP
            : Send(handle, new Buffers(buffer, offset, count), to, timeoutMs);
    }

    /// <inheritdoc/>
    public int SendMsg(int handle, SocketMessage message, int timeoutMs)
    {
        return (message.Flags & SocketFlags.OutOfBand) != 0 || message.ControlCount > 0 ? -(int)Errno.EOPNOTSUPP
            : Send(handle, new Buffers(message), message.Address, timeoutMs);
    }

    /// <inheritdoc/>
    public int Receive(int handle, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, int timeoutMs)
    {
        return Receive(handle, new Buffers(buffer, offset, count), ref flags, from, null, timeoutMs);
    }

    /// <inheritdoc/>
    public int ReceiveMsg(int handle, SocketMessage message, int timeoutMs)
    {
        message.ClearControls();
        SocketFlags flags = message.Flags;
        int result = Receive(handle, new Buffers(message), ref flags, message.Address, message, timeoutMs);
        message.Flags = flags | (message.Flags & SocketFlags.ControlDataTruncated);
        return result;
    }

    /// <inheritdoc/>
    public int Poll(int handle, PollEvents events, int timeoutMs)
    {
        Deadline deadline = Deadline.After(timeoutMs);
        BeginPoll();
        try
        {
            while (true)
            {
                int seen = _anySocket.Version;
                int result = Look(handle, (int)events);
                int left = deadline.RemainingMs();
                if (result != 0 || left == 0)
                {
                    return result;
                }

                _anySocket.Wait(seen, left);
            }
        }
        finally
        {
            EndPoll();
        }
    }

    /// <inheritdoc/>
    public int PollMany(int[] handles, int[] events, int[] results, int count, int timeoutMs)
    {
        if (count < 0 || count > handles.Length || count > events.Length || count > results.Length)
        {
            return -(int)Errno.EINVAL;
        }

        Deadline deadline = Deadline.After(timeoutMs);
        BeginPoll();
        try
        {
            while (true)
            {
                int seen = _anySocket.Version;
                int ready = 0;
                for (int i = 0; i < count; i++)
                {
                    results[i] = handles[i] < 0 ? 0 : Look(handles[i], events[i]);
                    ready += results[i] != 0 ? 1 : 0;
                }

                int left = deadline.RemainingMs();
                if (ready > 0 || left == 0)
                {
                    return ready;
                }

                _anySocket.Wait(seen, left);
            }
        }
        finally
        {
            EndPoll();
        }
    }

    private int Send(int handle, in Buffers buffers, SocketAddress? to, int timeoutMs)
    {
        Deadline deadline = Deadline.After(timeoutMs);
        LwipSocket? socket = EnterSocket(handle, out int result);
        int sent = 0;
        while (socket != null)
        {
            int seen = socket.Writable.Version;
            try
            {
                result = socket.Send(buffers.From(sent), to);
            }
            finally
            {
                Leave();
            }

            if (result >= 0)
            {
                sent += result;

                // The contract: a stream takes all when the call may wait for ever, else at least one byte.
                if (sent == buffers.TotalBytes || timeoutMs >= 0)
                {
                    return sent;
                }

                socket = Reenter(socket) ? socket : null;
                result = -(int)Errno.EINTR;
            }
            else if (result != WouldBlock || !WaitAgain(socket, socket.Writable, seen, ref deadline, ref result))
            {
                break;
            }
        }

        // POSIX send(): what was taken counts; the error comes with the next call.
        return sent > 0 ? sent : result;
    }

    private int Receive(int handle, in Buffers buffers, ref SocketFlags flags, SocketAddress? from, SocketMessage? message, int timeoutMs)
    {
        if ((flags & SocketFlags.OutOfBand) != 0)
        {
            return -(int)Errno.EOPNOTSUPP;
        }

        Deadline deadline = Deadline.After(timeoutMs);
        LwipSocket? socket = EnterSocket(handle, out int result);
        while (socket != null)
        {
            int seen = socket.Readable.Version;
            try
            {
                result = socket.Receive(buffers, ref flags, from, message);
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

    private void BeginPoll()
    {
        _ = Interlocked.Increment(ref _pollers);
    }

    private void EndPoll()
    {
        _ = Interlocked.Decrement(ref _pollers);
    }

    // The events of one socket; Err, Hup and Nval always count.
    private int Look(int handle, int events)
    {
        LwipSocket? socket = EnterSocket(handle, out _);
        if (socket == null)
        {
            return (int)PollEvents.Nval;
        }

        try
        {
            return (int)socket.Events & (events | (int)(PollEvents.Err | PollEvents.Hup));
        }
        finally
        {
            Leave();
        }
    }
}
