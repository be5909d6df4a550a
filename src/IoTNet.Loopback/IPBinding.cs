namespace IoTNet
{
    /// <summary>The IP half of a TCP or UDP socket: its addresses, ports and IP options.</summary>
    internal sealed class IPBinding
    {
        private readonly PortTable _table;
        private bool _hasFixedAddress;
        private bool _hasFixedPort;

        public readonly MemorySocket Owner;
        public readonly IPOptions Options;
        public HostAddress Local;
        public int LocalPort;
        public HostAddress Remote;
        public int RemotePort;
        public bool HasRemote;

        /// <summary>The next one in the port table's bucket.</summary>
        public IPBinding Next;

        public IPBinding(MemorySocket owner, PortTable table)
        {
            Owner = owner;
            _table = table;
            Options = new IPOptions(owner.Family == AddressFamily.InterNetworkV6);
            Local = HostAddress.Any(IsIPv4Socket);
        }

        private bool IsIPv4Socket => Owner.Family == AddressFamily.InterNetwork;

        /// <summary>Binds to an address.</summary>
        /// <param name="local">The address; port 0 chooses one.</param>
        /// <param name="canBeGroup">Whether a multicast or broadcast address will do (datagrams).</param>
        public int Bind(SocketAddress local, bool canBeGroup)
        {
            int result = Read(local, out HostAddress address);
            if (result < 0)
            {
                return result;
            }

            if (Owner.Family == AddressFamily.InterNetworkV6 && address.IsIPv4 && Options.IPv6Only)
            {
                return -(int)Errno.EINVAL;
            }

            bool isGroup = canBeGroup && (address.IsMulticast || address.IsBroadcast);
            if (!address.IsAny && !address.IsLoopback && !isGroup)
            {
                return -(int)Errno.EADDRNOTAVAIL;
            }

            if (LocalPort != 0)
            {
                return -(int)Errno.EINVAL;
            }

            int port = local.Port == 0 ? ChoosePort() : local.Port;
            if (port == 0 || IsTaken(address, port))
            {
                return -(int)Errno.EADDRINUSE;
            }

            _hasFixedAddress = !address.IsAny;
            _hasFixedPort = true;
            Local = address;
            TakePort(port);
            return 0;
        }

        /// <summary>Chooses a port for a socket that has none.</summary>
        /// <returns>0; or EADDRNOTAVAIL when all are in use, as connect on Linux says it.</returns>
        public int BindAutomatically()
        {
            if (LocalPort != 0)
            {
                return 0;
            }

            int port = ChoosePort();
            if (port == 0)
            {
                return -(int)Errno.EADDRNOTAVAIL;
            }

            TakePort(port);
            return 0;
        }

        /// <summary>Becomes the binding of a connection that was made for a listener.</summary>
        public void Accept(IPBinding listener, IPBinding client)
        {
            Options.Inherit(listener.Options);
            Local = client.Remote;
            Remote = client.Local;
            RemotePort = client.LocalPort;
            HasRemote = true;
            TakePort(listener.LocalPort);
        }

        /// <summary>Sets the peer, and the local address that goes with it.</summary>
        public void Connect(HostAddress remote, int port)
        {
            // A socket that is bound to a group goes on listening to it.
            Local = Local.IsAny ? SourceFor(remote) : Local;
            Remote = remote;
            RemotePort = port;
            HasRemote = true;
        }

        /// <summary>Takes the peer away, and what was chosen because of it: what Bind did not set.</summary>
        public void Disconnect()
        {
            HasRemote = false;
            RemotePort = 0;
            Remote = HostAddress.Any(IsIPv4Socket);
            if (!_hasFixedAddress)
            {
                Local = HostAddress.Any(IsIPv4Socket);
            }

            if (!_hasFixedPort)
            {
                Close();
            }
        }

        /// <summary>Gives the port back.</summary>
        public void Close()
        {
            if (LocalPort != 0)
            {
                _table.Remove(this);
                LocalPort = 0;
            }
        }

        /// <summary>Reads an address to send or connect to.</summary>
        /// <param name="address">The address.</param>
        /// <param name="canBeGroup">Whether a multicast or broadcast address will do (datagrams).</param>
        /// <param name="remote">The address; where "any" was given, the socket's own or loopback, as on Linux.</param>
        /// <returns>0; or EAFNOSUPPORT, EINVAL (too short), ENETUNREACH.</returns>
        public int Resolve(SocketAddress address, bool canBeGroup, out HostAddress remote)
        {
            int result = Read(address, out remote);
            if (result < 0)
            {
                return result;
            }

            // A socket that is bound within one family cannot leave it.
            bool isBoundToIPv4 = Local.IsIPv4;
            if (remote.IsAny)
            {
                remote = SourceFor(HostAddress.Any(remote.IsIPv4 || isBoundToIPv4));
            }

            bool isGroup = canBeGroup && (remote.IsMulticast || remote.IsBroadcast);
            bool isReachable = remote.IsIPv4
                ? isBoundToIPv4 || (!Options.IPv6Only && Local.IsAny)
                : !isBoundToIPv4;
            return isReachable && (remote.IsLoopback || isGroup) ? 0 : -(int)Errno.ENETUNREACH;
        }

        /// <summary>The address that what is sent to a peer comes from.</summary>
        public HostAddress SourceFor(HostAddress remote)
        {
            return Local.IsLoopback ? Local : HostAddress.Loopback(remote.IsIPv4);
        }

        /// <summary>How well the local address fits what was sent to an address: 0 = not at all.</summary>
        public int Fit(HostAddress destination)
        {
            if (Local.Is(destination))
            {
                return 4;
            }

            return Local.IsAny && Covers(Local, Options.IPv6Only, destination) ? Local.IsIPv4 == destination.IsIPv4 ? 2 : 1 : 0;
        }

        /// <summary>Whether an address and port cannot be bound because of another socket.</summary>
        public bool IsTaken(HostAddress address, int port)
        {
            for (IPBinding other = _table.First(port); other != null; other = other.Next)
            {
                if (other.LocalPort == port && other != this && Overlaps(address, other) && !((IPortOwner)Owner).CanShareWith(other.Owner))
                {
                    return true;
                }
            }

            return false;
        }

        private bool Overlaps(HostAddress address, IPBinding other)
        {
            return address.Is(other.Local)
                || (address.IsAny && Covers(address, Options.IPv6Only, other.Local))
                || (other.Local.IsAny && Covers(other.Local, other.Options.IPv6Only, address));
        }

        // Whether an "any" address stands for another address, too.
        private static bool Covers(HostAddress any, bool ipv6Only, HostAddress other)
        {
            return any.IsIPv4 == other.IsIPv4 || (!any.IsIPv4 && !ipv6Only);
        }

        private int Read(SocketAddress address, out HostAddress host)
        {
            host = default(HostAddress);
            if (address.Family != Owner.Family)
            {
                return -(int)Errno.EAFNOSUPPORT;
            }

            if (address.Size < (IsIPv4Socket ? SocketAddress.IPv4Size : SocketAddress.IPv6Size))
            {
                return -(int)Errno.EINVAL;
            }

            host = HostAddress.Read(address);
            return 0;
        }

        private int ChoosePort()
        {
            return _table.Choose(Options.LowestPort, Options.HighestPort);
        }

        private void TakePort(int port)
        {
            LocalPort = port;
            _table.Add(this);
        }
    }
}
