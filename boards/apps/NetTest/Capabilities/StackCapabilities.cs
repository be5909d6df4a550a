namespace IoTNet.Tests
{
    /// <summary>What a stack honestly cannot do: the conformance tests then pin what it answers instead. At first it can do all
    /// that Linux does; each stack says in a class of its own what it cannot. The tables of the README are made of these.
    /// </summary>
    public class StackCapabilities
    {
        /// <summary>For tables: the stack's name.</summary>
        public virtual string Title => "Linux";

        /// <summary>What paths of AF_UNIX sockets begin with.</summary>
        public virtual string UnixPrefix => "/unix-tests/";

        /// <summary>Where AF_UNIX sockets live: in memory, or in the system, for other processes, too.</summary>
        public virtual bool HasSystemUnix => false;

        /// <summary>How many sockets can be open at once.</summary>
        public virtual int Sockets => 1024;

        /// <summary>Whether sockets have IPv6 at all.</summary>
        public virtual bool HasIPv6 => true;

        /// <summary>Whether one half of a connection can be ended (Shutdown(Send)).</summary>
        public virtual bool HasHalfClose => true;

        /// <summary>Whether a connection is one before it is accepted: one of TLS begins when both sides take part.</summary>
        public virtual bool IsOneBeforeAccept => true;

        /// <summary>Whether a byte can be sent out of band.</summary>
        public virtual bool HasOutOfBand => true;

        /// <summary>Whether a receive can tell the real length of a datagram that it cut.</summary>
        public virtual bool HasRealLength => true;

        /// <summary>Whether a datagram socket's peer can be taken away again.</summary>
        public virtual bool CanDissolve => true;

        /// <summary>Whether a datagram to a closed port comes back as an error.</summary>
        public virtual bool HasPortUnreachable => true;

        /// <summary>Whether ReuseAddress lets two listeners have one port at the same time.</summary>
        public virtual bool ReuseSharesListeners => false;

        /// <summary>Whether a send or receive with an address allocates.</summary>
        public virtual bool AllocatesForAddresses => false;

        /// <summary>Whether many sockets are watched without a look at each.</summary>
        public virtual bool HasOwnSelector => true;

        /// <summary>For tables: whose TLS the sockets have.</summary>
        public virtual string Tls => "yes: .NET's";

        /// <summary>Whether there are raw sockets.</summary>
        public virtual bool HasRaw => true;

        /// <summary>Whether an option is there.</summary>
        /// <param name="level">Its layer.</param>
        /// <param name="name">The option.</param>
        public virtual bool HasOption(SocketOptionLevel level, SocketOptionName name)
        {
            return true;
        }
    }
}
