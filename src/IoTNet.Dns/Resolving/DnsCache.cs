using System;

namespace IoTNet
{
    /// <summary>Answers that are still good, found by name and type; also that there is none (RFC 2308). Of fixed size: the
    /// answer that was asked for longest ago gives way.</summary>
    internal sealed class DnsCache
    {
        // RFC 2308 5: values of one to three hours for negative answers have been found to work well.
        private const int MaxNegativeSeconds = 3 * 3600;
        private const int MaxSeconds = 24 * 3600;

        // A longer answer would take more of a board's memory than asking again costs.
        private const int MaxAnswerBytes = 1024;

        private readonly Entry[] _entries;
        private int _clock;

        public DnsCache(int entries)
        {
            _entries = new Entry[entries];
        }

        /// <summary>Finds an answer.</summary>
        /// <returns>Its number of records; EAI_NONAME or EAI_NODATA; 0 when the cache does not know it.</returns>
        public int Find(DnsQuestion question, DnsAnswer answer)
        {
            lock (_entries)
            {
                Entry entry = FindEntry(question);
                long leftMs = entry == null ? 0 : entry.EndMs - Environment.TickCount64;
                if (leftMs <= 0)
                {
                    return 0;
                }

                entry.LastUse = ++_clock;
                answer.Set(entry.Records, entry.CanonicalName, (int)((leftMs + 999) / 1000), true, false);
                return entry.Code;
            }
        }

        /// <summary>Keeps an answer, if it may be kept.</summary>
        /// <param name="question">What was asked.</param>
        /// <param name="code">The number of records, EAI_NONAME or EAI_NODATA.</param>
        /// <param name="records">The records; shared with the cache's users, who cannot change them.</param>
        /// <param name="canonicalName">Whose records they are.</param>
        /// <param name="ttlSeconds">How long it holds; 0 = it is not kept.</param>
        public void Add(DnsQuestion question, int code, DnsRecord[] records, string canonicalName, int ttlSeconds)
        {
            int most = code > 0 ? MaxSeconds : MaxNegativeSeconds;
            int bytes = 0;
            foreach (DnsRecord record in records)
            {
                bytes += record.DataLength;
            }

            if (ttlSeconds <= 0 || bytes > MaxAnswerBytes || _entries.Length == 0)
            {
                return;
            }

            byte[] name = new byte[question.Length];
            Array.Copy(question.Name, 0, name, 0, name.Length);
            lock (_entries)
            {
                Entry entry = FindEntry(question) ?? FindVictim();
                entry.Name = name;
                entry.Type = question.Type;
                entry.Code = code;
                entry.Records = records;
                entry.CanonicalName = canonicalName;
                entry.EndMs = Environment.TickCount64 + (1000L * (ttlSeconds < most ? ttlSeconds : most));
                entry.LastUse = ++_clock;
            }
        }

        public void Clear()
        {
            lock (_entries)
            {
                Array.Clear(_entries, 0, _entries.Length);
            }
        }

        private Entry FindEntry(DnsQuestion question)
        {
            foreach (Entry entry in _entries)
            {
                if (entry != null && entry.Type == question.Type && entry.Name.Length == question.Length &&
                    DnsName.AreEqual(entry.Name, 0, question.Name, 0, false))
                {
                    return entry;
                }
            }

            return null;
        }

        private Entry FindVictim()
        {
            int victim = 0;
            for (int i = 0; i < _entries.Length; i++)
            {
                if (_entries[i] == null)
                {
                    return _entries[i] = new Entry();
                }

                // The difference, so that the clock may wrap.
                victim = _entries[i].LastUse - _entries[victim].LastUse < 0 ? i : victim;
            }

            return _entries[victim];
        }

        private sealed class Entry
        {
            public byte[] Name;
            public DnsType Type;
            public int Code;
            public DnsRecord[] Records;
            public string CanonicalName;
            public long EndMs;
            public int LastUse;
        }
    }
}
