#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Threading;
using Net = System.Net;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The desktop half of sending and receiving. Nothing here allocates; calls that .NET lets end by an exception only are
    // made when poll(2) says that they will not have to wait, or when they may wait for ever.
    internal sealed partial class SystemNetSocket
    {
        private const SocketFlags SendFlags = SocketFlags.OutOfBand | SocketFlags.DontRoute;
        private const SocketFlags ReceiveFlags = SocketFlags.OutOfBand | SocketFlags.Peek;

        // Takes the datagram of a receive without room: .NET would only look at it.
        [ThreadStatic]
        private static byte[] t_nowhere;

        // A Unix datagram waits for room in the receiver's queue, from where no shutdown of this socket wakes it.
        private bool WaitsForReceiver => Family == AddressFamily.Unix && Type == SocketType.Dgram;

        private int NativeSend(byte[] buffer, int offset, int count, SocketFlags flags, int timeoutMs)
        {
            NetSockets.SocketFlags how = (NetSockets.SocketFlags)(flags & SendFlags);
            if (timeoutMs >= 0 || WaitsForReceiver)
            {
                MakeNonBlocking();
            }

            Deadline deadline = Deadline.After(timeoutMs);
            int sent = 0;
            for (;;)
            {
                NetSockets.SocketError error;
                sent += _native.Send(buffer, offset + sent, count - sent, how, out error);
                if (sent == count && error == NetSockets.SocketError.Success)
                {
                    return sent;
                }

                // Without end only all will do; else the caller is told what went out.
                if (sent > 0 && (timeoutMs >= 0 || (error != NetSockets.SocketError.Success && error != NetSockets.SocketError.WouldBlock)))
                {
                    return sent;
                }

                if (error != NetSockets.SocketError.Success && error != NetSockets.SocketError.WouldBlock)
                {
                    return SystemNetErrors.Of((int)error, Sending);
                }

                if (!WaitForRoom(ref deadline))
                {
                    return -(int)Errno.EAGAIN;
                }
            }
        }

        private int NativeSendTo(byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs)
        {
            if (timeoutMs >= 0 || WaitsForReceiver)
            {
                MakeNonBlocking();
            }

            NetSockets.SocketFlags how = (NetSockets.SocketFlags)(flags & SendFlags);
            Net.SocketAddress native = HostAddress.ForDestination(to);
            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                if (_nonBlocking && !Wait(PollEvents.Out, ref deadline))
                {
                    return -(int)Errno.EAGAIN;
                }

                try
                {
                    return _native.SendTo(new ReadOnlySpan<byte>(buffer, offset, count), how, native);
                }
                catch (NetSockets.SocketException e) when (e.SocketErrorCode == NetSockets.SocketError.WouldBlock)
                {
                    if (!WaitForRoom(ref deadline))
                    {
                        return -(int)Errno.EAGAIN;
                    }
                }
            }
        }

        // False when the time is over.
        private bool WaitForRoom(ref Deadline deadline)
        {
            int leftMs = deadline.RemainingMs();
            if (leftMs == 0 || IsClosed)
            {
                return false;
            }

            // poll(2) does not see the receiver's queue of an unconnected Unix datagram socket: it would be ready always.
            if (WaitsForReceiver)
            {
                Thread.Sleep(leftMs < 0 || leftMs > SliceMs ? SliceMs : leftMs);
            }
            else
            {
                HostPoll.One(_nativeHandle, (int)PollEvents.Out, leftMs);
            }

            return true;
        }

        private int NativeReceive(byte[] buffer, int offset, int count, SocketFlags flags, int timeoutMs)
        {
            return ReceiveBytes(buffer, offset, count, (NetSockets.SocketFlags)(flags & ReceiveFlags), timeoutMs);
        }

        private int NativeReceiveDatagram(byte[] buffer, int offset, int count, SocketFlags asked, ref SocketFlags seen,
            SocketAddress from, int timeoutMs)
        {
            NetSockets.SocketFlags how = (NetSockets.SocketFlags)(asked & ReceiveFlags);
            if (OperatingSystem.IsLinux())
            {
                // recv(2): the real length comes back even if the buffer was shorter. Here that tells of the cut.
                how |= NetSockets.SocketFlags.Truncated;
            }

            int room = count;
            if (count == 0)
            {
                buffer = t_nowhere ?? (t_nowhere = new byte[1]);
                offset = 0;
                room = 1;
            }

            int length = from == null
                ? ReceiveBytes(buffer, offset, room, how, timeoutMs)
                : ReceiveFrom(buffer, offset, room, how, from, timeoutMs);
            if (length == -(int)Errno.EMSGSIZE)
            {
                // Windows, where the length of what is lost cannot be known.
                length = count + 1;
            }

            if (Type == SocketType.Seqpacket && length > 0)
            {
                seen |= SocketFlags.EndOfRecord;
            }

            if (length > count)
            {
                seen |= SocketFlags.Truncated;
                return (asked & SocketFlags.Truncated) != 0 ? length : count;
            }

            return length;
        }

        private int ReceiveBytes(byte[] buffer, int offset, int count, NetSockets.SocketFlags how, int timeoutMs)
        {
            if (timeoutMs >= 0)
            {
                MakeNonBlocking();
            }

            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                NetSockets.SocketError error;
                int received = _native.Receive(buffer, offset, count, how, out error);
                if (error == NetSockets.SocketError.Success)
                {
                    return received;
                }

                if (error != NetSockets.SocketError.WouldBlock)
                {
                    return SystemNetErrors.Of((int)error, NetCall.Receive);
                }

                if (_inputOver)
                {
                    return 0;
                }

                // Who has no time has looked already.
                if (IsClosed || deadline.RemainingMs() == 0 || !Wait(Awaited(how), ref deadline))
                {
                    return -(int)Errno.EAGAIN;
                }
            }
        }

        private int ReceiveFrom(byte[] buffer, int offset, int count, NetSockets.SocketFlags how, SocketAddress from, int timeoutMs)
        {
            if (timeoutMs >= 0)
            {
                MakeNonBlocking();
            }

            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                if (_nonBlocking && !Wait(Awaited(how), ref deadline))
                {
                    return -(int)Errno.EAGAIN;
                }

                HostAddressBuffer sender = HostAddress.ForSender();
                try
                {
                    int received = _native.ReceiveFrom(new Span<byte>(buffer, offset, count), how, sender.Native);
                    sender.Get(Family, from);
                    return received;
                }
                catch (NetSockets.SocketException e) when (e.SocketErrorCode == NetSockets.SocketError.WouldBlock)
                {
                    if (_inputOver)
                    {
                        return 0;
                    }

                    // Another thread was faster.
                }
            }
        }

        private static PollEvents Awaited(NetSockets.SocketFlags how)
        {
            return (how & NetSockets.SocketFlags.OutOfBand) != 0 ? PollEvents.Pri : PollEvents.In;
        }
    }
}
#endif
