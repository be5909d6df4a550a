using System;

namespace IoTNet
{
    /// <summary>A middleware that lets clients pass, or not, by their address.
    /// <code>
    /// server.Use(new AddressRules(false).Allow("10.0.0.0/8").Allow("fe80::/10").Check);
    /// </code>
    /// The first rule that fits decides; Unix clients, which have no address, pass.</summary>
    public sealed class AddressRules
    {
        private readonly Exception _refusal = new Exception("Its address is not allowed.");
        private readonly SocketAddress _peer = new SocketAddress();
        private readonly bool _allowOthers;
        private Rule _first;
        private Rule _last;

        /// <summary>Makes the middleware without rules.</summary>
        /// <param name="allowOthers">What becomes of clients that no rule fits.</param>
        public AddressRules(bool allowOthers)
        {
            _allowOthers = allowOthers;
        }

        /// <summary>Adds a rule that lets pass.</summary>
        /// <param name="network">An address, or a network as address/bits (RFC 4632 3.1): <c>192.0.2.0/24</c>,
        /// <c>2001:db8::/32</c>.</param>
        /// <returns>These rules.</returns>
        /// <exception cref="ArgumentNullException">No network was given.</exception>
        /// <exception cref="ArgumentException">It is none; the text names the part that is wrong.</exception>
        public AddressRules Allow(string network)
        {
            return Add(network, true);
        }

        /// <summary>Adds a rule that refuses.</summary>
        /// <param name="network">As <see cref="Allow"/> has it.</param>
        /// <returns>These rules.</returns>
        /// <exception cref="ArgumentNullException">No network was given.</exception>
        /// <exception cref="ArgumentException">It is none; the text names the part that is wrong.</exception>
        public AddressRules Deny(string network)
        {
            return Add(network, false);
        }

        /// <summary>The middleware.</summary>
        /// <param name="connection">The client.</param>
        /// <param name="next">What goes on.</param>
        public void Check(Connection connection, MiddlewareNext next)
        {
            bool allow = connection.Socket.AddressFamily == AddressFamily.Unix ||
                (connection.Socket.TryGetRemoteAddress(_peer) >= 0 && Decide());
            next(connection, allow ? null : _refusal);
        }

        private bool Decide()
        {
            bool isIPv4 = _peer.Family == AddressFamily.InterNetwork;
            int length = isIPv4 || _peer.IsMapped ? 4 : 16;
            int offset = isIPv4 ? 4 : length == 4 ? 20 : 8;
            for (Rule rule = _first; rule != null; rule = rule.Next)
            {
                if (rule.Network.Length == length && rule.Fits(_peer.Buffer, offset))
                {
                    return rule.Allows;
                }
            }

            return _allowOthers;
        }

        private AddressRules Add(string network, bool allows)
        {
            int slash = (network ?? throw new ArgumentNullException(nameof(network))).IndexOf('/');
            string address = slash < 0 ? network : network.Substring(0, slash);
            if (!IPAddress.TryParse(address, out IPAddress parsed))
            {
                throw new ArgumentException("\"" + network + "\" is no network: expected an IP address, not \"" + address + "\".");
            }

            byte[] bytes = parsed.GetAddressBytes();
            int most = bytes.Length * 8;
            int bits = most;
            if (slash >= 0 && (!int.TryParse(network.Substring(slash + 1), out bits) || bits < 0 || bits > most))
            {
                throw new ArgumentException("\"" + network + "\" is no network: expected 0 to " + most.ToString() + " bits, not \"" +
                    network.Substring(slash + 1) + "\".");
            }

            Rule rule = new Rule(bytes, bits, allows);
            if (_first == null)
            {
                _first = rule;
            }
            else
            {
                _last.Next = rule;
            }

            _last = rule;
            return this;
        }

        private sealed class Rule
        {
            public readonly byte[] Network;
            public readonly bool Allows;
            public Rule Next;
            private readonly int _bits;

            public Rule(byte[] network, int bits, bool allows)
            {
                Network = network;
                _bits = bits;
                Allows = allows;
            }

            public bool Fits(byte[] buffer, int offset)
            {
                int whole = _bits / 8;
                for (int i = 0; i < whole; i++)
                {
                    if (buffer[offset + i] != Network[i])
                    {
                        return false;
                    }
                }

                int rest = 8 - (_bits % 8);
                return rest == 8 || (buffer[offset + whole] >> rest) == (Network[whole] >> rest);
            }
        }
    }
}
