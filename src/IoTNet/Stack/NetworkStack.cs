using System;

namespace IoTNet
{
    /// <summary>Tells which <see cref="NetworkStack"/> the calling code runs on.</summary>
    /// <returns>The stacks; null for the default ones.</returns>
    public delegate NetworkStack NetworkStackSource();

    /// <summary>
    /// The stacks of one board: the network's, and an in-memory one for what the network's does not carry: AF_UNIX,
    /// socket pairs, and 127.0.0.0/8 and ::1 where the network stack has no loopback interface.
    /// </summary>
    public sealed class NetworkStack
    {
        private static readonly object s_lock = new object();
        private static NetworkStack s_default;
        private static NetworkStackSource s_source;

        /// <summary>Joins a network stack and an in-memory one.</summary>
        /// <param name="network">What carries network traffic.</param>
        /// <param name="local">What carries traffic within the board; may be the same object.</param>
        /// <exception cref="ArgumentNullException">One of them is null.</exception>
        public NetworkStack(INetworkStack network, LoopbackStack local)
        {
            Network = network ?? throw new ArgumentNullException(nameof(network));
            Local = local ?? throw new ArgumentNullException(nameof(local));
        }

        /// <summary>The stacks that new sockets use: the source's, if one was given, else those given to
        /// <see cref="Use"/>, else an in-memory stack alone.</summary>
        public static NetworkStack Current
        {
            get
            {
                NetworkStackSource source = s_source;
                NetworkStack current = source == null ? null : source();
                return current ?? Default();
            }
        }

        /// <summary>What carries network traffic.</summary>
        public INetworkStack Network { get; }

        /// <summary>What carries traffic within the board.</summary>
        public LoopbackStack Local { get; }

        /// <summary>Sets the network stack for all sockets opened from now on: a board's first line.</summary>
        /// <param name="network">The board's stack.</param>
        /// <returns>The board's stacks: this one, with an in-memory one of its own beside it.</returns>
        /// <exception cref="ArgumentNullException">The stack is null.</exception>
        public static NetworkStack Use(INetworkStack network)
        {
            NetworkStack stacks = new NetworkStack(network, network as LoopbackStack ?? new LoopbackStack());
            lock (s_lock)
            {
                s_default = stacks;
            }

            return stacks;
        }

        /// <summary>Lets a host of several boards say, call by call, on which board the calling code runs.</summary>
        /// <param name="source">Asked for every new socket; null to take it away.</param>
        public static void UseSource(NetworkStackSource source)
        {
            s_source = source;
        }

        /// <summary>Opens a socket on the stack that has its family.</summary>
        /// <param name="family">Its family.</param>
        /// <param name="type">Its type.</param>
        /// <param name="protocol">Its protocol.</param>
        /// <param name="stack">The stack that answered.</param>
        /// <returns>As <see cref="INetworkStack.Open"/>.</returns>
        internal int Open(AddressFamily family, SocketType type, ProtocolType protocol, out INetworkStack stack)
        {
            stack = Network;
            int handle = stack.Open(family, type, protocol);
            if (handle == -(int)Errno.EAFNOSUPPORT && family == AddressFamily.Unix)
            {
                stack = Local;
                handle = stack.Open(family, type, protocol);
            }

            return handle;
        }

        private static NetworkStack Default()
        {
            lock (s_lock)
            {
                if (s_default == null)
                {
                    LoopbackStack loopback = new LoopbackStack();
                    s_default = new NetworkStack(loopback, loopback);
                }

                return s_default;
            }
        }
    }
}
