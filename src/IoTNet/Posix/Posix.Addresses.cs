#if IOTNET_POSIX_NAMES
// <sys/socket.h>, <netinet/in.h>, <sys/un.h>: the address structs, laid out as on Linux.
// POSIX names its structs in lower case; those names are the point of this class.
#pragma warning disable CS8981
using System;

namespace IoTNet
{
    public static partial class Posix
    {
        /// <summary>The generic address, as which the struct of every family is passed. Only <see cref="sa_family"/> may be
        /// read before the family is known.</summary>
        public class sockaddr : OctetView
        {
            /// <summary>sizeof(struct sockaddr): 16 bytes.</summary>
            public const int SizeOf = 16;

            /// <summary>Makes a zeroed generic address.</summary>
            public sockaddr()
                : base(SizeOf)
            {
            }

            internal sockaddr(int length)
                : base(length)
            {
            }

            internal sockaddr(OctetView other, int length)
                : base(other, length)
            {
            }

            /// <summary>The family, AF_*: the first two bytes.</summary>
            public ushort sa_family
            {
                get => GetShort(0);
                set => PutShort(0, value);
            }

            /// <summary>All bytes behind the family.</summary>
            public OctetView sa_data => new OctetView(Bytes, Offset + 2, Length - 2);
        }

        /// <summary>An IPv4 address: four bytes in network order.</summary>
        public sealed class in_addr : OctetView
        {
            /// <summary>sizeof(struct in_addr): 4 bytes.</summary>
            public const int SizeOf = 4;

            /// <summary>Makes 0.0.0.0.</summary>
            public in_addr()
                : base(SizeOf)
            {
            }

            internal in_addr(byte[] bytes, int offset)
                : base(bytes, offset, SizeOf)
            {
            }

            /// <summary>The address in network order: htonl(INADDR_LOOPBACK).</summary>
            public uint s_addr
            {
                get => GetInt(0);
                set => PutInt(0, value);
            }
        }

        /// <summary>An IPv6 address: sixteen bytes in network order.</summary>
        public sealed class in6_addr : OctetView
        {
            /// <summary>sizeof(struct in6_addr): 16 bytes.</summary>
            public const int SizeOf = 16;

            /// <summary>Makes ::.</summary>
            public in6_addr()
                : base(SizeOf)
            {
            }

            internal in6_addr(byte[] bytes, int offset)
                : base(bytes, offset, SizeOf)
            {
            }

            /// <summary>The sixteen bytes.</summary>
            public OctetView s6_addr => this;
        }

        /// <summary>The IPv6 address :: (a new object each time).</summary>
        public static in6_addr in6addr_any => new in6_addr();

        /// <summary>The IPv6 address ::1 (a new object each time).</summary>
        public static in6_addr in6addr_loopback
        {
            get
            {
                in6_addr address = new in6_addr();
                address[15] = 1;
                return address;
            }
        }

        /// <summary>The address of an IPv4 socket.</summary>
        public sealed class sockaddr_in : sockaddr
        {
            /// <summary>sizeof(struct sockaddr_in): 16 bytes.</summary>
            public new const int SizeOf = 16;

            private readonly in_addr _address;

            /// <summary>Makes a zeroed address; its family is still to be set.</summary>
            public sockaddr_in()
                : base(SizeOf)
            {
                _address = new in_addr(Bytes, Offset + 4);
            }

            /// <summary>Sees the bytes of another address as one of IPv4 (C: a cast of the pointer).</summary>
            /// <param name="address">The other address, at least 16 bytes.</param>
            /// <exception cref="ArgumentException">There is no address, or it is shorter.</exception>
            public sockaddr_in(sockaddr address)
                : base(address, SizeOf)
            {
                _address = new in_addr(Bytes, Offset + 4);
            }

            /// <summary>AF_INET.</summary>
            public ushort sin_family
            {
                get => sa_family;
                set => sa_family = value;
            }

            /// <summary>The port in network order: htons(80).</summary>
            public ushort sin_port
            {
                get => GetShort(2);
                set => PutShort(2, value);
            }

            /// <summary>The address within this one: what is written to it is written here.</summary>
            public in_addr sin_addr
            {
                get => _address;
                set => _address.Assign(value);
            }
        }

        /// <summary>The address of an IPv6 socket.</summary>
        public sealed class sockaddr_in6 : sockaddr
        {
            /// <summary>sizeof(struct sockaddr_in6): 28 bytes.</summary>
            public new const int SizeOf = 28;

