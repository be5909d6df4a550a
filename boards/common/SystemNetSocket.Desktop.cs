#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Threading;
using Net = System.Net;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The desktop half: opening, names, connections. A socket blocks in the system, where one call does all, until
    // somebody asks it not to: from then on it never blocks there again and waiting is poll(2). .NET would wait in its
    // epoll engine instead, which allocates, so its Blocking is never set back to true.
    internal sealed partial class SystemNetSocket
    {
        // Where the system cannot wake a waiting call, and where poll(2) cannot tell that there is room: see Unsleep.
        private const int SliceMs = 10;

        private NetSockets.Socket _native;
        private NetSockets.SafeSocketHandle _nativeHandle;
        private bool _nonBlocking;
        private bool _connectsBehind;
        private bool _resetsOnClose;

        // Linux: after a shutdown of the receiving half, a datagram socket is readable for ever and says EAGAIN all the same,
        // unless the call itself waits in the system; then it says 0.
        private bool _inputOver;

        private SystemNetSocket(AddressFamily family, SocketType type, NetSockets.Socket native)
            : this(family, type)
        {
            Adopt(native);
        }

        private void Adopt(NetSockets.Socket native)
        {
            _native = native;
            _nativeHandle = native.SafeHandle;
        }

        private void NativeOpen(ProtocolType protocol)
        {
            Adopt(new NetSockets.Socket(
                (NetSockets.AddressFamily)Family, (NetSockets.SocketType)Type, (NetSockets.ProtocolType)protocol));
        }

        private void NativeClose()
        {
            CloseWatches();

            // Left to itself, .NET resets a connection when a call still waits on it, and what was sent is lost. A shutdown
            // wakes every call as well, sends FIN after the data, and is what .NET then goes on with.
            if (Users > 0 && !_resetsOnClose)
            {
                try
                {
                    _native.Shutdown(NetSockets.SocketShutdown.Both);
                }
                catch (NetSockets.SocketException)
                {
                    // Not connected: its waiters are awake all the same.
                }
            }

            _native.Dispose();
        }

        private void NativeBind(SocketAddress local)
        {
            _native.Bind(HostAddress.ToEndPoint(local));
        }

        private void NativeListen(int backlog)
        {
            _native.Listen(backlog);
        }

        private int NativeAccept(int timeoutMs, out SystemNetSocket accepted)
        {
            accepted = null;
            if (timeoutMs >= 0)
            {
                MakeNonBlocking();
            }

            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                if (_nonBlocking && !Wait(PollEvents.In, ref deadline))
                {
                    return -(int)Errno.EAGAIN;
                }

                try
                {
                    accepted = new SystemNetSocket(Family, Type, _native.Accept());
                    accepted._resetsOnClose = _resetsOnClose;
                    return 0;
                }
                catch (NetSockets.SocketException e) when (MayTryAgain(e))
                {
                    // Another thread was faster, or the peer has gone again.
                }
            }
        }

        private int NativeConnect(SocketAddress remote, int timeoutMs)
        {
            Net.EndPoint peer = HostAddress.ToEndPoint(remote);
            if (Family == AddressFamily.Unix)
            {
                return ConnectUnix(peer, timeoutMs);
            }

            if (timeoutMs == 0)
            {
                MakeNonBlocking();
            }

            if (!_nonBlocking)
            {
                return ConnectBlocking(peer, timeoutMs);
            }

            try
            {
                _native.Connect(peer);
                return 0;
            }
            catch (NetSockets.SocketException e) when (e.SocketErrorCode == NetSockets.SocketError.WouldBlock)
            {
                _connectsBehind = true;
            }

            if (timeoutMs == 0)
            {
                return -(int)Errno.EINPROGRESS;
            }

            Deadline deadline = Deadline.After(timeoutMs);
            if (!Wait(PollEvents.Out, ref deadline))
            {
                return GiveUpConnect();
            }

            FinishConnect();
            if (_state == ConnectState.Connected)
            {
                return 0;
            }

            // Another thread may have read the error meanwhile.
            int error = TakePendingError();
            return error != 0 ? -error : -(int)Errno.ECONNABORTED;
        }

        private int ConnectBlocking(Net.EndPoint peer, int timeoutMs)
        {
            // Linux bounds a blocking connect by SO_SNDTIMEO; no thread can be sending yet.
            if (timeoutMs > 0)
            {
                _native.SendTimeout = timeoutMs;
            }

            try
            {
                _native.Connect(peer);
            }
            catch (NetSockets.SocketException e) when (e.SocketErrorCode == NetSockets.SocketError.TimedOut)
            {
                return GiveUpConnect();
            }

            if (timeoutMs > 0)
            {
                _native.SendTimeout = 0;
            }

            return 0;
        }

        // Linux: connecting to a Unix socket whose backlog is full waits for a place without ever being "in progress", poll
        // sees nothing of it, and no shutdown wakes it.
        private int ConnectUnix(Net.EndPoint peer, int timeoutMs)
        {
            if (timeoutMs == 0)
            {
                MakeNonBlocking();
            }
            else if (!_nonBlocking)
            {
                _native.SendTimeout = SliceMs;
            }

            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                try
                {
                    _native.Connect(peer);
                    _native.SendTimeout = 0;
                    return 0;
                }
                catch (NetSockets.SocketException e) when (e.SocketErrorCode == NetSockets.SocketError.WouldBlock)
                {
                    if (IsClosed || timeoutMs == 0)
                    {
                        return -(int)Errno.EAGAIN;
                    }

                    if (deadline.RemainingMs() == 0)
                    {
                        return GiveUpConnect();
                    }
                }

                if (_nonBlocking)
                {
                    Thread.Sleep(SliceMs);
                }
            }
        }

        private int GiveUpConnect()
        {
            // Nobody is to be connected to after having been told of a timeout: the system's socket goes at once.
            if (!IsClosed)
            {
                _state = ConnectState.Failed;
                LoseWatches();
                _native.Dispose();
            }

            return -(int)Errno.ETIMEDOUT;
        }

        private bool TryGetConnectOutcome(out int outcome)
        {
            outcome = 0;
            if (!_connectsBehind || HostPoll.One(_nativeHandle, (int)PollEvents.Out, 0) == 0)
            {
                return false;
            }

            _connectsBehind = false;
            outcome = -NativeTakeError();
            return true;
        }

        private int NativeSetPeer(SocketAddress remote)
        {
            _native.Connect(HostAddress.ToEndPoint(remote));
            return 0;
        }

        private int NativeShutdown(SocketShutdown how)
        {
            _inputOver = _inputOver || how != SocketShutdown.Send;
            _native.Shutdown((NetSockets.SocketShutdown)how);
            return 0;
        }

        private void NativeLocalAddress(SocketAddress local)
        {
            Net.EndPoint endPoint = _native.LocalEndPoint;
            if (endPoint != null)
            {
                HostAddress.Read(endPoint, Family, local);
            }
            else
            {
                ResetTo(local, Family);
            }
        }

        private bool NativeRemoteAddress(SocketAddress remote)
        {
            Net.EndPoint endPoint;
            try
            {
                endPoint = _native.RemoteEndPoint;
            }
            catch (NetSockets.SocketException)
            {
                // The peer has gone, and its address with it.
                return false;
            }

            if (endPoint == null)
            {
                return false;
            }

            HostAddress.Read(endPoint, Family, remote);
            return true;
        }

        private void MakeNonBlocking()
        {
            if (!_nonBlocking)
            {
                _native.Blocking = false;
                _nonBlocking = true;
            }
        }

        // False when the time is over. True may be wrong, or mean that the socket is closed: the call that follows knows.
        private bool Wait(PollEvents events, ref Deadline deadline)
        {
            return HostPoll.One(_nativeHandle, (int)events, deadline.RemainingMs()) != 0;
        }

        private static bool MayTryAgain(NetSockets.SocketException exception)
        {
            return exception.SocketErrorCode == NetSockets.SocketError.WouldBlock
                || exception.SocketErrorCode == NetSockets.SocketError.ConnectionAborted;
        }
    }
}
#endif
