using System;

namespace IoTNet
{
    /// <summary>Tells which <see cref="NetworkStack"/> the calling code runs on.</summary>
    /// <returns>The stacks; null for those given to <see cref="NetworkStack.Use(INetworkStack)"/>.</returns>
    public delegate NetworkStack NetworkStackSource();

    /// <summary>
    /// The stacks of one board: the network's, and perhaps one in memory for what the network's does not carry: AF_UNIX,
    /// socket pairs, and 127.0.0.0/8 and ::1 where the network stack has no loopback interface.
    /// </summary>
    public sealed class NetworkStack
    {
        private static readonly NetworkStack s_none = new NetworkStack(new NullStack(), null);
        private static NetworkStack s_used = s_none;
        private static NetworkStackSource s_source;

        /// <summary>Joins a network stack and one in memory.</summary>
        /// <param name="network">What carries network traffic.</param>
        /// <param name="local">What carries traffic within the board; may be the same object. Null: nothing does. Then AF_UNIX
        /// is EAFNOSUPPORT, as is a pair of sockets. 127.0.0.0/8 and ::1 are EADDRNOTAVAIL unless one of the two carries
        /// them (<see cref="INetworkStack.HasLoopback"/>).</param>
        /// <exception cref="ArgumentNullException">The network stack is null.</exception>
        public NetworkStack(INetworkStack network, ILocalStack local)
        {
            Network = network ?? throw new ArgumentNullException(nameof(network));
            Local = local;
        }

        /// <summary>The stacks that new sockets use: the source's, if one was given, else those given to
        /// <see cref="Use(INetworkStack)"/>. Never null: before the first Use it is one whose sockets are ENETDOWN.</summary>
        public static NetworkStack Current
        {
            get
            {
                NetworkStackSource source = s_source;
                NetworkStack current = source == null ? null : source();
                return current ?? s_used;
            }
        }

        /// <summary>What carries network traffic.</summary>
        public INetworkStack Network { get; }

        /// <summary>What carries traffic within the board; null when nothing does.</summary>
        public ILocalStack Local { get; }

        /// <summary>Whether the one within the board carries 127.0.0.0/8 and ::1, too.</summary>
        internal bool HasLocalLoopback => Local != null && Local.HasLoopback;

        /// <summary>Sets the stack for all sockets opened from now on: a board's first line. One that is an
        /// <see cref="ILocalStack"/> serves the traffic within the board as well; with another one there is none.</summary>
        /// <param name="network">The board's stack.</param>
        /// <returns>The board's stacks.</returns>
        /// <exception cref="ArgumentNullException">The stack is null.</exception>
        public static NetworkStack Use(INetworkStack network)
        {
            return Use(network, network as ILocalStack);
        }

        /// <summary>Sets the stacks for all sockets opened from now on: a board's first line.</summary>
        /// <param name="network">What carries network traffic.</param>
        /// <param name="local">What carries traffic within the board, a new <c>UnixStack</c> or <c>LoopbackStack</c>; null: nothing
        /// does.</param>
        /// <returns>The board's stacks.</returns>
        /// <exception cref="ArgumentNullException">The network stack is null.</exception>
        public static NetworkStack Use(INetworkStack network, ILocalStack local)
        {
            NetworkStack stacks = new NetworkStack(network, local);
            s_used = stacks;
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
        /// <returns>As <see cref="INetworkStack.Open"/>; ENETDOWN when there are no stacks.</returns>
        internal int Open(AddressFamily family, SocketType type, ProtocolType protocol, out INetworkStack stack)
        {
            stack = Network;
            int handle = stack.Open(family, type, protocol);
            if (handle == -(int)Errno.EAFNOSUPPORT && family == AddressFamily.Unix && Local != null)
            {
                stack = Local;
                handle = stack.Open(family, type, protocol);
            }

            return handle < 0 && this == s_none ? -(int)Errno.ENETDOWN : handle;
        }

        /// <summary>Opens a pair of sockets in memory.</summary>
        /// <returns>As <see cref="ILocalStack.OpenPair"/>; ENETDOWN when there are no stacks.</returns>
        internal int OpenPair(AddressFamily family, SocketType type, ProtocolType protocol, out int second)
        {
            second = 0;
            return Local != null ? Local.OpenPair(family, type, protocol, out second)
                : this == s_none ? -(int)Errno.ENETDOWN : -(int)Errno.EAFNOSUPPORT;
        }

        /// <summary>Names the stack that is missing and how to have it, for people.</summary>
        /// <param name="error">What failed.</param>
        /// <param name="family">The family of the socket that it failed on.</param>
        /// <returns>The text; null when the error has another cause.</returns>
        internal string DescribeMissing(Errno error, AddressFamily family)
        {
            if (this == s_none)
            {
                return "no network stack: call NetworkStack.Use(...)";
            }

            bool isUnix = error == Errno.EAFNOSUPPORT && family == AddressFamily.Unix && Local == null;
            bool isWithin = error == Errno.EADDRNOTAVAIL && !Network.HasLoopback && !HasLocalLoopback;
            return isUnix || isWithin ? "it needs NetworkStack.Use(network, new " + (isUnix ? "Unix" : "Loopback") + "Stack())" : null;
        }
    }
}
