#if IOTNET_POSIX_NAMES
// <arpa/inet.h>: byte order and texts of addresses.
namespace IoTNet
{
    public static partial class Posix
    {
        /// <summary>A 16-bit number from host order (always little-endian here) to network order.</summary>
        /// <param name="hostshort">The number; its low 16 bits count.</param>
        /// <returns>The number with its bytes swapped.</returns>
        public static ushort htons(int hostshort)
        {
            return (ushort)(((hostshort & 0xFF) << 8) | ((hostshort >> 8) & 0xFF));
        }

        /// <summary>A 16-bit number from network order to host order.</summary>
        /// <param name="netshort">The number; its low 16 bits count.</param>
        /// <returns>The number with its bytes swapped.</returns>
        public static ushort ntohs(int netshort)
        {
            return htons(netshort);
        }

        /// <summary>A 32-bit number from host order (always little-endian here) to network order.</summary>
        /// <param name="hostlong">The number.</param>
        /// <returns>The number with its bytes swapped.</returns>
        public static uint htonl(uint hostlong)
        {
            return (hostlong << 24) | ((hostlong & 0xFF00) << 8) | ((hostlong >> 8) & 0xFF00) | (hostlong >> 24);
        }

        /// <summary>A 32-bit number from network order to host order.</summary>
        /// <param name="netlong">The number.</param>
        /// <returns>The number with its bytes swapped.</returns>
        public static uint ntohl(uint netlong)
        {
            return htonl(netlong);
        }

        /// <summary>Reads an address (<see cref="IPAddress.TryParse"/>).</summary>
        /// <param name="af">AF_INET: four decimal numbers without leading zeros; AF_INET6: RFC 4291 2.2, no scope.</param>
        /// <param name="src">The text.</param>
        /// <param name="dst">Takes the address in network order: an in_addr or in6_addr.</param>
        /// <returns>1; 0 when the text is no such address (dst stays as it is); or -1: EAFNOSUPPORT: another family; EFAULT: no
        /// text, or no room for the address.</returns>
        public static int inet_pton(int af, string src, OctetView dst)
        {
            if (af != AF_INET && af != AF_INET6)
            {
                return Fail(EAFNOSUPPORT);
            }

            int size = af == AF_INET ? in_addr.SizeOf : in6_addr.SizeOf;
            if (src == null || dst == null || dst.Length < size)
            {
                return Fail(EFAULT);
            }

            if (src.IndexOf('%') >= 0 || !IPAddress.TryParse(src, out IPAddress address) ||
                address.AddressFamily != SockaddrCodec.ToCore(af))
            {
                return 0;
            }

            address.WriteTo(dst.Bytes, dst.Offset);
            return 1;
        }

        /// <summary>Reads an address into an array.</summary>
        /// <param name="af">As in the other form.</param>
        /// <param name="src">The text.</param>
        /// <param name="dst">Takes the address; 4 or 16 bytes.</param>
        /// <returns>As the other form.</returns>
        public static int inet_pton(int af, string src, byte[] dst)
        {
            return inet_pton(af, src, dst == null ? null : new OctetView(dst, 0, dst.Length));
        }

        /// <summary>Writes an address as text (<see cref="IPAddress.ToString"/>).</summary>
        /// <param name="af">AF_INET or AF_INET6.</param>
        /// <param name="src">The address in network order: an in_addr or in6_addr.</param>
        /// <param name="dst">Takes the text and a NUL; null when only the returned text is wanted.</param>
        /// <param name="size">The room for it in bytes: INET_ADDRSTRLEN or INET6_ADDRSTRLEN.</param>
        /// <returns>The text; or null: EAFNOSUPPORT: another family; ENOSPC: it does not fit; EFAULT: no address, or less room
        /// than the size says.</returns>
        public static string inet_ntop(int af, OctetView src, byte[] dst, int size)
        {
            if (af != AF_INET && af != AF_INET6)
            {
                Fail(EAFNOSUPPORT);
                return null;
            }

            int length = af == AF_INET ? in_addr.SizeOf : in6_addr.SizeOf;
            if (src == null || src.Length < length)
            {
                Fail(EFAULT);
                return null;
            }

            string text = FormatAddress(src, length);
            return PutText(text, dst, size, ENOSPC) < 0 ? null : text;
        }

