using System.Threading;

namespace IoTNet
{
    /// <summary>
    /// AF_UNIX in memory: stream, datagram and seqpacket sockets by path, by abstract name and in pairs. It needs nothing but
    /// memory and threads, so it runs on every board. <c>LoopbackStack</c> of the assembly IoTNet.Loopback is one that carries
    /// TCP and UDP on 127.0.0.0/8 and ::1 as well; what is said here holds for its sockets, too.
    /// </summary>
    /// <remarks>
    /// <para>Answers, error numbers and poll bits are Linux's. What an application can see of it that is decided here:</para>
    /// <para><b>Names</b> live in this stack, not in the file system: a path is free again when its socket closes, and then
    /// connecting to it is ENOENT. Abstract names are a namespace for each socket type. A pair's sockets answer EISCONN to Bind
    /// and Connect, EINVAL to Listen, EOPNOTSUPP to Accept.</para>
    /// <para><b>Connections.</b> Listen(backlog) queues backlog + 1 connections, as Linux does; below 0 counts as 0. When the
    /// queue is full, connects wait first come first served, or are EAGAIN if they may not wait.</para>
    /// <para><b>Buffers.</b> One direction of a connection holds the sender's SendBuffer and the receiver's ReceiveBuffer
    /// together. Poll says Out, and a blocked send goes on, when a quarter of it is free. A datagram may have as many bytes as
    /// its sender's SendBuffer, or EMSGSIZE; a queue that is empty takes any one.</para>
    /// <para><b>Other differences from Linux.</b> ENOTCONN for every receive on, and every shutdown of, a stream or seqpacket
    /// socket that was never connected; the failed shutdown changes nothing. Receive tells the peer's address on streams, too.
    /// After Shutdown(Receive), a datagram socket receives 0. EAFNOSUPPORT for an address of another family. Urgent data
    /// (OutOfBand) is EOPNOTSUPP.</para>
    /// </remarks>
    public partial class UnixStack : ILocalStack, ISelectorStack, ISocketCounter
    {
        private const int SocketsPerBucket = 4;

        private readonly HandleTable _handles;

        // Guards everything below and all sockets. Let go with Leave, which wakes a thread; never held while a call waits.
        private readonly object _lock = new object();

        internal readonly UnixLimits Limits;
        internal readonly UnixNames Names;

        /// <summary>The sender's address of the datagram that is on its way: one for all, so that none allocates.</summary>
        internal readonly SocketAddress Sender = new SocketAddress();

        /// <summary>Makes a stack with the platform's default limits.</summary>
        public UnixStack()
            : this(new UnixLimits())
        {
        }

        /// <summary>Makes a stack.</summary>
        /// <param name="limits">Its limits; copied.</param>
        /// <exception cref="System.ArgumentNullException">No limits were given.</exception>
        /// <exception cref="System.ArgumentOutOfRangeException">One of them is out of its bounds.</exception>
        public UnixStack(UnixLimits limits)
        {
            if (limits == null)
            {
                throw new System.ArgumentNullException(nameof(limits));
            }

            Limits = limits.Checked();
            _handles = new HandleTable(Limits.MaxSockets);
            Names = new UnixNames(Buckets);
        }

        /// <inheritdoc/>
        public virtual string Name => "unix";

        /// <inheritdoc/>
        public virtual bool HasLoopback => false;

        /// <summary>How many sockets are open: 0 when nothing leaked.</summary>
        public int OpenSockets => _handles.Count;

        /// <inheritdoc/>
        public ISelector OpenSelector()
        {
            return new MemorySelector(this);
        }

        /// <inheritdoc/>
        public string DescribeExhaustion()
        {
            return "all " + _handles.Capacity.ToString() + " sockets of the " + Name + " stack are open";
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

                MemorySocket a = Create(family, type);
                MemorySocket b = Create(family, type);
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
                MemorySocket socket = (MemorySocket)_handles.Remove(handle);
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
                MemorySocket socket = Find(handle);
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
                MemorySocket socket = Find(handle);
                return socket == null ? -(int)Errno.EBADF : socket.GetRemoteAddress(remote);
            }
            finally
            {
                Leave();
            }
        }

        /// <summary>Gives a socket a handle.</summary>
        /// <returns>The handle, or ENFILE.</returns>
        internal int Register(MemorySocket socket)
        {
            return _handles.Add(socket);
        }

        internal MemorySocket Find(int handle)
        {
            return (MemorySocket)_handles.Get(handle);
        }

        /// <summary>How many buckets a table has that finds a stack's sockets.</summary>
        internal int Buckets => (Limits.MaxSockets / SocketsPerBucket) + 1;

        private bool IsFull(int wanted)
        {
            return _handles.Count + wanted > _handles.Capacity;
        }

        /// <summary>Makes a socket whose kind was checked.</summary>
        internal virtual MemorySocket Create(AddressFamily family, SocketType type)
        {
            return type == SocketType.Dgram ? new UnixDatagramSocket(this) : new UnixConnectionSocket(this, type);
        }

        /// <summary>Whether the stack has such sockets.</summary>
        /// <returns>0; or EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT.</returns>
        internal virtual int Check(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            // Linux takes PF_UNIX, too; it has the number of ICMP.
            const ProtocolType UnixProtocol = (ProtocolType)1;
            if (family != AddressFamily.Unix)
            {
                return -(int)Errno.EAFNOSUPPORT;
            }

            if (type != SocketType.Stream && type != SocketType.Dgram && type != SocketType.Seqpacket)
            {
                return -(int)Errno.ESOCKTNOSUPPORT;
            }

            return protocol == ProtocolType.Unspecified || protocol == UnixProtocol ? 0 : -(int)Errno.EPROTONOSUPPORT;
        }
    }
}
