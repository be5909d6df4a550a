#if IOTNET_POSIX_NAMES
// POSIX names its structs in lower case; those names are the point of this class.
#pragma warning disable CS8981
namespace IoTNet
{
    public static partial class PosixNames
    {
        /// <summary>One result of getaddrinfo(), or its hints.</summary>
        public sealed class addrinfo
        {
            /// <summary>AI_*.</summary>
            public int ai_flags;

            /// <summary>AF_INET, AF_INET6; in hints also AF_UNSPEC.</summary>
            public int ai_family;

            /// <summary>SOCK_*; in hints 0 = any.</summary>
            public int ai_socktype;

            /// <summary>IPPROTO_*; in hints 0 = any.</summary>
            public int ai_protocol;

            /// <summary>The length of the address in bytes.</summary>
            public int ai_addrlen;

            /// <summary>The address: a sockaddr_in or sockaddr_in6.</summary>
            public Posix.sockaddr ai_addr;

            /// <summary>With AI_CANONNAME, in the first result: the official name. Else null.</summary>
            public string ai_canonname;

            /// <summary>The next result; null in the last.</summary>
            public addrinfo ai_next;
        }

        /// <summary>A protocol.</summary>
        public sealed class protoent
        {
            /// <summary>Its official name.</summary>
            public string p_name;

            /// <summary>Its other names.</summary>
            public string[] p_aliases;

            /// <summary>Its number.</summary>
            public int p_proto;
        }

        /// <summary>A service.</summary>
        public sealed class servent
        {
            /// <summary>Its official name.</summary>
            public string s_name;

            /// <summary>Its other names.</summary>
            public string[] s_aliases;

            /// <summary>Its port in network order.</summary>
            public int s_port;

            /// <summary><c>tcp</c> or <c>udp</c>.</summary>
            public string s_proto;
        }
    }
}
#endif
