using System.Threading;

namespace IoTNet
{
    /// <summary>
    /// A network stack in memory: AF_UNIX (stream, datagram, seqpacket, socket pairs), and TCP and UDP on 127.0.0.0/8 and ::1.
    /// It needs nothing but memory and threads, so it runs on every board and in the virtual device, which has no network.
    /// </summary>
    /// <remarks>
    /// <para>Answers, error numbers and poll bits are Linux's. What an application can see of it that is decided here:</para>
    /// <para><b>Connections.</b> Listen(backlog) queues backlog + 1 connections, as Linux does; below 0 counts as 0. When the
    /// queue is full, connects wait first come first served: TCP until there is room, their time is over, or
    /// <see cref="LoopbackLimits.ConnectTimeoutMs"/>; AF_UNIX likewise, but EAGAIN if they may not wait. There is no
    /// TIME_WAIT: an address is free when its last socket closes. A socket cannot connect to itself.</para>
    /// <para><b>Buffers.</b> One direction of a connection holds the sender's SendBuffer and the receiver's ReceiveBuffer
    /// together. Poll says Out, and a blocked send goes on, when a quarter of it is free. A datagram may have as many bytes as
    /// its sender's SendBuffer (UDP: 65,507, on IPv6 65,527, at most), or EMSGSIZE; a queue that is empty takes any one.</para>
    /// <para><b>UDP</b> drops what does not fit the receiver's queue. A port that several sockets share (ReuseAddress or
    /// ReusePort) belongs to the one that was bound last; broadcasts (255.255.255.255, 127.255.255.255) and multicasts reach
    /// all, multicasts only members of the group. Control data: PacketInformation, ReceiveTimeToLive, HopLimit; a send takes
    /// PacketInformation to choose its source address.</para>
    /// <para><b>AF_UNIX names</b> live in this stack, not in the file system: a path is free again when its socket closes, and
    /// then connecting to it is ENOENT. Abstract names are a namespace for each socket type. After Shutdown(Receive), a
    /// datagram socket receives 0. A pair's sockets answer EISCONN to Bind and Connect, EINVAL to Listen, EOPNOTSUPP to
    /// Accept.</para>
    /// <para><b>Other differences from Linux.</b> ENOTCONN for every receive on, and every shutdown of, a stream or seqpacket
    /// socket that was never connected; the failed shutdown changes nothing. Receive tells the peer's address on streams, too.
    /// EAFNOSUPPORT for an address of another family. Urgent data (OutOfBand) is EOPNOTSUPP.</para>
    /// </remarks>
    public sealed partial class LoopbackStack : ILocalStack, ISelectorStack, ILocalAddresses, ISocketCounter
    {
        private readonly HandleTable _handles;

        // Guards everything below and all sockets. Let go with Leave, which wakes a thread; never held while a call waits.
        private readonly object _lock = new object();

        internal readonly LoopbackLimits Limits;
        internal readonly PortTable TcpPorts;
        internal readonly PortTable UdpPorts;
        internal readonly UnixNames UnixNames;
        internal readonly Envelope Envelope = new Envelope();

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
        {
            const int SocketsPerBucket = 4;
            if (limits == null)
            {
                throw new System.ArgumentNullException(nameof(limits));
            }

            Limits = limits.Checked();
            int buckets = (Limits.MaxSockets / SocketsPerBucket) + 1;
            _handles = new HandleTable(Limits.MaxSockets);
            TcpPorts = new PortTable(buckets);
            UdpPorts = new PortTable(buckets);
            UnixNames = new UnixNames(buckets);
        }

        /// <inheritdoc/>
        public string Name => "loopback";

        /// <inheritdoc/>
        public bool HasLoopback => true;

        /// <summary>How many sockets are open: 0 when nothing leaked.</summary>
        public int OpenSockets => _handles.Count;

        /// <inheritdoc/>
        public ISelector OpenSelector()
        {
            return new LoopbackSelector(this);
        }

        /// <inheritdoc/>
        public int GetLocalAddresses(IPAddress[] addresses)
        {
            IPAddress[] own = { IPAddress.Loopback, IPAddress.IPv6Loopback };
            System.Array.Copy(own, 0, addresses, 0, addresses.Length < own.Length ? addresses.Length : own.Length);
            return own.Length;
        }

        /// <inheritdoc/>
        public string DescribeExhaustion()
        {
            return "all " + _handles.Capacity.ToString() + " sockets of the loopback stack are open";
        }

