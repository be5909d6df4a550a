namespace IoTNet
{
    /// <summary>Which handles of the inner stack have a session. A look-up takes no lock; for a plain socket it is one read of
    /// an array, unless a secured one shares its bucket.</summary>
    internal sealed class TlsSessionTable
    {
        private readonly TlsSession[] _buckets = new TlsSession[TlsDefaults.Buckets];
        private readonly object _lock = new object();

        public int Count { get; private set; }

        /// <summary>Null: a plain socket, or none at all.</summary>
        public TlsSession Find(int handle)
        {
            TlsSession session = _buckets[handle & (TlsDefaults.Buckets - 1)];
            while (session != null && session.Handle != handle)
            {
                session = session.NextInTable;
            }

            return session;
        }

        public void Add(TlsSession session)
        {
            lock (_lock)
            {
                int bucket = session.Handle & (TlsDefaults.Buckets - 1);
                session.NextInTable = _buckets[bucket];
                _buckets[bucket] = session;
                Count++;
            }
        }

        /// <summary>The session keeps its link: a look-up that stands on it goes on.</summary>
        public void Remove(TlsSession session)
        {
            lock (_lock)
            {
                int bucket = session.Handle & (TlsDefaults.Buckets - 1);
                TlsSession before = null;
                TlsSession at = _buckets[bucket];
                while (at != null && at != session)
                {
                    before = at;
                    at = at.NextInTable;
                }

                if (at == null)
                {
                    return;
                }

                if (before == null)
                {
                    _buckets[bucket] = session.NextInTable;
                }
                else
                {
                    before.NextInTable = session.NextInTable;
                }

                Count--;
            }
        }
    }
}
