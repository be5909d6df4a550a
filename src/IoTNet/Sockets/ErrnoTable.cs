namespace IoTNet
{
    /// <summary>The one table of errors: name, text and .NET's code of every <see cref="Errno"/>.</summary>
    public static class ErrnoTable
    {
        /// <summary>The POSIX name of an error; on the device an enum has only its number.</summary>
        /// <param name="error">The error.</param>
        /// <returns>For example <c>ECONNREFUSED</c>; <c>errno 71</c> for a number without a name.</returns>
        public static string Name(Errno error)
        {
            switch (error)
            {
                case Errno.None: return "OK";
                case Errno.EPERM: return "EPERM";
                case Errno.ENOENT: return "ENOENT";
                case Errno.EINTR: return "EINTR";
                case Errno.EIO: return "EIO";
                case Errno.EBADF: return "EBADF";
                case Errno.EAGAIN: return "EAGAIN";
                case Errno.ENOMEM: return "ENOMEM";
                case Errno.EACCES: return "EACCES";
                case Errno.EFAULT: return "EFAULT";
                case Errno.EINVAL: return "EINVAL";
                case Errno.ENFILE: return "ENFILE";
                case Errno.EMFILE: return "EMFILE";
                case Errno.EPIPE: return "EPIPE";
                case Errno.ENOTSOCK: return "ENOTSOCK";
                case Errno.EDESTADDRREQ: return "EDESTADDRREQ";
                case Errno.EMSGSIZE: return "EMSGSIZE";
                case Errno.EPROTOTYPE: return "EPROTOTYPE";
                case Errno.ENOPROTOOPT: return "ENOPROTOOPT";
                case Errno.EPROTONOSUPPORT: return "EPROTONOSUPPORT";
                case Errno.ESOCKTNOSUPPORT: return "ESOCKTNOSUPPORT";
                case Errno.EOPNOTSUPP: return "EOPNOTSUPP";
                case Errno.EPFNOSUPPORT: return "EPFNOSUPPORT";
                case Errno.EAFNOSUPPORT: return "EAFNOSUPPORT";
                case Errno.EADDRINUSE: return "EADDRINUSE";
                case Errno.EADDRNOTAVAIL: return "EADDRNOTAVAIL";
                case Errno.ENETDOWN: return "ENETDOWN";
                case Errno.ENETUNREACH: return "ENETUNREACH";
                case Errno.ENETRESET: return "ENETRESET";
                case Errno.ECONNABORTED: return "ECONNABORTED";
                case Errno.ECONNRESET: return "ECONNRESET";
                case Errno.ENOBUFS: return "ENOBUFS";
                case Errno.EISCONN: return "EISCONN";
                case Errno.ENOTCONN: return "ENOTCONN";
                case Errno.ESHUTDOWN: return "ESHUTDOWN";
                case Errno.ETIMEDOUT: return "ETIMEDOUT";
                case Errno.ECONNREFUSED: return "ECONNREFUSED";
                case Errno.EHOSTDOWN: return "EHOSTDOWN";
                case Errno.EHOSTUNREACH: return "EHOSTUNREACH";
                case Errno.EALREADY: return "EALREADY";
                case Errno.EINPROGRESS: return "EINPROGRESS";
                case Errno.ECANCELED: return "ECANCELED";
                default: return "errno " + ((int)error).ToString();
            }
        }

        /// <summary>What an error means and its name, for messages.</summary>
        /// <param name="error">The error.</param>
        /// <returns>For example <c>the peer refused the connection (ECONNREFUSED)</c>.</returns>
        public static string Describe(Errno error)
        {
            return Text(error) + " (" + Name(error) + ")";
        }

        /// <summary>What an error means, as POSIX strerror().</summary>
        /// <param name="error">The error.</param>
        /// <returns>A few words in lower case, without a full stop.</returns>
        public static string Text(Errno error)
        {
            switch (error)
            {
                case Errno.None: return "no error";
                case Errno.EPERM: return "operation not permitted";
                case Errno.ENOENT: return "no such name";
                case Errno.EINTR: return "interrupted: the socket was closed during the call";
                case Errno.EIO: return "the stack failed with an error that has no name here";
                case Errno.EBADF: return "the socket is closed";
                case Errno.EAGAIN: return "nothing can be done now without waiting";
                case Errno.ENOMEM: return "out of memory";
                case Errno.EACCES: return "access denied";
                case Errno.EFAULT: return "no buffer was given";
                case Errno.EINVAL: return "invalid argument";
                case Errno.ENFILE: return "a pool of the stack is exhausted";
                case Errno.EMFILE: return "too many open sockets in this process";
                case Errno.EPIPE: return "the sending half of the connection is over";
                case Errno.ENOTSOCK: return "not a socket";
                case Errno.EDESTADDRREQ: return "no destination address was given";
                case Errno.EMSGSIZE: return "the message is too long for the transport";
                case Errno.EPROTOTYPE: return "the protocol does not fit the socket type";
                case Errno.ENOPROTOOPT: return "unknown or unsupported socket option";
                case Errno.EPROTONOSUPPORT: return "the stack does not have this protocol";
                case Errno.ESOCKTNOSUPPORT: return "the stack does not have this socket type";
                case Errno.EOPNOTSUPP: return "the operation is not supported on this socket";
                case Errno.EPFNOSUPPORT: return "the stack does not have this protocol family";
                case Errno.EAFNOSUPPORT: return "the address family is not supported";
                case Errno.EADDRINUSE: return "the address is in use";
                case Errno.EADDRNOTAVAIL: return "the address is not one of this host";
                case Errno.ENETDOWN: return "the network is down";
                case Errno.ENETUNREACH: return "no route to the network";
                case Errno.ENETRESET: return "the network dropped the connection";
                case Errno.ECONNABORTED: return "the connection was aborted";
                case Errno.ECONNRESET: return "the peer reset the connection";
                case Errno.ENOBUFS: return "no buffer space";
                case Errno.EISCONN: return "the socket is connected already";
                case Errno.ENOTCONN: return "the socket is not connected";
                case Errno.ESHUTDOWN: return "the socket is shut down";
                case Errno.ETIMEDOUT: return "timed out";
                case Errno.ECONNREFUSED: return "the peer refused the connection";
                case Errno.EHOSTDOWN: return "the host is down";
                case Errno.EHOSTUNREACH: return "no route to the host";
                case Errno.EALREADY: return "an earlier connect is still in progress";
                case Errno.EINPROGRESS: return "the connect is in progress";
                case Errno.ECANCELED: return "the operation was cancelled";
                default: return "unknown error";
            }
        }

        /// <summary>The code that .NET and nanoFramework give for an error.</summary>
        /// <param name="error">The error.</param>
        /// <returns>The code; <see cref="SocketError.SocketError"/> when there is none, never Success.</returns>
        public static SocketError ToSocketError(Errno error)
        {
            switch (error)
            {
                case Errno.None: return SocketError.Success;
                case Errno.EPERM:
                case Errno.EACCES: return SocketError.AccessDenied;
                case Errno.ENOENT:
                case Errno.EADDRNOTAVAIL: return SocketError.AddressNotAvailable;
                case Errno.EINTR:
                case Errno.ECANCELED: return SocketError.Interrupted;
                case Errno.EBADF:
                case Errno.ENOTSOCK: return SocketError.NotSocket;
                case Errno.EAGAIN: return SocketError.WouldBlock;
                case Errno.ENOMEM:
                case Errno.ENOBUFS: return SocketError.NoBufferSpaceAvailable;
                case Errno.EFAULT: return SocketError.Fault;
                case Errno.EINVAL: return SocketError.InvalidArgument;
                case Errno.ENFILE:
                case Errno.EMFILE: return SocketError.TooManyOpenSockets;
                case Errno.EPIPE:
                case Errno.ESHUTDOWN: return SocketError.Shutdown;
                case Errno.EDESTADDRREQ: return SocketError.DestinationAddressRequired;
                case Errno.EMSGSIZE: return SocketError.MessageSize;
                case Errno.EPROTOTYPE: return SocketError.ProtocolType;
                case Errno.ENOPROTOOPT: return SocketError.ProtocolOption;
                case Errno.EPROTONOSUPPORT: return SocketError.ProtocolNotSupported;
                case Errno.ESOCKTNOSUPPORT: return SocketError.SocketNotSupported;
                case Errno.EOPNOTSUPP: return SocketError.OperationNotSupported;
                case Errno.EPFNOSUPPORT: return SocketError.ProtocolFamilyNotSupported;
                case Errno.EAFNOSUPPORT: return SocketError.AddressFamilyNotSupported;
                case Errno.EADDRINUSE: return SocketError.AddressAlreadyInUse;
                case Errno.ENETDOWN: return SocketError.NetworkDown;
                case Errno.ENETUNREACH: return SocketError.NetworkUnreachable;
                case Errno.ENETRESET: return SocketError.NetworkReset;
                case Errno.ECONNABORTED: return SocketError.ConnectionAborted;
                case Errno.ECONNRESET: return SocketError.ConnectionReset;
                case Errno.EISCONN: return SocketError.IsConnected;
                case Errno.ENOTCONN: return SocketError.NotConnected;
                case Errno.ETIMEDOUT: return SocketError.TimedOut;
                case Errno.ECONNREFUSED: return SocketError.ConnectionRefused;
                case Errno.EHOSTDOWN: return SocketError.HostDown;
                case Errno.EHOSTUNREACH: return SocketError.HostUnreachable;
                case Errno.EALREADY: return SocketError.AlreadyInProgress;
                case Errno.EINPROGRESS: return SocketError.InProgress;
                default: return SocketError.SocketError;
            }
        }

        /// <summary>The error behind a code of .NET or nanoFramework.</summary>
        /// <param name="code">The code, as <c>SocketException.ErrorCode</c> gives it.</param>
        /// <returns>The error; EIO for an unknown code, never success.</returns>
        public static Errno FromSocketError(int code)
        {
            switch (code)
            {
                case 0: return Errno.None;
                case (int)SocketError.AccessDenied: return Errno.EACCES;
                case (int)SocketError.AddressNotAvailable: return Errno.EADDRNOTAVAIL;
                case (int)SocketError.Interrupted: return Errno.EINTR;
                case (int)SocketError.NotSocket: return Errno.EBADF;
                case (int)SocketError.WouldBlock: return Errno.EAGAIN;
                case (int)SocketError.NoBufferSpaceAvailable: return Errno.ENOBUFS;
                case (int)SocketError.Fault: return Errno.EFAULT;
                case (int)SocketError.InvalidArgument: return Errno.EINVAL;
                case (int)SocketError.TooManyOpenSockets: return Errno.ENFILE;
                case (int)SocketError.Shutdown: return Errno.EPIPE;
                case (int)SocketError.DestinationAddressRequired: return Errno.EDESTADDRREQ;
                case (int)SocketError.MessageSize: return Errno.EMSGSIZE;
                case (int)SocketError.ProtocolType: return Errno.EPROTOTYPE;
                case (int)SocketError.ProtocolOption: return Errno.ENOPROTOOPT;
                case (int)SocketError.ProtocolNotSupported: return Errno.EPROTONOSUPPORT;
                case (int)SocketError.SocketNotSupported: return Errno.ESOCKTNOSUPPORT;
                case (int)SocketError.OperationNotSupported: return Errno.EOPNOTSUPP;
                case (int)SocketError.ProtocolFamilyNotSupported: return Errno.EPFNOSUPPORT;
                case (int)SocketError.AddressFamilyNotSupported: return Errno.EAFNOSUPPORT;
                case (int)SocketError.AddressAlreadyInUse: return Errno.EADDRINUSE;
                case (int)SocketError.NetworkDown: return Errno.ENETDOWN;
                case (int)SocketError.NetworkUnreachable: return Errno.ENETUNREACH;
                case (int)SocketError.NetworkReset: return Errno.ENETRESET;
                case (int)SocketError.ConnectionAborted: return Errno.ECONNABORTED;
                case (int)SocketError.ConnectionReset: return Errno.ECONNRESET;
                case (int)SocketError.IsConnected: return Errno.EISCONN;
                case (int)SocketError.NotConnected: return Errno.ENOTCONN;
                case (int)SocketError.TimedOut: return Errno.ETIMEDOUT;
                case (int)SocketError.ConnectionRefused: return Errno.ECONNREFUSED;
                case (int)SocketError.HostDown: return Errno.EHOSTDOWN;
                case (int)SocketError.HostUnreachable: return Errno.EHOSTUNREACH;
                case (int)SocketError.AlreadyInProgress: return Errno.EALREADY;
                case (int)SocketError.InProgress: return Errno.EINPROGRESS;
                default: return Errno.EIO;
            }
        }
    }
}
