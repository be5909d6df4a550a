#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using System;
using System.Threading;
using Net = System.Net;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The nano half: names, connections, closing. nanoFramework's calls block by polling and have no limit of time that
    // fits; so every wait is a Poll in slices, and the call itself is made when it need not wait.
    internal sealed partial class SystemNetSocket
    {
        // The limit of the call after a Poll: it ends it when another thread took what the Poll saw.
        private const int GuardMs = 1;

        // lwIP gives up a connect after some 18 seconds at the earliest; a refusal is an answer.
        private const int RefusedWithinMs = 10000;

        // What a wait says besides -errno.
        private const int TimeOver = 0;
        private const int Ready = 1;

        // The halves of a connection that are over: by a shutdown here, or by what the peer did. lwIP tells the end of a
        // stream only once.
        private const int ReadOverBit = 2;
        private const int WriteOverBit = 4;

        private NetSockets.Socket _native;

        private SystemNetSocket(AddressFamily family, SocketType type, NetSockets.Socket native)
            : this(family, type)
        {
            _native = native;
            Guard();
        }

        internal NetSockets.Socket Native => _native;

        private void NativeOpen(ProtocolType protocol)
        {
            _native = new NetSockets.Socket(
                (NetSockets.AddressFamily)Family, (NetSockets.SocketType)Type, (NetSockets.ProtocolType)protocol);
            if (!IsConnectionBased)
            {
                Guard();
            }
        }

        // Not before a connection stands: Linux would hold the connect to it as well.
        private void Guard()
        {
            _native.ReceiveTimeout = GuardMs;
            _native.SendTimeout = GuardMs;
        }

        private void NativeClose()
        {
            // A connect cannot look up from its wait; what else waits does, after a slice at most.
            if (Platform.CloseWakes || _state == ConnectState.Connecting)
            {
                _native.Close();
            }

            while (Users > 0)
            {
                Thread.Sleep(1);
            }

            _native.Close();
        }

        private void NativeBind(SocketAddress local)
        {
            _native.Bind(NanoAddress.ToEndPoint(local));
        }

        private void NativeListen(int backlog)
        {
            _native.Listen(backlog);
        }

        private int NativeAccept(int timeoutMs, out SystemNetSocket accepted)
        {
            accepted = null;
            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                int ready = Wait(NetSockets.SelectMode.SelectRead, ref deadline);
                if (ready != Ready)
                {
                    return ready == TimeOver ? -(int)Errno.EAGAIN : ready;
                }

                try
                {
                    // Accept has no limit of time: one thread looks and takes.
                    lock (this)
                    {
                        if (_native.Poll(0, NetSockets.SelectMode.SelectRead))
                        {
                            accepted = new SystemNetSocket(Family, Type, _native.Accept());
                            return 0;
                        }
                    }
                }
                catch (NetSockets.SocketException e)
                {
                    int error = ErrorOf(e, NetCall.Accept);
                    if (error != -(int)Errno.EAGAIN && error != -(int)Errno.ECONNABORTED)
                    {
                        return error;
                    }
                }

                if (deadline.RemainingMs() == 0)
                {
                    return -(int)Errno.EAGAIN;
                }
            }
        }

        private int NativeConnect(SocketAddress remote, int timeoutMs)
        {
            ConnectAttempt attempt = new ConnectAttempt(_native, NanoAddress.ToEndPoint(remote));
            if (timeoutMs < 0)
            {
                attempt.Run();
                return Outcome(attempt);
            }

            if (timeoutMs == 0)
            {
                MakeExtras().Attempt = attempt;
                attempt.Start();
                return -(int)Errno.EINPROGRESS;
            }

            attempt.Start();
            if (attempt.Wait(timeoutMs))
            {
                return Outcome(attempt);
            }

            // Ends the attempt's thread, and gives the socket back at once.
            _state = ConnectState.Failed;
            _native.Close();
            return -(int)Errno.ETIMEDOUT;
        }

        private bool TryGetConnectOutcome(out int outcome)
        {
            ConnectAttempt attempt = _extras?.Attempt;
            outcome = 0;
            if (attempt == null || !attempt.HasEnded)
            {
                return false;
            }

            outcome = Outcome(attempt);
            _extras.Attempt = null;
            return true;
        }

        private int Outcome(ConnectAttempt attempt)
        {
            if (attempt.Failure == null)
            {
                Guard();
                return 0;
            }

            if (IsClosed)
            {
                return -(int)Errno.EINTR;
            }

            // nanoFramework throws whatever code is left over; the cause stands in SO_ERROR, by lwIP's names.
            int error = -NativeTakeError();
            switch (error == 0 ? ErrorOf(attempt.Failure, NetCall.Connect) : error)
            {
                case -(int)Errno.EAGAIN:
                case -(int)Errno.EIO:
                    return attempt.ElapsedMs < RefusedWithinMs ? -(int)Errno.ECONNREFUSED : -(int)Errno.ETIMEDOUT;
                case -(int)Errno.ECONNRESET:
                    return -(int)Errno.ECONNREFUSED;
                case -(int)Errno.ECONNABORTED:
                    return -(int)Errno.ETIMEDOUT;
                default:
                    return error == 0 ? ErrorOf(attempt.Failure, NetCall.Connect) : error;
            }
        }

        private int NativeSetPeer(SocketAddress remote)
        {
            if (remote.Family == AddressFamily.Unspecified)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            _native.Connect(NanoAddress.ToEndPoint(remote));
            return 0;
        }

        // There is no shutdown: the receiving half ends here alone, and when nothing may be sent either the connection can
        // as well be closed. A half-close (sending over, receiving not) cannot be done.
        private int NativeShutdown(SocketShutdown how)
        {
            bool sending = how != SocketShutdown.Receive;
            if (sending && IsConnectionBased && how == SocketShutdown.Send && !Is(ReadOverBit) && !Is(WriteOverBit))
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            lock (this)
            {
                bool first = sending && !Is(WriteOverBit) && IsConnectionBased;
                if (how != SocketShutdown.Send)
                {
                    Mark(ReadOverBit);
                }

                if (first)
                {
                    RememberAddresses();
                }

                if (sending)
                {
                    Mark(WriteOverBit);
                }

                if (!first)
                {
                    return 0;
                }
            }

            // Who waits finds both halves over, after a slice at most. What this thread is in counts as one.
            while (Users > 1 && !IsClosed)
            {
                Thread.Sleep(1);
            }

            _native.Close();
            return 0;
        }

        private void RememberAddresses()
        {
            SocketAddress peer = new SocketAddress();
            SocketAddress local = new SocketAddress();
            NativeLocalAddress(local);
            MakeExtras().LastLocal = local;
            if (NativeRemoteAddress(peer))
            {
                MakeExtras().Peer = peer;
            }
        }

        private void NativeLocalAddress(SocketAddress local)
        {
            SocketAddress last = _extras?.LastLocal;
            if (last != null)
            {
                local.CopyFrom(last);
            }
            else if (!NanoAddress.TryRead(_native.LocalEndPoint, Family, local))
            {
                ResetTo(local, Family);
            }
        }

        private bool NativeRemoteAddress(SocketAddress remote)
        {
            try
            {
                return NanoAddress.TryRead(_native.RemoteEndPoint, Family, remote);
            }
            catch (NetSockets.SocketException)
            {
                // The peer has gone, and its address with it.
                return false;
            }
        }

        private sealed partial class Extras
        {
            public ConnectAttempt Attempt;

            // After a shutdown that closed the connection, which has its address no more.
            public SocketAddress LastLocal;

            // The last destination, in the platform's form.
            public NanoAddress Destination;

            // A datagram, received with one byte more than was asked for, to see whether it was longer.
            public byte[] Datagram;

            public int LingerSeconds;
        }
    }
}
#endif