            private readonly in6_addr _address;

            /// <summary>Makes a zeroed address; its family is still to be set.</summary>
            public sockaddr_in6()
                : base(SizeOf)
            {
                _address = new in6_addr(Bytes, Offset + 8);
            }

            /// <summary>Sees the bytes of another address as one of IPv6 (C: a cast of the pointer).</summary>
            /// <param name="address">The other address, at least 28 bytes.</param>
            /// <exception cref="ArgumentException">There is no address, or it is shorter.</exception>
            public sockaddr_in6(sockaddr address)
                : base(address, SizeOf)
            {
                _address = new in6_addr(Bytes, Offset + 8);
            }

            /// <summary>AF_INET6.</summary>
            public ushort sin6_family
            {
                get => sa_family;
                set => sa_family = value;
            }

            /// <summary>The port in network order: htons(80).</summary>
            public ushort sin6_port
            {
                get => GetShort(2);
                set => PutShort(2, value);
            }

            /// <summary>Traffic class and flow label, in network order.</summary>
            public uint sin6_flowinfo
            {
                get => GetInt(4);
                set => PutInt(4, value);
            }

            /// <summary>The address within this one: what is written to it is written here.</summary>
            public in6_addr sin6_addr
            {
                get => _address;
                set => _address.Assign(value);
            }

            /// <summary>The interface of a link-local address, in host order.</summary>
            public uint sin6_scope_id
            {
                get => GetInt(24);
                set => PutInt(24, value);
            }
        }

        /// <summary>The address of an AF_UNIX socket.</summary>
        public sealed class sockaddr_un : sockaddr
        {
            /// <summary>sizeof(struct sockaddr_un): 110 bytes, 108 of them for path or name.</summary>
            public new const int SizeOf = 110;

            /// <summary>Makes a zeroed address; its family is still to be set.</summary>
            public sockaddr_un()
                : base(SizeOf)
            {
            }

            /// <summary>Sees the bytes of another address as a Unix one (C: a cast of the pointer).</summary>
            /// <param name="address">The other address, at least 110 bytes.</param>
            /// <exception cref="ArgumentException">There is no address, or it is shorter.</exception>
            public sockaddr_un(sockaddr address)
                : base(address, SizeOf)
            {
            }

            /// <summary>AF_UNIX.</summary>
            public ushort sun_family
            {
                get => sa_family;
                set => sa_family = value;
            }

            /// <summary>The path up to its first NUL (C: strcpy() to and from it); bytes outside UTF-8 as in
            /// <see cref="UnixEndPoint"/>. An abstract name is written through sa_data: a zero byte and the name.</summary>
            /// <exception cref="ArgumentException">Set to null, or to a path above 107 bytes.</exception>
            public string sun_path
            {
                get => SurrogateEscape.GetString(Bytes, Offset + 2, PathLength);
                set
                {
                    byte[] path = SurrogateEscape.GetBytes(value ?? throw new ArgumentNullException(nameof(value)));
                    if (path.Length >= SizeOf - 2)
                    {
                        throw new ArgumentException("An AF_UNIX path has at most 107 bytes, not " + path.Length.ToString() + ".", nameof(value));
                    }

                    Array.Clear(Bytes, Offset + 2, SizeOf - 2);
                    Array.Copy(path, 0, Bytes, Offset + 2, path.Length);
                }
            }

            internal int PathLength
            {
                get
                {
                    int length = 0;
                    while (length < SizeOf - 2 && Bytes[Offset + 2 + length] != 0)
                    {
                        length++;
                    }

                    return length;
                }
            }
        }

        /// <summary>Room for an address of every family.</summary>
        public sealed class sockaddr_storage : sockaddr
        {
            /// <summary>sizeof(struct sockaddr_storage): 128 bytes.</summary>
            public new const int SizeOf = 128;

            /// <summary>Makes zeroed room.</summary>
            public sockaddr_storage()
                : base(SizeOf)
            {
            }

            /// <summary>The family, AF_*.</summary>
            public ushort ss_family
            {
                get => sa_family;
                set => sa_family = value;
            }
        }

        /// <summary>The length of a Unix address without the NUL behind its path.</summary>
        /// <param name="address">The address.</param>
        /// <returns>2 + strlen(sun_path).</returns>
        public static int SUN_LEN(sockaddr_un address)
        {
            return 2 + address.PathLength;
        }
    }
}
#endif
