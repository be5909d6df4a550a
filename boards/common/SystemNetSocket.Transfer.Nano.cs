#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using System;
using Net = System.Net;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The nano half of sending and receiving: wait by Poll, then a call that need not wait.
    internal sealed partial class SystemNetSocket
    {
        // UDP's longest payload: 65,535 without the headers of IPv4 and UDP.
        private const int MaxDatagram = 65507;

        // When lwIP says that a stream is writable there is room for more than two segments of at least 536 bytes (its
        // TCP_SNDLOWAT). A piece that surely fits is taken whole or not at all, so that nobody has to guess after a timeout.
        private const int PieceSize = 1024;

        private static readonly int s_wouldBlock = -(int)Errno.EAGAIN;

        private int NativeSend(byte[] buffer, int offset, int count, SocketFlags flags, int timeoutMs)
        {
            int error = CheckSend(count, flags);
            if (error < 0)
            {
                return error;
            }

            Deadline deadline = Deadline.After(timeoutMs);
            int sent = 0;
            do
            {
                int result = SendPiece(buffer, offset + sent, count - sent, ref deadline);
                if (result < 0)
                {
                    return sent > 0 ? sent : result;
                }

                sent += result;
            }
            while (sent < count);
            return sent;
        }

        // A piece of a stream, or a whole datagram.
        private int SendPiece(byte[] buffer, int offset, int count, ref Deadline deadline)
        {
            int size = Type == SocketType.Stream && count > PieceSize ? PieceSize : count;
            for (;;)
            {
                int ready = Wait(NetSockets.SelectMode.SelectWrite, ref deadline);
                if (ready != Ready)
                {
                    return ready == TimeOver ? s_wouldBlock : ready;
                }

                if (Is(WriteOverBit))
                {
                    return BrokenOr(-(int)Errno.EPIPE);
                }

                int error;
                try
                {
                    return _native.Send(buffer, offset, size, NetSockets.SocketFlags.None);
                }
                catch (NetSockets.SocketException e)
                {
                    error = TransferError(e, NetCall.Send);
                }

                if (error != s_wouldBlock || deadline.RemainingMs() == 0)
                {
                    return error;
                }
            }
        }

        private int NativeSendTo(byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs)
        {
            int error = CheckSend(count, flags);
            if (error < 0)
            {
                return error;
            }

            Extras extras = MakeExtras();
            NanoAddress destination = NanoAddress.Of(to, extras.Destination);
            extras.Destination = destination;
            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                int ready = Wait(NetSockets.SelectMode.SelectWrite, ref deadline);
                if (ready != Ready)
                {
                    return ready == TimeOver ? s_wouldBlock : ready;
                }

                try
                {
                    return _native.SendTo(buffer, offset, count, NetSockets.SocketFlags.None, destination.EndPoint);
                }
                catch (NetSockets.SocketException e)
                {
                    error = TransferError(e, NetCall.Send);
                }

                if (error != s_wouldBlock || deadline.RemainingMs() == 0)
                {
                    return error;
                }
            }
        }

        private int NativeReceive(byte[] buffer, int offset, int count, SocketFlags flags, int timeoutMs)
        {
            if ((flags & SocketFlags.OutOfBand) != 0)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                int ready = Wait(NetSockets.SelectMode.SelectRead, ref deadline);
                if (ready != Ready)
                {
                    return ready == TimeOver ? s_wouldBlock : ready;
                }

                if (Is(ReadOverBit))
                {
                    return BrokenOr(0);
                }

                int error;
                try
                {
                    int received = _native.Receive(buffer, offset, count, (NetSockets.SocketFlags)(flags & SocketFlags.Peek));
                    if (received == 0)
                    {
                        Mark(ReadOverBit);
                    }

                    return received;
                }
                catch (NetSockets.SocketException e)
                {
                    error = TransferError(e, NetCall.Receive);
                }

                // lwIP: the end of the stream was told before.
                if (error == -(int)Errno.ENOTCONN)
                {
                    Mark(ReadOverBit);
                    return 0;
                }

                if (error != s_wouldBlock || deadline.RemainingMs() == 0)
                {
                    return error;
                }
            }
        }

        private int NativeReceiveDatagram(byte[] buffer, int offset, int count, SocketFlags asked, ref SocketFlags seen,
            SocketAddress from, int timeoutMs)
        {
            // The real length of a datagram that was cut cannot be known.
            if ((asked & (SocketFlags.OutOfBand | SocketFlags.Truncated)) != 0
                || ((asked & SocketFlags.Peek) != 0 && from != null && !Platform.PeeksWithSender))
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            // nanoFramework refuses to receive on a socket that has no local address.
            lock (this)
            {
                if (!IsBound)
                {
                    BindAnywhere();
                }
            }

            int room = count < MaxDatagram ? count + 1 : count;
            byte[] datagram = Take(ref MakeExtras().Datagram, room);
            int length = ReceiveWhole(datagram, room, (NetSockets.SocketFlags)(asked & SocketFlags.Peek), from, timeoutMs);
            if (length > 0)
            {
                if (length > count)
                {
                    seen |= SocketFlags.Truncated;
                    length = count;
                }

                Array.Copy(datagram, 0, buffer, offset, length);
            }

            MakeExtras().Datagram = datagram;
            return length;
        }

        private int ReceiveWhole(byte[] datagram, int room, NetSockets.SocketFlags how, SocketAddress from, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                int ready = Wait(NetSockets.SelectMode.SelectRead, ref deadline);
                if (ready != Ready || Is(ReadOverBit))
                {
                    return ready == TimeOver ? s_wouldBlock : ready < 0 ? ready : 0;
                }

                int error;
                try
                {
                    if (from == null)
                    {
                        return _native.Receive(datagram, 0, room, how);
                    }

                    ResetTo(from, Family);
                    Net.EndPoint sender = NanoAddress.ToEndPoint(from);
                    int length = _native.ReceiveFrom(datagram, 0, room, how, ref sender);
                    NanoAddress.TryRead(sender, Family, from);
                    return length;
                }
                catch (NetSockets.SocketException e)
                {
                    error = TransferError(e, NetCall.Receive);
                }

                if (error != s_wouldBlock || deadline.RemainingMs() == 0)
                {
                    return error;
                }
            }
        }

        private int CheckSend(int count, SocketFlags flags)
        {
            if ((flags & SocketFlags.OutOfBand) != 0)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            if (Is(WriteOverBit))
            {
                return BrokenOr(-(int)Errno.EPIPE);
            }

            if (Type != SocketType.Dgram)
            {
                return 0;
            }

            return count > MaxDatagram ? -(int)Errno.EMSGSIZE
                : count == 0 && !Platform.SendsEmptyDatagrams ? -(int)Errno.EOPNOTSUPP : 0;
        }

        private int BrokenOr(int otherwise)
        {
            int error = TakePendingError();
            return error != 0 ? -error : otherwise;
        }

        // EAGAIN: another thread was faster. Anything else is the connection's end, by its cause.
        private int TransferError(NetSockets.SocketException exception, NetCall call)
        {
            int error = ErrorOf(exception, call);
            if (error == -(int)Errno.ETIMEDOUT || error == s_wouldBlock)
            {
                // The guard's timeout, or a code that was left over: SO_ERROR knows.
                error = -NativeTakeError();
                if (error == 0)
                {
                    return s_wouldBlock;
                }
            }

            return IsConnectionBased ? Break(error) : error;
        }

        // From here on the stream is over: nothing comes, nothing can be sent.
        private int Break(int error)
        {
            switch (error)
            {
                case -(int)Errno.ECONNABORTED:
                    // lwIP's name for a peer that answers no more.
                    error = -(int)Errno.ETIMEDOUT;
                    break;
                case -(int)Errno.ECONNRESET:
                case -(int)Errno.ETIMEDOUT:
                case -(int)Errno.EPIPE:
                    break;
                default:
                    return error;
            }

            Mark(ReadOverBit);
            Mark(WriteOverBit);
            return error;
        }
    }
}
#endif
