using System;

namespace IoTNet
{
    /// <summary>Where a datagram of a <see cref="UdpServer"/> came from, and which of the server's addresses it came to: an
    /// answer goes back between the same two (Ruby's <c>Socket::UDPSource</c>). It is good until the handler returns;
    /// <see cref="Keep"/> gives one that lasts.</summary>
    public sealed class UdpSource
    {
        private const int AddressOffset = 8;
        private const int AddressBytes = 16;
        private const int ScopeOffset = 24;

        private readonly SocketAddress _local = new SocketAddress();

        // Of a socket on "::", which tells with each datagram where it was sent to (RFC 3542 4); null for the others.
        private readonly SocketMessage _message;
        private ControlMessage _control;

        internal UdpSource(Socket socket)
        {
            Socket = socket;
            Remote = new SocketAddress();
            socket.TryGetLocalAddress(_local);
            byte[] on = new byte[4];
            if (_local.Family == AddressFamily.InterNetworkV6 && _local.IsAny &&
                socket.TryGetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, on, on.Length) == on.Length && on[0] != 0)
            {
                _message = new SocketMessage(1);
            }
        }

        private UdpSource(UdpSource other)
        {
            Socket = other.Socket;
            Remote = new SocketAddress();
            Remote.CopyFrom(other.Remote);
            _local.CopyFrom(other._local);
            _control = other._control;
            _message = _control == null ? null : new SocketMessage(1);
        }

        /// <summary>The socket that the datagram came to.</summary>
        public Socket Socket { get; }

        /// <summary>The sender's address, without making an object for it.</summary>
        public SocketAddress Remote { get; }

        /// <summary>The sender's address.</summary>
        public IPEndPoint RemoteAddress => IPEndPoint.FromSocketAddress(Remote);

        /// <summary>The server's address, which an answer comes from; 0.0.0.0 or :: when the stack does not tell.</summary>
        public IPEndPoint LocalAddress => IPEndPoint.FromSocketAddress(_local);

        /// <summary>Whether the datagram was longer than the server's buffer; its end is lost.</summary>
        public bool IsTruncated { get; private set; }

        /// <summary>Makes a copy that may be used after the handler has returned, as long as the socket is open.</summary>
        /// <returns>The copy.</returns>
        public UdpSource Keep()
        {
            return new UdpSource(this);
        }

        /// <summary>Sends a datagram back, from the address that the other one came to. Does not wait.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">How many bytes it has.</param>
        /// <exception cref="SocketException">EAGAIN: there is no room for it now; EMSGSIZE; EBADF: the socket is closed; what
        /// else <see cref="Socket.SendTo(byte[], EndPoint)"/> can say.</exception>
        public void Reply(byte[] buffer, int offset, int count)
        {
            int result = TryReply(buffer, offset, count);
            if (result < 0)
            {
                throw new SocketException((Errno)(-result), "reply to " + Remote.ToString() + " with " + count.ToString() + " bytes: " +
                    ErrnoTable.Describe((Errno)(-result)));
            }
        }

        /// <summary>As <see cref="Reply"/>, but says it by its result.</summary>
        /// <param name="buffer">Holds the datagram.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">How many bytes it has.</param>
        /// <returns>count; or <c>-(int)Errno</c> as Reply throws it, -EFAULT or -EINVAL for a wrong buffer.</returns>
        public int TryReply(byte[] buffer, int offset, int count)
        {
            if (_control == null)
            {
                return Socket.TrySendTo(buffer, offset, count, SocketFlags.DontWait, Remote);
            }

            if (buffer == null)
            {
                return -(int)Errno.EFAULT;
            }

            if (offset < 0 || count < 0 || offset > buffer.Length - count)
            {
                return -(int)Errno.EINVAL;
            }

            // RFC 3542 4.2: what came with the datagram names the source address and interface of the answer.
            Prepare(buffer, offset, count);
            _message.AddControl(_control);
            return Socket.TrySendMsg(_message);
        }

        /// <summary>Takes the next datagram.</summary>
        /// <returns>Its bytes, or <c>-(int)Errno</c>.</returns>
        internal int Receive(byte[] buffer)
        {
            SocketFlags flags = SocketFlags.DontWait;
            int count;
            if (_message == null)
            {
                count = Socket.TryReceiveFrom(buffer, 0, buffer.Length, ref flags, Remote);
            }
            else
            {
                Prepare(buffer, 0, buffer.Length);
                count = Socket.TryReceiveMsg(_message);
                flags = _message.Flags;
                ReadControl();
            }

            IsTruncated = (flags & SocketFlags.Truncated) != 0;
            return count;
        }

        private void Prepare(byte[] buffer, int offset, int count)
        {
            _message.Clear();
            _message.Add(buffer, offset, count);
            _message.Address = Remote;
            _message.Flags = SocketFlags.DontWait;
        }

        private void ReadControl()
        {
            _control = null;
            if (_message.ControlCount == 0)
            {
                return;
            }

            ControlMessage control = _message.GetControl(0);
            if (control.Type == SocketOptionName.PacketInformation && control.Data.Length >= AddressBytes + 4)
            {
                Array.Copy(control.Data, 0, _local.Buffer, AddressOffset, AddressBytes);
                bool isLinkLocal = control.Data[0] == 0xFE && (control.Data[1] & 0xC0) == 0x80;
                for (int i = 0; i < 4; i++)
                {
                    _local.Buffer[ScopeOffset + i] = isLinkLocal ? control.Data[AddressBytes + i] : (byte)0;
                }

                // RFC 4291 2.7: a multicast address is never a source. The stack chooses one.
                _control = control.Data[0] == 0xFF ? null : control;
            }
        }
    }
}
