namespace IoTNet
{
    /// <summary>
    /// A network in memory: AF_UNIX as <see cref="UnixStack"/> has it, and TCP and UDP on 127.0.0.0/8 and ::1. It needs nothing
    /// but memory and threads, so it runs on every board and in the virtual device, which has no network.
    /// </summary>
    /// <remarks>
    /// <para>Answers, error numbers and poll bits are Linux's. What is decided here, beside what <see cref="UnixStack"/> says of
    /// connections and buffers:</para>
    /// <para><b>TCP.</b> When a listener's queue is full, a connect waits until there is room, its time is over, or
    /// <see cref="LoopbackLimits.ConnectTimeoutMs"/>. There is no TIME_WAIT: an address is free when its last socket closes. A
    /// socket cannot connect to itself.</para>
    /// <para><b>UDP</b> drops what does not fit the receiver's queue; a datagram has 65,507 bytes at most, on IPv6 65,527. A port
    /// that several sockets share (ReuseAddress or ReusePort) belongs to the one that was bound last; broadcasts
    /// (255.255.255.255, 127.255.255.255) and multicasts reach all, multicasts only members of the group. Control data:
    /// PacketInformation, ReceiveTimeToLive, HopLimit; a send takes PacketInformation to choose its source address.</para>
    /// </remarks>
    public sealed class LoopbackStack : UnixStack, ILocalAddresses
    {
        internal readonly PortTable TcpPorts;
        internal readonly PortTable UdpPorts;
        internal readonly int ConnectTimeoutMs;

        /// <summary>What travels with the datagram that is on its way: one for all, so that none allocates.</summary>
        internal readonly byte[] Ancillary = new byte[UdpSocket.AncillaryBytes];

        /// <summary>Makes a stack with the platform's default limits.</summary>
        public LoopbackStack()
            : this(new LoopbackLimits())
        {
        }

        /// <summary>Makes a stack.</summary>
        /// <param name="limits">Its limits; copied.</param>
        /// <exception cref="System.ArgumentNullException">No limits were given.</exception>
        /// <exception cref="System.ArgumentOutOfRangeException">One of them is out of its bounds.</exception>
        public LoopbackStack(LoopbackLimits limits)
            : base(limits)
        {
            UnixLimits.Check(nameof(limits.ConnectTimeoutMs), limits.ConnectTimeoutMs, 1, int.MaxValue);
            ConnectTimeoutMs = limits.ConnectTimeoutMs;
            TcpPorts = new PortTable(Buckets);
            UdpPorts = new PortTable(Buckets);
        }

        /// <inheritdoc/>
        public override string Name => "loopback";

        /// <inheritdoc/>
        public override bool HasLoopback => true;

        /// <inheritdoc/>
        public int GetLocalAddresses(IPAddress[] addresses)
        {
            IPAddress[] own = { IPAddress.Loopback, IPAddress.IPv6Loopback };
            System.Array.Copy(own, 0, addresses, 0, addresses.Length < own.Length ? addresses.Length : own.Length);
            return own.Length;
        }

        internal override MemorySocket Create(AddressFamily family, SocketType type)
        {
            if (family == AddressFamily.Unix)
            {
                return base.Create(family, type);
            }

            return type == SocketType.Dgram ? new UdpSocket(this, family) : new TcpSocket(this, family);
        }

        internal override int Check(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            if (family != AddressFamily.InterNetwork && family != AddressFamily.InterNetworkV6)
            {
                return base.Check(family, type, protocol);
            }

            if (type != SocketType.Stream && type != SocketType.Dgram)
            {
                return -(int)Errno.ESOCKTNOSUPPORT;
            }

            ProtocolType own = type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp;
            return protocol == ProtocolType.Unspecified || protocol == own ? 0 : -(int)Errno.EPROTONOSUPPORT;
        }
    }
}
