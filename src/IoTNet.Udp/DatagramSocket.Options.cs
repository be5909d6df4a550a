namespace IoTNet
{
    // Options. Those that Node refuses before bind are refused here: EBADF.
    public sealed partial class DatagramSocket
    {
        /// <summary>Allows or forbids sending to broadcast addresses.</summary>
        /// <param name="flag">Whether it is allowed; at first it is not.</param>
        /// <exception cref="DatagramException">EBADF: not bound; ERR_SOCKET_DGRAM_NOT_RUNNING: closed.</exception>
        public void SetBroadcast(bool flag)
        {
            SetOption("setBroadcast", SocketOptionLevel.Socket, SocketOptionName.Broadcast, Int(flag ? 1 : 0));
        }

        /// <summary>Sets how many routers a datagram may pass.</summary>
        /// <param name="ttl">1 to 255.</param>
        /// <returns>ttl.</returns>
        /// <exception cref="DatagramException">EINVAL: out of range; EBADF: not bound; ERR_SOCKET_DGRAM_NOT_RUNNING:
        /// closed.</exception>
        public int SetTTL(int ttl)
        {
            return SetRange("setTTL", SocketOptionName.IpTimeToLive, ttl, 1);
        }

        /// <summary>Sets how many routers a multicast datagram may pass.</summary>
        /// <param name="ttl">0 to 255; at first 1: it stays on the link.</param>
        /// <returns>ttl.</returns>
        /// <exception cref="DatagramException">As <see cref="SetTTL"/>.</exception>
        public int SetMulticastTTL(int ttl)
        {
            return SetRange("setMulticastTTL", SocketOptionName.MulticastTimeToLive, ttl, 0);
        }

        /// <summary>Sets whether what is sent to a group comes to this board's own members, too.</summary>
        /// <param name="flag">Whether it does; at first it does, but on lwIP.</param>
        /// <returns>flag.</returns>
        /// <exception cref="DatagramException">EBADF: not bound; ERR_SOCKET_DGRAM_NOT_RUNNING: closed.</exception>
        public bool SetMulticastLoopback(bool flag)
        {
            SetOption("setMulticastLoopback", Level, SocketOptionName.MulticastLoopback, Int(flag ? 1 : 0));
            return flag;
        }

        /// <summary>Sets the interface that multicast datagrams leave by.</summary>
        /// <param name="multicastInterface">udp4: its address, or 0.0.0.0 for the system's choice. udp6: any address with
        /// its number as scope, such as <c>::%1</c>.</param>
        /// <exception cref="DatagramException">EINVAL: no address; EADDRNOTAVAIL: no such interface; ENOPROTOOPT: the other
        /// family's; EBADF: not bound; ERR_SOCKET_DGRAM_NOT_RUNNING: closed.</exception>
        public void SetMulticastInterface(string multicastInterface)
        {
            const string Call = "setMulticastInterface";
            CheckRunning();
            if (!IPAddress.TryParse(multicastInterface, out IPAddress address))
            {
                Check(Call, -(int)Errno.EINVAL);
            }

            bool isIPv4 = address.AddressFamily == AddressFamily.InterNetwork;
            SetOption(Call, isIPv4 ? SocketOptionLevel.IP : SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface,
                isIPv4 ? address.GetAddressBytes() : Int((int)address.ScopeId));
        }

        /// <summary>Joins a group. A socket that is not bound is, to any port of every address.</summary>
        /// <param name="multicastAddress">The group.</param>
        /// <param name="multicastInterface">The interface, as in <see cref="SetMulticastInterface"/>; null = the system's
        /// choice.</param>
        /// <exception cref="DatagramException">ERR_MISSING_ARGS: no group; EINVAL: it is none; EADDRINUSE: joined already;
        /// EADDRNOTAVAIL: no such interface (Node: ENODEV); ERR_SOCKET_DGRAM_NOT_RUNNING: closed; what the stack says.</exception>
        public void AddMembership(string multicastAddress, string multicastInterface = null)
        {
            SetMembership("addMembership", SocketOptionName.AddMembership, multicastAddress, multicastInterface, null);
        }

        /// <summary>Leaves a group; closing does that, too.</summary>
        /// <param name="multicastAddress">As in <see cref="AddMembership"/>.</param>
        /// <param name="multicastInterface">As there.</param>
        /// <exception cref="DatagramException">As there; EADDRNOTAVAIL: not joined.</exception>
        public void DropMembership(string multicastAddress, string multicastInterface = null)
        {
            SetMembership("dropMembership", SocketOptionName.DropMembership, multicastAddress, multicastInterface, null);
        }

        /// <summary>Joins a group for what one sender sends to it (RFC 4607); IPv4 on the host's stack.</summary>
        /// <param name="sourceAddress">The sender.</param>
        /// <param name="groupAddress">The group.</param>
        /// <param name="multicastInterface">As in <see cref="AddMembership"/>.</param>
        /// <exception cref="DatagramException">As there; ENOPROTOOPT: the stack has no such option; ERR_INVALID_ARG_TYPE: no
        /// sender or group.</exception>
        public void AddSourceSpecificMembership(string sourceAddress, string groupAddress, string multicastInterface = null)
        {
            CheckText(sourceAddress, groupAddress);
            SetMembership("addSourceSpecificMembership", SocketOptionName.AddSourceMembership, groupAddress, multicastInterface, sourceAddress);
        }

        /// <summary>Takes back <see cref="AddSourceSpecificMembership"/>.</summary>
        /// <param name="sourceAddress">As there.</param>
        /// <param name="groupAddress">As there.</param>
        /// <param name="multicastInterface">As there.</param>
        /// <exception cref="DatagramException">As there; EADDRNOTAVAIL: not joined.</exception>
        public void DropSourceSpecificMembership(string sourceAddress, string groupAddress, string multicastInterface = null)
        {
            CheckText(sourceAddress, groupAddress);
            SetMembership("dropSourceSpecificMembership", SocketOptionName.DropSourceMembership, groupAddress, multicastInterface, sourceAddress);
        }

        /// <summary>Tells the size of the stack's buffer for what is sent.</summary>
        /// <returns>Bytes.</returns>
        /// <exception cref="DatagramException">ERR_SOCKET_BUFFER_SIZE: not bound, or the stack does not tell (lwIP);
        /// ERR_SOCKET_DGRAM_NOT_RUNNING: closed.</exception>
        public int GetSendBufferSize()
        {
            return BufferSize(SocketOptionName.SendBuffer, 0);
        }

        /// <summary>Tells the size of the stack's buffer for what is received.</summary>
        /// <returns>Bytes.</returns>
        /// <exception cref="DatagramException">As <see cref="GetSendBufferSize"/>.</exception>
        public int GetRecvBufferSize()
        {
            return BufferSize(SocketOptionName.ReceiveBuffer, 0);
        }

        /// <summary>Sets the size of the stack's buffer for what is sent.</summary>
        /// <param name="size">Bytes; Linux takes the double. 0 changes nothing.</param>
        /// <exception cref="DatagramException">As <see cref="GetSendBufferSize"/>; ERR_SOCKET_BAD_BUFFER_SIZE: below
        /// 0.</exception>
        public void SetSendBufferSize(int size)
        {
            BufferSize(SocketOptionName.SendBuffer, size);
        }

        /// <summary>Sets the size of the stack's buffer for what is received.</summary>
        /// <param name="size">As in <see cref="SetSendBufferSize"/>.</param>
        /// <exception cref="DatagramException">As there.</exception>
        public void SetRecvBufferSize(int size)
        {
            BufferSize(SocketOptionName.ReceiveBuffer, size);
        }

        private SocketOptionLevel Level => _family == AddressFamily.InterNetwork ? SocketOptionLevel.IP : SocketOptionLevel.IPv6;

        private static void SetFlag(Socket socket, SocketOptionLevel level, SocketOptionName name, bool value)
        {
            // A stack without the option behaves as it does, and says so in its README.
            socket.TrySetSocketOption(level, name, Int(value ? 1 : 0), 4);
        }

        private static byte[] Int(int value)
        {
            return new byte[] { (byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24) };
        }

        private static void CheckText(string source, string group)
        {
            if (source == null || group == null)
            {
                throw new DatagramException("ERR_INVALID_ARG_TYPE", Errno.EFAULT, "The \"" + (source == null ? "sourceAddress" : "groupAddress") +
                    "\" argument must be of type string. Received null");
            }
        }

        private int SetRange(string call, SocketOptionName name, int value, int least)
        {
            CheckRunning();
            Check(call, value < least || value > 255 ? -(int)Errno.EINVAL : 0);
            SetOption(call, Level, name, Int(value));
            return value;
        }

        private void SetOption(string call, SocketOptionLevel level, SocketOptionName name, byte[] value)
        {
            CheckRunning();
            Check(call, _socket == null ? BadSocket : _socket.TrySetSocketOption(level, name, value, value.Length));
        }

        // IPv4: group, interface's address, sender (struct ip_mreq_source). IPv6: group, interface's number (RFC 3493 5.2).
        private void SetMembership(string call, SocketOptionName name, string group, string link, string source)
        {
            CheckRunning();
            if (group == null)
            {
                throw new DatagramException("ERR_MISSING_ARGS", Errno.EINVAL, "The \"multicastAddress\" argument must be specified");
            }

            EnsureOpen();
            bool isIPv4 = _family == AddressFamily.InterNetwork;
            IPAddress own = isIPv4 ? IPAddress.Any : IPAddress.IPv6Any;
            IPAddress sender = null;
            if (!IPAddress.TryParse(group, out IPAddress address) || address.AddressFamily != _family || !address.IsMulticast ||
                (link != null && (!IPAddress.TryParse(link, out own) || own.AddressFamily != _family)) ||
                (source != null && (!IPAddress.TryParse(source, out sender) || sender.AddressFamily != AddressFamily.InterNetwork)))
            {
                Check(call, -(int)Errno.EINVAL);
            }

            byte[] value = new byte[isIPv4 ? sender == null ? 8 : 12 : 20];
            int length = address.WriteTo(value, 0);
            if (isIPv4)
            {
                length += own.WriteTo(value, length);
                if (sender != null)
                {
                    sender.WriteTo(value, length);
                }
            }
            else
            {
                Int((int)own.ScopeId).CopyTo(value, length);
            }

            SetOption(call, Level, name, value);
        }

        private int BufferSize(SocketOptionName name, int size)
        {
            CheckRunning();
            if (size < 0)
            {
                throw new DatagramException("ERR_SOCKET_BAD_BUFFER_SIZE", Errno.EINVAL, "Buffer size must be a positive integer");
            }

            byte[] value = Int(size);
            int result = _socket == null ? BadSocket
                : size > 0 ? _socket.TrySetSocketOption(SocketOptionLevel.Socket, name, value, value.Length)
                : _socket.TryGetSocketOption(SocketOptionLevel.Socket, name, value, value.Length);
            if (result < 0)
            {
                throw new DatagramException("ERR_SOCKET_BUFFER_SIZE", (Errno)(-result),
                    "Could not get or set buffer size: " + ErrnoTable.Name((Errno)(-result)));
            }

            return value[0] | (value[1] << 8) | (value[2] << 16) | (value[3] << 24);
        }
    }
}
