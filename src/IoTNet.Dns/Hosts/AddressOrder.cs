// RFC 6724 6, "Destination Address Selection".
namespace IoTNet
{
    /// <summary>Puts the addresses of a host into the order in which to try them: rules 1, 2, 5, 6, 8 and 10 of RFC 6724.
    /// Rules 3, 4 and 7 are about addresses that boards do not have; rule 9 would undo a server's rotation.</summary>
    internal static class AddressOrder
    {
        public static void Sort(IPAddress[] addresses)
        {
            if (addresses.Length < 2)
            {
                return;
            }

            long[] ranks = new long[addresses.Length];
            for (int i = 0; i < addresses.Length; i++)
            {
                ranks[i] = Rank(addresses[i]);
            }

            // By insertion: there are few, and rule 10 wants equals to stay in order.
            for (int i = 1; i < addresses.Length; i++)
            {
                IPAddress address = addresses[i];
                long rank = ranks[i];
                int at = i;
                while (at > 0 && ranks[at - 1] < rank)
                {
                    addresses[at] = addresses[at - 1];
                    ranks[at] = ranks[at - 1];
                    at--;
                }

                addresses[at] = address;
                ranks[at] = rank;
            }
        }

        // Every rule compares one property of each address, so that all of them make one number, the first rule on top.
        private static long Rank(IPAddress destination)
        {
            bool usable = Route.Exists(destination, out IPAddress source);
            byte[] bytes = destination.MapToIPv6().GetAddressBytes();
            int scope = Scope(bytes);
            int policy = Policy(bytes);
            bool sameScope = false;
            bool sameLabel = false;
            if (source != null)
            {
                byte[] from = source.MapToIPv6().GetAddressBytes();
                sameScope = Scope(from) == scope;
                sameLabel = (Policy(from) & 0xFF) == (policy & 0xFF);
            }

            // Rule 1: avoid unusable destinations. Rule 2: prefer matching scope. Rule 5: prefer matching label.
            long rank = (usable ? 4 : 0) + (sameScope ? 2 : 0) + (sameLabel ? 1 : 0);

            // Rule 6: prefer higher precedence. Rule 8: prefer smaller scope.
            return (rank << 16) | (long)((policy >> 8) << 4) | (long)(15 - scope);
        }

        // 2.1, the default policy table: precedence in the upper bits, label in the lower eight.
        private static int Policy(byte[] b)
        {
            if (StartsWithZeros(b, 10) && b[10] == 0xFF && b[11] == 0xFF)
            {
                return (35 << 8) | 4;
            }

            if (StartsWithZeros(b, 12))
            {
                bool isLoopback = StartsWithZeros(b, 15) && b[15] == 1;
                return isLoopback ? 50 << 8 : (1 << 8) | 3;
            }

            int prefix = (b[0] << 8) | b[1];
            switch (prefix)
            {
                case 0x2002: return (30 << 8) | 2;
                case 0x2001 when b[2] == 0 && b[3] == 0: return (5 << 8) | 5;
                case 0x3FFE: return (1 << 8) | 12;
                default:
                    return (prefix & 0xFE00) == 0xFC00 ? (3 << 8) | 13
                        : (prefix & 0xFFC0) == 0xFEC0 ? (1 << 8) | 11
                        : (40 << 8) | 1;
            }
        }

        // 3.1 and 3.2: the scopes of RFC 4291 2.7, 2 = link, 5 = site, 14 = global.
        private static int Scope(byte[] b)
        {
            if (StartsWithZeros(b, 10) && b[10] == 0xFF && b[11] == 0xFF)
            {
                return b[12] == 127 || (b[12] == 169 && b[13] == 254) ? 2 : 14;
            }

            if (b[0] == 0xFF)
            {
                return b[1] & 0xF;
            }

            bool isLinkLocal = b[0] == 0xFE && (b[1] & 0xC0) == 0x80;
            bool isSiteLocal = b[0] == 0xFE && (b[1] & 0xC0) == 0xC0;
            bool isLoopback = StartsWithZeros(b, 15) && b[15] == 1;
            return isLinkLocal || isLoopback ? 2 : isSiteLocal ? 5 : 14;
        }

        private static bool StartsWithZeros(byte[] bytes, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (bytes[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
