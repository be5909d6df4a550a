using System;

namespace IoTNet.Boards
{
    // One socket: what POSIX says about its states, common to all platforms. The halves (*.Desktop.cs, *.Nano.cs) hold
    // the platform's socket and do the transfers; their methods may throw, the stack turns it into an Errno.
    internal sealed partial class SystemNetSocket
    {
        private SystemNetSocket(AddressFamily family, SocketType type)
        {
            _kind = ((int)family & 0xFF) | ((int)type << 8);
        }

        private enum ConnectState
        {
            Idle,
            Connecting,
            Connected,
            Listening,

            // A connect failed. POSIX leaves open what such a socket can do; here it can only be closed, everywhere.
            Failed,
        }

        private AddressFamily Family => (AddressFamily)(_kind & 0xFF);

        private SocketType Type => (SocketType)(_kind >> 8);

        private bool IsConnectionBased => Type == SocketType.Stream || Type == SocketType.Seqpacket;

        public static int CheckKind(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            if (!Platform.HasFamily(family))
            {
                return -(int)Errno.EAFNOSUPPORT;
            }

            switch (type)
            {
                case SocketType.Stream:
                    return CheckProtocol(family, protocol, ProtocolType.Tcp);
                case SocketType.Dgram:
                    return CheckProtocol(family, protocol, ProtocolType.Udp);
                case SocketType.Raw:
                    return family == AddressFamily.Unix ? -(int)Errno.ESOCKTNOSUPPORT
                        : protocol <= ProtocolType.Unspecified || protocol > ProtocolType.Raw ? -(int)Errno.EPROTONOSUPPORT : 0;
                case SocketType.Seqpacket:
                    return family != AddressFamily.Unix ? -(int)Errno.ESOCKTNOSUPPORT
                        : protocol != ProtocolType.Unspecified ? -(int)Errno.EPROTONOSUPPORT : 0;
                default:
                    return -(int)Errno.ESOCKTNOSUPPORT;
            }
        }

        public static SystemNetSocket Open(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            SystemNetSocket socket = new SystemNetSocket(family, type);

            // The system's default protocol is the right one; given by name, .NET would set SO_REUSEADDR behind our back
            // when it binds a TCP socket.
            socket.NativeOpen(type == SocketType.Raw ? protocol : ProtocolType.Unspecified);
            return socket;
        }

        // unix(7): ENOTCONN is told as it is, where an IP stream says EPIPE.
        private NetCall Sending => Family == AddressFamily.Unix ? NetCall.Other : NetCall.Send;

        // The type of exception decides; the address family explains .NET's one code for two causes.
        public int ErrorOf(Exception exception, NetCall call)
        {
            int result = SystemNetErrors.Of(exception, call == NetCall.Send ? Sending : call);
            return Family == AddressFamily.Unix && result == -(int)Errno.EADDRNOTAVAIL ? -(int)Errno.ENOENT : result;
        }

        public int Bind(SocketAddress local)
        {
            if (local.Family != Family)
            {
                return -(int)Errno.EAFNOSUPPORT;
            }

            lock (this)
            {
                FinishConnect();
                if (IsBound || _state != ConnectState.Idle)
                {
                    return -(int)Errno.EINVAL;
                }

                NativeBind(local);
                Mark(BoundBit);
                return 0;
            }
        }

        public int Listen(int backlog)
        {
            if (!IsConnectionBased)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            lock (this)
            {
                FinishConnect();
                if (_state != ConnectState.Idle && _state != ConnectState.Listening)
                {
                    return -(int)Errno.EINVAL;
                }

                if (!IsBound)
                {
                    if (Family == AddressFamily.Unix)
                    {
                        return -(int)Errno.EINVAL;
                    }

                    BindAnywhere();
                }

                NativeListen(backlog);
                _state = ConnectState.Listening;
                return 0;
            }
        }

        public int Accept(int timeoutMs, out SystemNetSocket accepted)
        {
            accepted = null;
            if (!IsConnectionBased)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            if (_state != ConnectState.Listening)
            {
                return -(int)Errno.EINVAL;
            }

            int result = NativeAccept(timeoutMs, out accepted);
            if (accepted != null)
            {
                accepted._state = ConnectState.Connected;
                accepted.Mark(BoundBit);
            }

            return result;
        }

        public int Connect(SocketAddress remote, int timeoutMs)
        {
            if (!IsConnectionBased)
            {
                return SetPeer(remote);
            }

            lock (this)
            {
                FinishConnect();
                switch (_state)
                {
                    case ConnectState.Connecting:
                        return -(int)Errno.EALREADY;
                    case ConnectState.Connected:
                    case ConnectState.Listening:
                        return -(int)Errno.EISCONN;
                    case ConnectState.Failed:
                        return -(int)Errno.EINVAL;
                    default:
                        break;
                }

                if (remote.Family != Family)
                {
                    return -(int)Errno.EAFNOSUPPORT;
                }

                _state = ConnectState.Connecting;
            }

            int result;
            try
            {
                result = NativeConnect(remote, timeoutMs);
            }
            catch (Exception e)
            {
                result = ErrorOf(e, NetCall.Connect);
            }

            if (result == 0)
            {
                Mark(BoundBit);
                _state = ConnectState.Connected;
            }
            else if (result != -(int)Errno.EINPROGRESS)
            {
                // connect(2): a Unix socket that found the backlog full has not begun.
                _state = result == -(int)Errno.EAGAIN ? ConnectState.Idle : ConnectState.Failed;
            }

            return result;
        }

