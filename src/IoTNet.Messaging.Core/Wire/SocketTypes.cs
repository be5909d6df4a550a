// RFC 37 4.3, the Socket-Type property: names, and who may talk to whom.
namespace IoTNet
{
    /// <summary>The kinds of sockets as they stand on the wire.</summary>
    internal static class SocketTypes
    {
        private static readonly string[] s_names =
        {
            "PAIR", "PUB", "SUB", "REQ", "REP", "DEALER", "ROUTER", "PULL", "PUSH", "XPUB", "XSUB",
        };

        // Bit n: may talk to type n.
        private static readonly int[] s_peers =
        {
            1 << 0, (1 << 2) | (1 << 10), (1 << 1) | (1 << 9), (1 << 4) | (1 << 6), (1 << 3) | (1 << 5),
            (1 << 4) | (1 << 5) | (1 << 6), (1 << 3) | (1 << 5) | (1 << 6), 1 << 8, 1 << 7, (1 << 2) | (1 << 10), (1 << 1) | (1 << 9),
        };

        public static string Name(MessageSocketType type)
        {
            return s_names[(int)type];
        }

        /// <summary>Finds a type by its name.</summary>
        /// <returns>Its number; -1 for none.</returns>
        public static int Find(byte[] buffer, int offset, int count)
        {
            for (int type = 0; type < s_names.Length; type++)
            {
                string name = s_names[type];
                int same = 0;
                while (same < name.Length && same < count && buffer[offset + same] == name[same])
                {
                    same++;
                }

                if (same == name.Length && same == count)
                {
                    return type;
                }
            }

            return -1;
        }

        /// <summary>Whether two may be peers.</summary>
        public static bool MayTalk(MessageSocketType one, int other)
        {
            return other >= 0 && (s_peers[(int)one] & (1 << other)) != 0;
        }

        /// <summary>Whether of what comes to it the latest message may replace all others: not where something other than data, or
        /// an order of calls, would be lost.</summary>
        public static bool MayConflateInput(MessageSocketType type)
        {
            return type == MessageSocketType.Pull || type == MessageSocketType.Sub || type == MessageSocketType.Dealer;
        }

        /// <summary>The same for what it sends.</summary>
        public static bool MayConflateOutput(MessageSocketType type)
        {
            return type == MessageSocketType.Push || type == MessageSocketType.Pub || type == MessageSocketType.Dealer;
        }

        /// <summary>Whether the type announces an identity (RFC 37: REQ, DEALER, ROUTER).</summary>
        public static bool HasIdentity(MessageSocketType type)
        {
            return type == MessageSocketType.Req || type == MessageSocketType.Dealer || type == MessageSocketType.Router;
        }
    }
}
