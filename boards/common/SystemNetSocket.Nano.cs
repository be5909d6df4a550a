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

        private readonly object _acceptLock = new object();
        private NetSockets.Socket _native;
        private ConnectAttempt _attempt;
        private SocketAddress _lastLocal;

        // The halves of a connection that are over: by a shutdown here, or by what the peer did. lwIP tells the end of a
        // stream only once.
        private bool _readOver;
        private bool _writeOver;

        private SystemNetSocket(AddressFamily family, SocketType type, NetSockets.Socket native)
            : this(family, type)
        {
            _native = native;
            Guard();
        }

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

            while (_users > 0)
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
                    lock (_acceptLock)
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
                _attempt = attempt;
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
            ConnectAttempt attempt = _attempt;
            outcome = 0;
            if (attempt == null || !attempt.HasEnded)
            {
                return false;
            }

            outcome = Outcome(attempt);
            _attempt = null;
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
            if (sending && IsConnectionBased && how == SocketShutdown.Send && !_readOver && !_writeOver)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            lock (_lock)
            {
                bool first = sending && !_writeOver && IsConnectionBased;
                _readOver = _readOver || how != SocketShutdown.Send;
                if (first)
                {
                    RememberAddresses();
                }

                _writeOver = _writeOver || sending;
                if (!first)
                {
                    return 0;
                }
            }

            // Who waits finds both halves over, after a slice at most. What this thread is in counts as one.
            while (_users > 1 && !IsClosed)
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
            _lastLocal = local;
            if (NativeRemoteAddress(peer))
            {
                _peer = peer;
            }
        }

        private void NativeLocalAddress(SocketAddress local)
        {
            if (_lastLocal != null)
            {
                local.CopyFrom(_lastLocal);
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
    }
}
#endif
