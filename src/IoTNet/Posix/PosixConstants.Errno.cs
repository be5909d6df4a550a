#if IOTNET_POSIX_NAMES
// <errno.h>, with Linux's numbers (asm-generic).
namespace IoTNet
{
    public static partial class Posix
    {
        /// <summary>See <see cref="Errno.EPERM"/>.</summary>
        public const int EPERM = 1;

        /// <summary>See <see cref="Errno.ENOENT"/>.</summary>
        public const int ENOENT = 2;

        /// <summary>See <see cref="Errno.EINTR"/>.</summary>
        public const int EINTR = 4;

        /// <summary>See <see cref="Errno.EIO"/>.</summary>
        public const int EIO = 5;

        /// <summary>if_indextoname(): no interface has the number.</summary>
        public const int ENXIO = 6;

        /// <summary>The descriptor is not open.</summary>
        public const int EBADF = 9;

        /// <summary>See <see cref="Errno.EAGAIN"/>.</summary>
        public const int EAGAIN = 11;

        /// <summary>As EAGAIN.</summary>
        public const int EWOULDBLOCK = 11;

        /// <summary>See <see cref="Errno.ENOMEM"/>.</summary>
        public const int ENOMEM = 12;

        /// <summary>See <see cref="Errno.EACCES"/>.</summary>
        public const int EACCES = 13;

        /// <summary>Memory that is not there: null, or past the end of an array.</summary>
        public const int EFAULT = 14;

        /// <summary>if_nametoindex(): no interface has the name.</summary>
        public const int ENODEV = 19;

        /// <summary>See <see cref="Errno.EINVAL"/>.</summary>
        public const int EINVAL = 22;

        /// <summary>See <see cref="Errno.ENFILE"/>.</summary>
        public const int ENFILE = 23;

        /// <summary>FD_SETSIZE descriptors are open.</summary>
        public const int EMFILE = 24;

        /// <summary>ioctl(): not a request for this descriptor.</summary>
        public const int ENOTTY = 25;

        /// <summary>inet_ntop(): the text does not fit.</summary>
        public const int ENOSPC = 28;

        /// <summary>See <see cref="Errno.EPIPE"/>.</summary>
        public const int EPIPE = 32;

        /// <summary>setsockopt(): tv_usec is outside 0..999999.</summary>
        public const int EDOM = 33;

        /// <summary>gethostname(): the name does not fit.</summary>
        public const int ENAMETOOLONG = 36;

        /// <summary>See <see cref="Errno.ENOTSOCK"/>.</summary>
        public const int ENOTSOCK = 88;

        /// <summary>See <see cref="Errno.EDESTADDRREQ"/>.</summary>
        public const int EDESTADDRREQ = 89;

        /// <summary>See <see cref="Errno.EMSGSIZE"/>.</summary>
        public const int EMSGSIZE = 90;

        /// <summary>See <see cref="Errno.EPROTOTYPE"/>.</summary>
        public const int EPROTOTYPE = 91;

        /// <summary>See <see cref="Errno.ENOPROTOOPT"/>.</summary>
        public const int ENOPROTOOPT = 92;

        /// <summary>See <see cref="Errno.EPROTONOSUPPORT"/>.</summary>
        public const int EPROTONOSUPPORT = 93;

        /// <summary>See <see cref="Errno.ESOCKTNOSUPPORT"/>.</summary>
        public const int ESOCKTNOSUPPORT = 94;

        /// <summary>See <see cref="Errno.EOPNOTSUPP"/>.</summary>
        public const int EOPNOTSUPP = 95;

        /// <summary>As EOPNOTSUPP.</summary>
        public const int ENOTSUP = 95;

        /// <summary>See <see cref="Errno.EPFNOSUPPORT"/>.</summary>
        public const int EPFNOSUPPORT = 96;

        /// <summary>See <see cref="Errno.EAFNOSUPPORT"/>.</summary>
        public const int EAFNOSUPPORT = 97;

        /// <summary>See <see cref="Errno.EADDRINUSE"/>.</summary>
        public const int EADDRINUSE = 98;

        /// <summary>See <see cref="Errno.EADDRNOTAVAIL"/>.</summary>
        public const int EADDRNOTAVAIL = 99;

        /// <summary>See <see cref="Errno.ENETDOWN"/>.</summary>
        public const int ENETDOWN = 100;

        /// <summary>See <see cref="Errno.ENETUNREACH"/>.</summary>
        public const int ENETUNREACH = 101;

        /// <summary>See <see cref="Errno.ENETRESET"/>.</summary>
        public const int ENETRESET = 102;

        /// <summary>See <see cref="Errno.ECONNABORTED"/>.</summary>
        public const int ECONNABORTED = 103;

        /// <summary>See <see cref="Errno.ECONNRESET"/>.</summary>
        public const int ECONNRESET = 104;

        /// <summary>See <see cref="Errno.ENOBUFS"/>.</summary>
        public const int ENOBUFS = 105;

        /// <summary>See <see cref="Errno.EISCONN"/>.</summary>
        public const int EISCONN = 106;

        /// <summary>See <see cref="Errno.ENOTCONN"/>.</summary>
        public const int ENOTCONN = 107;

        /// <summary>See <see cref="Errno.ESHUTDOWN"/>.</summary>
        public const int ESHUTDOWN = 108;

        /// <summary>See <see cref="Errno.ETIMEDOUT"/>.</summary>
        public const int ETIMEDOUT = 110;

        /// <summary>See <see cref="Errno.ECONNREFUSED"/>.</summary>
        public const int ECONNREFUSED = 111;

        /// <summary>See <see cref="Errno.EHOSTDOWN"/>.</summary>
        public const int EHOSTDOWN = 112;

        /// <summary>See <see cref="Errno.EHOSTUNREACH"/>.</summary>
        public const int EHOSTUNREACH = 113;

        /// <summary>See <see cref="Errno.EALREADY"/>.</summary>
        public const int EALREADY = 114;

        /// <summary>See <see cref="Errno.EINPROGRESS"/>.</summary>
        public const int EINPROGRESS = 115;

        /// <summary>See <see cref="Errno.ECANCELED"/>.</summary>
        public const int ECANCELED = 125;
    }
}
#endif
