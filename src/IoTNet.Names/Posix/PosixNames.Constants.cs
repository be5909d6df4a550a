#if IOTNET_POSIX_NAMES
namespace IoTNet
{
    public static partial class PosixNames
    {
        // getaddrinfo()'s flags.
        /// <summary>See <see cref="AddressInfoFlags.Passive"/>.</summary>
        public const int AI_PASSIVE = 1;

        /// <summary>See <see cref="AddressInfoFlags.CanonicalName"/>.</summary>
        public const int AI_CANONNAME = 2;

        /// <summary>See <see cref="AddressInfoFlags.NumericHost"/>.</summary>
        public const int AI_NUMERICHOST = 4;

        /// <summary>See <see cref="AddressInfoFlags.V4Mapped"/>.</summary>
        public const int AI_V4MAPPED = 8;

        /// <summary>See <see cref="AddressInfoFlags.All"/>.</summary>
        public const int AI_ALL = 0x10;

        /// <summary>See <see cref="AddressInfoFlags.AddressConfigured"/>.</summary>
        public const int AI_ADDRCONFIG = 0x20;

        /// <summary>See <see cref="AddressInfoFlags.NumericService"/>.</summary>
        public const int AI_NUMERICSERV = 0x400;

        // getnameinfo()'s flags.
        /// <summary>See <see cref="NameInfoFlags.NumericHost"/>.</summary>
        public const int NI_NUMERICHOST = 1;

        /// <summary>See <see cref="NameInfoFlags.NumericService"/>.</summary>
        public const int NI_NUMERICSERV = 2;

        /// <summary>See <see cref="NameInfoFlags.NoFullName"/>.</summary>
        public const int NI_NOFQDN = 4;

        /// <summary>See <see cref="NameInfoFlags.NameRequired"/>.</summary>
        public const int NI_NAMEREQD = 8;

        /// <summary>See <see cref="NameInfoFlags.Datagram"/>.</summary>
        public const int NI_DGRAM = 0x10;

        // Errors.
        /// <summary>See <see cref="DnsError.EAI_BADFLAGS"/>.</summary>
        public const int EAI_BADFLAGS = -1;

        /// <summary>See <see cref="DnsError.EAI_NONAME"/>.</summary>
        public const int EAI_NONAME = -2;

        /// <summary>See <see cref="DnsError.EAI_AGAIN"/>.</summary>
        public const int EAI_AGAIN = -3;

        /// <summary>See <see cref="DnsError.EAI_FAIL"/>.</summary>
        public const int EAI_FAIL = -4;

        /// <summary>See <see cref="DnsError.EAI_NODATA"/>.</summary>
        public const int EAI_NODATA = -5;

        /// <summary>See <see cref="DnsError.EAI_FAMILY"/>.</summary>
        public const int EAI_FAMILY = -6;

        /// <summary>See <see cref="DnsError.EAI_SOCKTYPE"/>.</summary>
        public const int EAI_SOCKTYPE = -7;

        /// <summary>See <see cref="DnsError.EAI_SERVICE"/>.</summary>
        public const int EAI_SERVICE = -8;

        /// <summary>See <see cref="DnsError.EAI_ADDRFAMILY"/>.</summary>
        public const int EAI_ADDRFAMILY = -9;

        /// <summary>See <see cref="DnsError.EAI_MEMORY"/>.</summary>
        public const int EAI_MEMORY = -10;

        /// <summary>See <see cref="DnsError.EAI_SYSTEM"/>.</summary>
        public const int EAI_SYSTEM = -11;

        /// <summary>See <see cref="DnsError.EAI_OVERFLOW"/>.</summary>
        public const int EAI_OVERFLOW = -12;

        /// <summary>See <see cref="DnsError.EAI_CANCELED"/>.</summary>
        public const int EAI_CANCELED = -101;

        // Room for names.
        /// <summary>The most bytes of a host's name with its NUL, of any length that DNS has.</summary>
        public const int NI_MAXHOST = 1025;

        /// <summary>The most bytes of a service's name with its NUL.</summary>
        public const int NI_MAXSERV = 32;
    }
}
#endif
