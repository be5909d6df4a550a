using System;

namespace IoTNet
{
    /// <summary>A middleware that bounds how many connections an address may have at once.
    /// <code>
    /// server.Use(new ConnectionLimit(2, 64).Check);
    /// </code>
    /// An IPv6 network (64 bits) counts as one address; Unix clients as one, too.</summary>
    public sealed class ConnectionLimit
    {
        private readonly Exception _refusal = new Exception("Its address has as many connections as it may.");
        private readonly PeerKey _peer = new PeerKey();
        private readonly ConnectionClosedHandler _onClosed;
        private readonly Entry[] _entries;
        private readonly int _perAddress;

        /// <summary>Makes the middleware and its table.</summary>
        /// <param name="perAddress">How many connections an address may have, 1 or more.</param>
        /// <param name="addresses">How many addresses may be connected, 1 to 4,096: no more than
        /// <see cref="TcpServerOptions.MaxConnections"/> are needed. Others are refused.</param>
        /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
        public ConnectionLimit(int perAddress, int addresses)
        {
            ConnectionOptions.CheckRange(perAddress, 1, int.MaxValue, nameof(perAddress));
            ConnectionOptions.CheckRange(addresses, 1, 4096, nameof(addresses));
            _perAddress = perAddress;
            _onClosed = OnClosed;
            _entries = new Entry[addresses];
            for (int i = 0; i < addresses; i++)
            {
                _entries[i] = new Entry();
            }
        }

        /// <summary>The middleware.</summary>
        /// <param name="connection">The client.</param>
        /// <param name="next">What goes on.</param>
        public void Check(Connection connection, MiddlewareNext next)
        {
            Entry entry = Find(_peer.Read(connection));
            if (entry == null || entry.Count == _perAddress)
            {
                next(connection, _refusal);
                return;
            }

            entry.Count++;
            connection.Attach(this, entry);
            connection.Closed += _onClosed;
            next(connection);
        }

        private Entry Find(long key)
        {
            Entry free = null;
            for (int i = 0; i < _entries.Length; i++)
            {
                Entry entry = _entries[i];
                if (entry.Count == 0)
                {
                    free = entry;
                }
                else if (entry.Key == key)
                {
                    return entry;
                }
            }

            if (free != null)
            {
                free.Key = key;
            }

            return free;
        }

        private void OnClosed(Connection connection, bool hadError)
        {
            ((Entry)connection.GetAttached(this)).Count--;
        }

        private sealed class Entry
        {
            public long Key;
            public int Count;
        }
    }
}
