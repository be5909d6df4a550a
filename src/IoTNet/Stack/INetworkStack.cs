namespace IoTNet
{
    /// <summary>
    /// The seam between sockets and what carries their bytes: the whole contract of a network stack. <see cref="Socket"/>
    /// and <see cref="Poller"/> call it and nothing else; a new board implements it (begin with a copy of
    /// <see cref="NullStack"/>) and passes the conformance suite in <c>tests/Conformance</c>.
    /// </summary>
    /// <remarks>
    /// <para><b>Answers.</b> Every call gives <c>&gt;= 0</c> or <c>-(int)Errno</c>. No call throws for a network error, a
    /// closed or unknown handle (EBADF), or a pool that is exhausted (ENFILE). An error that the stack has no name for
    /// is EIO, never success. A refused connect is ECONNREFUSED. What a stack cannot do is EOPNOTSUPP, a family that it
    /// does not have EAFNOSUPPORT, an option that it does not have ENOPROTOOPT.</para>
    /// <para><b>Handles</b> are positive and not given out again soon (<see cref="HandleTable"/> sees to it), so that a
    /// thread that still holds a closed one gets EBADF, not somebody else's socket.</para>
    /// <para><b>Waiting.</b> <c>timeoutMs</c> bounds how long a call may wait: 0 = not at all (EAGAIN; connect:
    /// EINPROGRESS), -1 = for ever (the one infinity), else milliseconds, rounded up wherever a stack counts in other
    /// units, so that a small wait never becomes 0 or for ever. When the time is over: EAGAIN; connect: ETIMEDOUT.</para>
    /// <para><b>Threads.</b> Any number of threads may call at once, on one handle too. Close wakes every call that waits
    /// on the handle; these end with EINTR or EBADF. No lock is held while a call waits.</para>
    /// <para><b>Memory.</b> Send, receive and poll do not allocate, not even when they end with an error that belongs to
    /// their normal work (EAGAIN, end of stream). Buffers are array, offset, count, already checked by the caller.
    /// Addresses are filled in place.</para>
    /// </remarks>
    public interface INetworkStack
    {
        /// <summary>A short name for messages: <c>unix</c>, <c>loopback</c>, <c>host</c>, <c>lwip</c>.</summary>
        string Name { get; }

        /// <summary>Whether traffic to 127.0.0.0/8 and ::1 works on this stack. Where it does not,
        /// <see cref="NetworkStack"/> gives such sockets to its <see cref="ILocalStack"/>.</summary>
        bool HasLoopback { get; }

        /// <summary>Names the pool that the last ENFILE came from, its limit and what uses it, for people.</summary>
        /// <returns>For example <c>all 16 sockets of the loopback stack are open</c>.</returns>
        string DescribeExhaustion();

        /// <summary>Opens a socket.</summary>
        /// <param name="family">Its family.</param>
        /// <param name="type">Its type.</param>
        /// <param name="protocol">Its protocol, or Unspecified for the usual one.</param>
        /// <returns>The handle; or EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT (a protocol that does not fit),
        /// EACCES (raw without the right to), ENFILE, ENOMEM.</returns>
        int Open(AddressFamily family, SocketType type, ProtocolType protocol);

        /// <summary>Closes a socket and wakes every call that waits on it. Data that was accepted by a send is still
        /// delivered, unless Linger says otherwise.</summary>
        /// <param name="handle">The socket.</param>
        /// <returns>0, or EBADF.</returns>
        int Close(int handle);

        /// <summary>Gives a socket its local address. Port 0 lets the stack choose one.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="local">The address.</param>
        /// <returns>0; or EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT (an address of another family), EINVAL (bound
        /// already), EACCES, ENOENT (a Unix path whose folder is not there).</returns>
        int Bind(int handle, SocketAddress local);

        /// <summary>Makes a stream or seqpacket socket accept connections; again to change the backlog.</summary>
        /// <param name="handle">The socket; one that is not bound gets a port of the stack's choice (IP only).</param>
        /// <param name="backlog">How many connections may wait to be accepted; below 1 counts as 1.</param>
        /// <returns>0; or EOPNOTSUPP (not a stream), EINVAL (connected, or a Unix socket without a name), EADDRINUSE,
        /// ENFILE.</returns>
        int Listen(int handle, int backlog);

        /// <summary>Takes the oldest waiting connection.</summary>
        /// <param name="handle">The listening socket.</param>
        /// <param name="peer">Filled with the peer's address; may be null.</param>
        /// <param name="timeoutMs">How long to wait for one.</param>
        /// <returns>The handle of the connection; or EAGAIN, EINVAL (not listening), EOPNOTSUPP (not a stream), ENFILE,
        /// EINTR (closed meanwhile).</returns>
        int Accept(int handle, SocketAddress peer, int timeoutMs);

        /// <summary>Connects a stream, or sets a datagram socket's peer (Unspecified takes it away).</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="remote">The peer.</param>
        /// <param name="timeoutMs">How long to wait. With 0 a connect that cannot end at once goes on behind: EINPROGRESS,
        /// then the socket becomes writable and option Error tells how it ended. A connect that ran out of time is over:
        /// the socket can only be closed.</param>
        /// <returns>0; or ECONNREFUSED, ETIMEDOUT, EINPROGRESS, EALREADY (one is under way), EISCONN, ENETUNREACH,
        /// EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT, ENOENT (no such Unix path), EPROTOTYPE, EINTR.</returns>
        int Connect(int handle, SocketAddress remote, int timeoutMs);

        /// <summary>Ends one or both halves of a connection; calls that wait for that half are woken.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="how">Which half.</param>
        /// <returns>0; or ENOTCONN, EOPNOTSUPP (the stack cannot).</returns>
        int Shutdown(int handle, SocketShutdown how);

        /// <summary>Sends bytes (stream) or one datagram.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many; 0 sends an empty datagram.</param>
        /// <param name="flags">DontRoute, OutOfBand. (DontWait is given as timeoutMs 0.)</param>
        /// <param name="to">The destination of a datagram; null = the connected peer. Ignored on a stream.</param>
        /// <param name="timeoutMs">How long to wait for room.</param>
        /// <returns>The bytes taken: all of a datagram; of a stream all when it may wait for ever, else at least one. Or
        /// EAGAIN, EPIPE (sending half over, or never connected), ECONNRESET, EDESTADDRREQ, EMSGSIZE, EACCES (broadcast
        /// without the option), ENETUNREACH, EHOSTUNREACH, EISCONN (a Unix datagram socket), ENOBUFS, EINTR.</returns>
        int Send(int handle, byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs);

        /// <summary>Receives bytes (stream) or one datagram.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most.</param>
        /// <param name="flags">In: Peek, OutOfBand, Truncated (return a datagram's real length). Out: Truncated,
        /// EndOfRecord, Broadcast, Multicast. (WaitAll is done above the seam, DontWait is timeoutMs 0.)</param>
        /// <param name="from">Filled with the sender's address; null when it is not wanted.</param>
        /// <param name="timeoutMs">How long to wait for the first byte.</param>
        /// <returns>The bytes received; 0 = the peer's end of stream, an empty datagram, or count 0 (which waits for input
        /// like any other and, on a stream, leaves it). Or EAGAIN, ENOTCONN,
        /// ECONNRESET, ECONNREFUSED (an earlier datagram), ETIMEDOUT (the connection died), EINTR.</returns>
        int Receive(int handle, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, int timeoutMs);

        /// <summary>Sends one message out of several buffers, with control data. A datagram goes out whole.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="message">Buffers, address, flags and control data.</param>
        /// <param name="timeoutMs">As in Send.</param>
        /// <returns>As Send; EOPNOTSUPP for control data that the stack does not know.</returns>
        int SendMsg(int handle, SocketMessage message, int timeoutMs);

        /// <summary>Receives one message into several buffers, with control data.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="message">Buffers, address, flags (in and out) and room for control data; old control data is
        /// taken out first.</param>
        /// <param name="timeoutMs">As in Receive.</param>
        /// <returns>As Receive.</returns>
        int ReceiveMsg(int handle, SocketMessage message, int timeoutMs);

        /// <summary>Reads a socket option.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="level">Its layer.</param>
        /// <param name="name">The option.</param>
        /// <param name="value">Takes the value: ints low byte first.</param>
        /// <param name="length">How many bytes of it may be used.</param>
        /// <returns>The value's bytes that were written (cut to length); or ENOPROTOOPT, EINVAL (length below
        /// 0).</returns>
        int GetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length);

        /// <summary>Sets a socket option.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="level">Its layer.</param>
        /// <param name="name">The option.</param>
        /// <param name="value">The value: ints low byte first.</param>
        /// <param name="length">How many bytes it has.</param>
        /// <returns>0; or ENOPROTOOPT, EINVAL (too short, or out of range), EADDRNOTAVAIL (no such interface).</returns>
        int SetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length);

        /// <summary>Tells the local address; the unspecified one with port 0 before bind.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="local">Filled in place.</param>
        /// <returns>0, or EBADF.</returns>
        int GetLocalAddress(int handle, SocketAddress local);

        /// <summary>Tells the peer's address.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="remote">Filled in place.</param>
        /// <returns>0, or ENOTCONN.</returns>
        int GetRemoteAddress(int handle, SocketAddress remote);

        /// <summary>Waits until something happens on one socket.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="events">What to wait for; Err, Hup and Nval always count.</param>
        /// <param name="timeoutMs">How long to wait.</param>
        /// <returns>The <see cref="PollEvents"/> seen; 0 when the time is over. An unknown handle is Nval, not
        /// an error; one that is closed during the wait, too.</returns>
        int Poll(int handle, PollEvents events, int timeoutMs);

        /// <summary>Waits until something happens on one of many sockets (POSIX poll()).</summary>
        /// <param name="handles">The sockets; an entry below 0 is passed over and gets 0.</param>
        /// <param name="events">For each, the <see cref="PollEvents"/> to wait for, as int.</param>
        /// <param name="results">Filled for each with the events seen, as int.</param>
        /// <param name="count">How many entries count.</param>
        /// <param name="timeoutMs">How long to wait.</param>
        /// <returns>How many entries have events; 0 when the time is over; EINVAL, ENOMEM.</returns>
        int PollMany(int[] handles, int[] events, int[] results, int count, int timeoutMs);
    }
}