        /// <summary>Writes an address that stands in an array as text.</summary>
        /// <param name="af">AF_INET or AF_INET6.</param>
        /// <param name="src">The address, 4 or 16 bytes.</param>
        /// <param name="dst">As in the other form.</param>
        /// <param name="size">As in the other form.</param>
        /// <returns>As the other form.</returns>
        public static string inet_ntop(int af, byte[] src, byte[] dst, int size)
        {
            return inet_ntop(af, src == null ? null : new OctetView(src, 0, src.Length), dst, size);
        }

        /// <summary>Reads IPv4 text in any of its old forms: 127.1, 0x7f.1, 017700000001. As in glibc, white space ends
        /// it.</summary>
        /// <param name="cp">The text.</param>
        /// <param name="inp">Takes the address in network order; null to ask only whether the text is one.</param>
        /// <returns>1, or 0 when the text is no address.</returns>
        public static int inet_aton(string cp, in_addr inp)
        {
            if (cp == null || !IPAddress.TryParseLoose(cp.Substring(0, CountBeforeSpace(cp)), out uint address))
            {
                return 0;
            }

            if (inp != null)
            {
                inp.s_addr = address;
            }

            return 1;
        }

        /// <summary>Reads IPv4 text as inet_aton() does.</summary>
        /// <param name="cp">The text.</param>
        /// <returns>The address in network order; INADDR_NONE when the text is none, or is 255.255.255.255.</returns>
        public static uint inet_addr(string cp)
        {
            in_addr address = new in_addr();
            return inet_aton(cp, address) == 1 ? address.s_addr : INADDR_NONE;
        }

        /// <summary>Writes an IPv4 address as text.</summary>
        /// <param name="address">The address.</param>
        /// <returns>Four decimal numbers and dots; null without an address.</returns>
        public static string inet_ntoa(in_addr address)
        {
            return inet_ntop(AF_INET, address, null, INET_ADDRSTRLEN);
        }

        private static string FormatAddress(OctetView address, int length)
        {
            byte[] bytes = new byte[length];
            System.Array.Copy(address.Bytes, address.Offset, bytes, 0, length);
            if (length == in6_addr.SizeOf && IsIPv4Compatible(bytes))
            {
                // RFC 4291 2.5.5.1: an address form that RFC 5952 has no text for, and glibc has.
                byte[] last = new byte[in_addr.SizeOf];
                System.Array.Copy(bytes, 12, last, 0, last.Length);
                return "::" + IPAddressFormatter.Format(last, 0);
            }

            return IPAddressFormatter.Format(bytes, 0);
        }

        private static bool IsIPv4Compatible(byte[] bytes)
        {
            for (int i = 0; i < 12; i++)
            {
                if (bytes[i] != 0)
                {
                    return false;
                }
            }

            return bytes[12] != 0 || bytes[13] != 0;
        }

        private static int CountBeforeSpace(string text)
        {
            int count = 0;
            while (count < text.Length && text[count] != ' ' && (text[count] < '\t' || text[count] > '\r'))
            {
                count++;
            }

            return count;
        }

        // Writes text and a NUL, as functions do that C has no strings for.
        private static int PutText(string text, byte[] target, int size, int tooShort)
        {
            if (text.Length >= size)
            {
                return Fail(tooShort);
            }

            if (target == null)
            {
                return 0;
            }

            if (size > target.Length)
            {
                return Fail(EFAULT);
            }

            for (int i = 0; i < text.Length; i++)
            {
                target[i] = (byte)text[i];
            }

            target[text.Length] = 0;
            return 0;
        }
    }
}
#endif
