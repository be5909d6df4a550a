using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

// Bytes in and out.
internal sealed unsafe partial class TcpSocket
{
    private const byte WriteCopy = 1, WriteMore = 2;

    internal override int Send(in Buffers buffers, SocketAddress? to)
    {
        switch (_phase)
        {
            case Phase.Fresh:
            case Phase.Listening:
                return -(int)Errno.EPIPE;
            case Phase.Connecting:
                return WouldBlock;
        }

        int error = TakeError();
        if (error != 0)
        {
            return -error;
        }

        if (_endSent || _phase == Phase.Ended)
        {
            return -(int)Errno.EPIPE;
        }

        int sent = 0;
        for (int i = 0; i < buffers.Count; i++)
        {
            ReadOnlySpan<byte> part = buffers[i];
            int written = Write(part, sent + part.Length < buffers.TotalBytes);
            sent += written;
            if (written < part.Length)
            {
                break;
            }
        }

        if (sent > 0)
        {
            _ = Library.TcpOutput(_pcb);
        }

        return sent == 0 && buffers.TotalBytes > 0 ? WouldBlock : sent;
    }

    internal override int Receive(in Buffers buffers, ref SocketFlags flags, SocketAddress? from, SocketMessage? message)
    {
        switch (_phase)
        {
            case Phase.Fresh:
            case Phase.Listening:
                return -(int)Errno.ENOTCONN;
            case Phase.Connecting:
                return WouldBlock;
        }

        bool peek = (flags & SocketFlags.Peek) != 0;
        int got = 0;
        for (int i = 0; i < buffers.Count && got < _received.Count; i++)
        {
            got += _received.Peek(buffers[i], got);
        }

        if (got > 0)
        {
            flags = SocketFlags.None;
            if (!peek)
            {
                _received.Skip(got);
                OpenWindow(got);
            }

            if (from != null)
            {
                WriteRemote(from);
            }

            return got;
        }

        // No room waits for input as well, and leaves it.
        if (buffers.TotalBytes == 0 && _received.Count > 0)
        {
            return 0;
        }

        int error = TakeError();
        if (error != 0)
        {
            return -error;
        }

        if (_endReceived || _receiveShut || _phase == Phase.Ended)
        {
            return WasConnected ? 0 : -(int)Errno.ENOTCONN;
        }

        return WouldBlock;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static sbyte OnReceive(nint argument, LwipTcpPcb* pcb, LwipPbuf* data, sbyte error)
    {
        try
        {
            if (Find(argument) is not TcpSocket socket)
            {
                return LwipError.Memory;
            }

            if (data == null)
            {
                socket.EndOfStream();
                return LwipError.Ok;
            }

            // lwIP keeps what is refused, and offers it again.
            return socket.TakeData(data) ? LwipError.Ok : LwipError.Memory;
        }
        catch
        {
            return LwipError.Memory;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static sbyte OnSent(nint argument, LwipTcpPcb* pcb, ushort count)
    {
        try
        {
            if (Find(argument) is TcpSocket socket && socket.HasRoomToContinue)
            {
                socket.ChangeWritable();
            }
        }
        catch
        {
            // Nothing here throws; and nothing may cross lwIP's frames.
        }

        return LwipError.Ok;
    }

    // lwIP has freed the block already.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(nint argument, sbyte error)
    {
        try
        {
            (Find(argument) as TcpSocket)?.Fail(error);
        }
        catch
        {
            // As above.
        }
    }

    private void Fail(sbyte error)
    {
        bool connecting = _phase == Phase.Connecting;
        _pcb = null;
        _phase = Phase.Ended;
        if (error == LwipError.Closed)
        {
            // Both halves ended in order.
            _endReceived = true;
            _endSent = true;
        }
        else
        {
            // Linux: a reset after the peer's end of stream means that it no longer reads.
            _error = error == LwipError.Reset && _endReceived ? Errno.EPIPE : LwipError.OfConnection(error, connecting);
            if (_error == Errno.ETIMEDOUT && connecting && !Stack.HasNeighbour(_remote))
            {
                // Nobody answered for the address itself: Linux calls that "no route to host".
                _error = Errno.EHOSTUNREACH;
            }
        }

        ChangeReadable();
        ChangeWritable();
    }

    private bool TakeData(LwipPbuf* data)
    {
        int total = data->TotalLength;
        if (_receiveShut)
        {
            Library.TcpReceived(_pcb, (ushort)total);
        }
        else
        {
            if (!_received.HasRoom(total))
            {
                return false;
            }

            for (LwipPbuf* part = data; part != null; part = part->Next)
            {
                _received.Write(new ReadOnlySpan<byte>(part->Payload, part->Length));
            }

            if (_isLocal)
            {
                // An ACK within the board costs nothing, and a delayed one would stop Nagle's algorithm for 250 ms.
                _pcb->Flags |= LwipTcpPcb.FlagAckNow;
            }

            ChangeReadable();
        }

        _ = Library.PbufFree(data);
        return true;
    }

    private void EndOfStream()
    {
        _endReceived = true;
        if (_endSent)
        {
            // The block goes to TIME_WAIT now, from which lwIP frees it without a word.
            LeaveToLwip();
            _phase = Phase.Ended;
        }

        ChangeReadable();
        ChangeWritable();
    }

    // Gives bytes to lwIP until it takes no more.
    private int Write(ReadOnlySpan<byte> bytes, bool more)
    {
        int written = 0;
        fixed (byte* start = bytes)
        {
            while (written < bytes.Length)
            {
                int part = (int)Math.Min(Math.Min((uint)(bytes.Length - written), _pcb->SendBuffer), ushort.MaxValue);
                byte flags = more || written + part < bytes.Length ? (byte)(WriteCopy | WriteMore) : WriteCopy;
                if (part == 0 || Library.TcpWrite(_pcb, start + written, (ushort)part, flags) != LwipError.Ok)
                {
                    break;
                }

                written += part;
            }
        }

        return written;
    }

    private void Discard()
    {
        int count = _received.Count;
        _received.Free();
        if (count > 0)
        {
            OpenWindow(count);
        }
    }

    // Tells lwIP that bytes were read.
    private void OpenWindow(int count)
    {
        if (_pcb == null || _endReceived)
        {
            return;
        }

        Library.TcpReceived(_pcb, (ushort)count);

        // lwIP announces a window when it grew by TCP_WND_UPDATE_THRESHOLD, which is more than a board's whole window: by
        // the board's own threshold, min(window / 4, 4 segments), it is announced here.
        uint grown = _pcb->ReceiveNext + _pcb->ReceiveWindow - _pcb->AnnouncedRightEdge;
        if (WindowLimit < LwipTcpPcb.MaxWindow && grown >= Math.Min(WindowLimit / 4, 4 * _pcb->Mss))
        {
            _pcb->Flags |= LwipTcpPcb.FlagAckNow;
            _ = Library.TcpOutput(_pcb);
        }
    }
}
