using System.Collections;

namespace IoTNet
{
    /// <summary>What <see cref="Resolver.Query"/> found. One object may be used again and again; each query empties it
    /// first.</summary>
    public sealed class DnsAnswer
    {
        private static readonly DnsRecord[] s_none = new DnsRecord[0];

        private DnsRecord[] _records = s_none;
        private string _canonicalName;
        private int _ttlSeconds;
        private bool _fromCache;
        private bool _isPartial;

        /// <summary>How many records of the type that was asked for there are.</summary>
        public int Count => _records.Length;

        /// <summary>One record.</summary>
        /// <param name="index">Which, 0 to <see cref="Count"/> - 1, in the server's order.</param>
        public DnsRecord this[int index] => _records[index];

        /// <summary>The name that the records belong to: the one asked for, with the search domain that helped, behind all
        /// its aliases (CNAME). Null while nothing was found.</summary>
        public string CanonicalName => _canonicalName;

        /// <summary>How long the answer still holds, in seconds: the least of its records' (RFC 2181 5.2), less its time in
        /// the cache.</summary>
        public int TtlSeconds => _ttlSeconds;

        /// <summary>Whether the cache knew it.</summary>
        public bool FromCache => _fromCache;

        /// <summary>Whether records beyond <see cref="ResolverOptions.MaxRecords"/> were left out.</summary>
        public bool IsPartial => _isPartial;

        /// <summary>After an error: what the network stack said last, where it said anything; always with EAI_SYSTEM, often
        /// with EAI_AGAIN (ECONNREFUSED: no server runs there). Else None.</summary>
        public Errno SystemError { get; internal set; }

        internal void Clear()
        {
            _records = s_none;
            _canonicalName = null;
            _ttlSeconds = 0;
            _fromCache = false;
            _isPartial = false;
            SystemError = Errno.None;
        }

        internal void Set(DnsRecord[] records, string canonicalName, int ttlSeconds, bool fromCache, bool partial)
        {
            _records = records;
            _canonicalName = canonicalName;
            _ttlSeconds = ttlSeconds;
            _fromCache = fromCache;
            _isPartial = partial;
        }

        // Records that no server gave: they hold as long as the program wants.
        internal int Set(ArrayList records, string name)
        {
            DnsRecord[] array = new DnsRecord[records.Count];
            records.CopyTo(array, 0);
            Set(array, name, 0, false, false);
            return array.Length;
        }
    }
}
