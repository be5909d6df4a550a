namespace IoTNet
{
    /// <summary>Why a call failed, by POSIX name. Compare names: the numbers are Linux's here, and lwIP, newlib and Windows
    /// each number them differently.</summary>
    public enum Errno
    {
        /// <summary>No error.</summary>
        None = 0,

        /// <summary>Operation not permitted.</summary>
        EPERM = 1,

        /// <summary>No such name.</summary>
        ENOENT = 2,

        /// <summary>Interrupted: the socket was closed during the call.</summary>
        EINTR = 4,

        /// <summary>The stack failed with an error that has no name here.</summary>
        EIO = 5,

        /// <summary>The socket is closed.</summary>
        EBADF = 9,

        /// <summary>Nothing can be done now without waiting.</summary>
        EAGAIN = 11,

        /// <summary>Out of memory.</summary>
        ENOMEM = 12,

        /// <summary>Access denied.</summary>
        EACCES = 13,

        /// <summary>No buffer was given.</summary>
        EFAULT = 14,

        /// <summary>Invalid argument.</summary>
        EINVAL = 22,

        /// <summary>A pool of the stack is exhausted.</summary>
        ENFILE = 23,

        /// <summary>Too many open sockets in this process.</summary>
        EMFILE = 24,

        /// <summary>The sending half of the connection is over.</summary>
        EPIPE = 32,

        /// <summary>Not a socket.</summary>
        ENOTSOCK = 88,

        /// <summary>No destination address was given.</summary>
        EDESTADDRREQ = 89,

        /// <summary>The message is too long for the transport.</summary>
        EMSGSIZE = 90,

        /// <summary>The protocol does not fit the socket type.</summary>
        EPROTOTYPE = 91,

        /// <summary>Unknown or unsupported socket option.</summary>
        ENOPROTOOPT = 92,

        /// <summary>The stack does not have this protocol.</summary>
        EPROTONOSUPPORT = 93,

        /// <summary>The stack does not have this socket type.</summary>
        ESOCKTNOSUPPORT = 94,

        /// <summary>The operation is not supported on this socket.</summary>
        EOPNOTSUPP = 95,

        /// <summary>The stack does not have this protocol family.</summary>
        EPFNOSUPPORT = 96,

        /// <summary>The address family is not supported.</summary>
        EAFNOSUPPORT = 97,

        /// <summary>The address is in use.</summary>
        EADDRINUSE = 98,

        /// <summary>The address is not one of this host.</summary>
        EADDRNOTAVAIL = 99,

        /// <summary>The network is down.</summary>
        ENETDOWN = 100,

        /// <summary>No route to the network.</summary>
        ENETUNREACH = 101,

        /// <summary>The network dropped the connection.</summary>
        ENETRESET = 102,

        /// <summary>The connection was aborted.</summary>
        ECONNABORTED = 103,

        /// <summary>The peer reset the connection.</summary>
        ECONNRESET = 104,

        /// <summary>No buffer space.</summary>
        ENOBUFS = 105,

        /// <summary>The socket is connected already.</summary>
        EISCONN = 106,

        /// <summary>The socket is not connected.</summary>
        ENOTCONN = 107,

        /// <summary>The socket is shut down.</summary>
        ESHUTDOWN = 108,

        /// <summary>Timed out.</summary>
        ETIMEDOUT = 110,

        /// <summary>The peer refused the connection.</summary>
        ECONNREFUSED = 111,

        /// <summary>The host is down.</summary>
        EHOSTDOWN = 112,

        /// <summary>No route to the host.</summary>
        EHOSTUNREACH = 113,

        /// <summary>An earlier connect is still in progress.</summary>
        EALREADY = 114,

        /// <summary>The connect is in progress.</summary>
        EINPROGRESS = 115,

        /// <summary>The operation was cancelled.</summary>
        ECANCELED = 125,
    }
}