        /// <inheritdoc/>
        public int Open(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            int result = Check(family, type, protocol);
            if (result < 0)
            {
                return result;
            }

            Monitor.Enter(_lock);
            try
            {
                return IsFull(1) ? -(int)Errno.ENFILE : Register(Create(family, type));
            }
            finally
            {
                Leave();
            }
        }

        /// <inheritdoc/>
        public int OpenPair(AddressFamily family, SocketType type, ProtocolType protocol, out int second)
        {
            second = 0;
            int result = Check(family, type, protocol);
            if (family != AddressFamily.Unix || result < 0)
            {
                return family != AddressFamily.Unix ? -(int)Errno.EAFNOSUPPORT
                    : result == -(int)Errno.ESOCKTNOSUPPORT ? -(int)Errno.EPROTOTYPE : result;
            }

            Monitor.Enter(_lock);
            try
            {
                if (IsFull(2))
                {
                    return -(int)Errno.ENFILE;
                }

                LoopbackSocket a = Create(family, type);
                LoopbackSocket b = Create(family, type);
                if (type == SocketType.Dgram)
                {
                    UnixDatagramSocket.Pair((UnixDatagramSocket)a, (UnixDatagramSocket)b);
                }
                else
                {
                    UnixConnectionSocket.Pair((UnixConnectionSocket)a, (UnixConnectionSocket)b);
                }

                second = Register(b);
                return Register(a);
            }
            finally
            {
                Leave();
            }
        }

        /// <inheritdoc/>
        public int Close(int handle)
        {
            Monitor.Enter(_lock);
            try
            {
                LoopbackSocket socket = (LoopbackSocket)_handles.Remove(handle);
                if (socket == null)
                {
                    return -(int)Errno.EBADF;
                }

                socket.Close();
                return 0;
            }
            finally
            {
                Leave();
            }
        }

        /// <inheritdoc/>
        public int GetLocalAddress(int handle, SocketAddress local)
        {
            Monitor.Enter(_lock);
            try
            {
                LoopbackSocket socket = Find(handle);
                if (socket == null)
                {
                    return -(int)Errno.EBADF;
                }

                socket.GetLocalAddress(local);
                return 0;
            }
            finally
            {
                Leave();
            }
        }

        /// <inheritdoc/>
        public int GetRemoteAddress(int handle, SocketAddress remote)
        {
            Monitor.Enter(_lock);
            try
            {
                LoopbackSocket socket = Find(handle);
                return socket == null ? -(int)Errno.EBADF : socket.GetRemoteAddress(remote);
            }
            finally
            {
                Leave();
            }
        }

        /// <summary>Gives a socket a handle.</summary>
        /// <returns>The handle, or ENFILE.</returns>
        internal int Register(LoopbackSocket socket)
        {
            return _handles.Add(socket);
        }

        internal LoopbackSocket Find(int handle)
        {
            return (LoopbackSocket)_handles.Get(handle);
        }

        private bool IsFull(int wanted)
        {
            return _handles.Count + wanted > _handles.Capacity;
        }

        private LoopbackSocket Create(AddressFamily family, SocketType type)
        {
            if (family == AddressFamily.Unix)
            {
                return type == SocketType.Dgram ? new UnixDatagramSocket(this) : new UnixConnectionSocket(this, type);
            }

            return type == SocketType.Dgram ? new UdpSocket(this, family) : new TcpSocket(this, family);
        }

        private static int Check(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            // Linux takes PF_UNIX, too; it has the number of ICMP.
            const ProtocolType UnixProtocol = (ProtocolType)1;
            bool isStream = type == SocketType.Stream;
            bool isDatagram = type == SocketType.Dgram;
            bool isUnix = family == AddressFamily.Unix;
            if (!isUnix && family != AddressFamily.InterNetwork && family != AddressFamily.InterNetworkV6)
            {
                return -(int)Errno.EAFNOSUPPORT;
            }

            if (!isStream && !isDatagram && !(isUnix && type == SocketType.Seqpacket))
            {
                return -(int)Errno.ESOCKTNOSUPPORT;
            }

            ProtocolType own = isUnix ? UnixProtocol : isStream ? ProtocolType.Tcp : ProtocolType.Udp;
            return protocol == ProtocolType.Unspecified || protocol == own ? 0 : -(int)Errno.EPROTONOSUPPORT;
        }
    }
}