        public int Shutdown(SocketShutdown how)
        {
            FinishConnect();
            return _state == ConnectState.Connected ? NativeShutdown(how) : -(int)Errno.ENOTCONN;
        }

        public int GetLocalAddress(SocketAddress local)
        {
            FinishConnect();
            if (IsBound)
            {
                NativeLocalAddress(local);
            }
            else
            {
                ResetTo(local, Family);
            }

            return 0;
        }

        public int GetRemoteAddress(SocketAddress remote)
        {
            FinishConnect();
            return _state == ConnectState.Connected && TryGetPeer(remote) ? 0 : -(int)Errno.ENOTCONN;
        }

        // For calls that tell the peer's address besides what they are for.
        public void WritePeer(SocketAddress remote)
        {
            if (remote != null && !TryGetPeer(remote))
            {
                ResetTo(remote, Family);
            }
        }

        public int GetOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            if (length < 0)
            {
                return -(int)Errno.EINVAL;
            }

            if (level != SocketOptionLevel.Socket || name != SocketOptionName.Error)
            {
                return NativeGetOption(level, name, value, length);
            }

            FinishConnect();
            int error = TakePendingError();
            return WriteInt(error != 0 ? error : _state == ConnectState.Connecting ? 0 : NativeTakeError(), value, length);
        }

        public int SetOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            return NativeSetOption(level, name, value, length);
        }

        public int Poll(int events, int timeoutMs)
        {
            FinishConnect();
            return PendingError != 0
                ? (events & (int)(PollEvents.In | PollEvents.Out)) | (int)(PollEvents.Err | PollEvents.Hup)
                : NativePoll(events, timeoutMs);
        }

        // Ints travel low byte first, cut to the room that is there.
        private static int WriteInt(int number, byte[] value, int length)
        {
            int size = length < 4 ? length : 4;
            for (int i = 0; i < size; i++)
            {
                value[i] = (byte)(number >> (8 * i));
            }

            return size;
        }

        private static int ReadInt(byte[] value)
        {
            return value[0] | (value[1] << 8) | (value[2] << 16) | (value[3] << 24);
        }

        private static int CheckProtocol(AddressFamily family, ProtocolType protocol, ProtocolType usual)
        {
            return protocol == ProtocolType.Unspecified || (protocol == usual && family != AddressFamily.Unix)
                ? 0
                : -(int)Errno.EPROTONOSUPPORT;
        }

        private static void ResetTo(SocketAddress address, AddressFamily family)
        {
            address.Reset(family,
                family == AddressFamily.InterNetwork ? SocketAddress.IPv4Size
                : family == AddressFamily.InterNetworkV6 ? SocketAddress.IPv6Size : SocketAddress.UnixPathOffset);
        }

        private int SetPeer(SocketAddress remote)
        {
            bool dissolve = remote.Family == AddressFamily.Unspecified;
            if (!dissolve && remote.Family != Family)
            {
                return -(int)Errno.EAFNOSUPPORT;
            }

            lock (this)
            {
                if (dissolve && _state != ConnectState.Connected)
                {
                    return 0;
                }

                int result = NativeSetPeer(remote);
                if (result < 0)
                {
                    return result;
                }

                SocketAddress peer = null;
                if (!dissolve)
                {
                    peer = new SocketAddress();
                    peer.CopyFrom(remote);
                    if (Family != AddressFamily.Unix)
                    {
                        Mark(BoundBit);
                    }
                }

                MakeExtras().Peer = peer;
                _state = dissolve ? ConnectState.Idle : ConnectState.Connected;
                return 0;
            }
        }

        private bool TryGetPeer(SocketAddress remote)
        {
            SocketAddress peer = _extras?.Peer;
            if (peer == null)
            {
                return NativeRemoteAddress(remote);
            }

            remote.CopyFrom(peer);
            return true;
        }

        private void BindAnywhere()
        {
            SocketAddress any = new SocketAddress();
            ResetTo(any, Family);
            NativeBind(any);
            Mark(BoundBit);
        }

        // A connect that goes on behind is looked after when somebody asks: nobody else would notice its end.
        private void FinishConnect()
        {
            if (_state != ConnectState.Connecting)
            {
                return;
            }

            lock (this)
            {
                int outcome;
                if (_state != ConnectState.Connecting || !TryGetConnectOutcome(out outcome))
                {
                    return;
                }

                if (outcome != 0)
                {
                    MakeExtras().PendingError = -outcome;
                }

                Mark(BoundBit);
                _state = outcome == 0 ? ConnectState.Connected : ConnectState.Failed;
            }
        }
    }
}
