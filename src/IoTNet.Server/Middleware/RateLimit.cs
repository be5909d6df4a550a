// ITU-T I.371 A: the generic cell rate algorithm, a token bucket in one number.
using System;

namespace IoTNet
{
    /// <summary>A middleware that bounds how often an address may connect: a token bucket for each.
    /// <code>
    /// server.Use(new RateLimit(5, 1000, 64).Check);      // 5 at once, then one each second
    /// </code>
    /// An IPv6 network (64 bits) counts as one address; Unix clients as one, too.</summary>
    public sealed class RateLimit
    {
        private readonly Exception _refusal = new Exception("Its address connects too often.");
        private readonly PeerKey _peer = new PeerKey();
        private readonly long[] _keys;
        private readonly long[] _fullMs;
        private readonly int _intervalMs;
        private readonly long _depthMs;

        /// <summary>Makes the middleware and its table, 16 bytes for each address.</summary>
        /// <param name="burst">How often an address may connect at once, 1 or more.</param>
        /// <param name="intervalMs">After how many ms it may once more, 1 or more.</param>
        /// <param name="addresses">How many addresses are remembered, 1 to 4,096; more drop the one that has been good
        /// longest, which then begins anew.</param>
        /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
        public RateLimit(int burst, int intervalMs, int addresses)
        {
            ConnectionOptions.CheckRange(burst, 1, int.MaxValue, nameof(burst));
            ConnectionOptions.CheckRange(intervalMs, 1, int.MaxValue, nameof(intervalMs));
            ConnectionOptions.CheckRange(addresses, 1, 4096, nameof(addresses));
            _intervalMs = intervalMs;
            _depthMs = (long)(burst - 1) * intervalMs;
            _keys = new long[addresses];
            _fullMs = new long[addresses];
        }

        /// <summary>The middleware.</summary>
        /// <param name="connection">The client.</param>
        /// <param name="next">What goes on.</param>
        public void Check(Connection connection, MiddlewareNext next)
        {
            next(connection, Take(_peer.Read(connection), Environment.TickCount64) ? null : _refusal);
        }

        /// <summary>Takes a token of an address.</summary>
        /// <returns>Whether there was one.</returns>
        internal bool Take(long key, long nowMs)
        {
            // The place of this address, or of the one whose bucket is, or will be, full first.
            int place = 0;
            for (int i = 0; i < _keys.Length; i++)
            {
                if (_keys[i] == key && _fullMs[i] != 0)
                {
                    place = i;
                    break;
                }

                if (_fullMs[i] < _fullMs[place])
                {
                    place = i;
                }
            }

            long fullMs = _keys[place] == key && _fullMs[place] > nowMs ? _fullMs[place] : nowMs;
            if (fullMs - nowMs > _depthMs)
            {
                return false;
            }

            _keys[place] = key;
            _fullMs[place] = fullMs + _intervalMs;
            return true;
        }
    }
}
