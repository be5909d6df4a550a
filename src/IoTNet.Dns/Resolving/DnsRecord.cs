namespace IoTNet
{
    /// <summary>One resource record (RFC 1035 3.2.1) of class IN. Its data stands apart from the message that it came in and
    /// was checked when it was taken out, so that the properties cannot fail.</summary>
    public sealed class DnsRecord
    {
        private readonly byte[] _data;

        internal DnsRecord(string name, DnsType type, int ttlSeconds, byte[] data)
        {
            Name = name;
            Type = type;
            TtlSeconds = ttlSeconds;
            _data = data;
        }

        /// <summary>The name that the record belongs to, without a dot at its end; <c>.</c> is the root.</summary>
        public string Name { get; }

        /// <summary>Its type.</summary>
        public DnsType Type { get; }

        /// <summary>How long it may be kept, in seconds, as the server said it, 0 to 2,147,483,647.</summary>
        public int TtlSeconds { get; }

        /// <summary>The address of an A or AAAA record; null for every other type.</summary>
        public IPAddress Address => Type == DnsType.A || Type == DnsType.AAAA ? new IPAddress(_data) : null;

        /// <summary>The name that the data holds: of NS, CNAME and PTR; SRV's host, MX's exchange, SOA's first server;
        /// null for every other type.</summary>
        public string Target => NameCount(Type) == 0 ? null : DnsName.Format(_data, NamePosition(Type));

        /// <summary>SRV's priority or MX's preference: the lowest is tried first; 0 for every other type.</summary>
        public int Priority => Type == DnsType.SRV || Type == DnsType.MX ? Octet2(0) : 0;

        /// <summary>SRV's weight among records of equal priority (RFC 2782); 0 for every other type.</summary>
        public int Weight => Type == DnsType.SRV ? Octet2(2) : 0;

        /// <summary>SRV's port; 0 for every other type.</summary>
        public int Port => Type == DnsType.SRV ? Octet2(4) : 0;

        /// <summary>How many texts a TXT record has; 0 for every other type.</summary>
        public int TextCount
        {
            get
            {
                int count = 0;
                for (int at = 0; Type == DnsType.TXT && at < _data.Length; at += 1 + _data[at])
                {
                    count++;
                }

                return count;
            }
        }

        /// <summary>One text of a TXT record: bytes, as they need not be UTF-8 and may hold NUL.</summary>
        /// <param name="index">Which, from 0.</param>
        /// <returns>0 to 255 bytes; null when there is no such text.</returns>
        public byte[] GetText(int index)
        {
            for (int at = 0; Type == DnsType.TXT && at < _data.Length; at += 1 + _data[at])
            {
                if (index-- == 0)
                {
                    return Copy(at + 1, _data[at]);
                }
            }

            return null;
        }

        /// <summary>One of the five numbers at the end of an SOA record (RFC 1035 3.3.13).</summary>
        /// <param name="index">0 serial, 1 refresh, 2 retry, 3 expire, 4 minimum (the negative TTL, RFC 2308 4); seconds
        /// but for the serial.</param>
        /// <returns>The number, 0 to 4,294,967,295; -1 for another type or index.</returns>
        public long GetZoneNumber(int index)
        {
            if (Type != DnsType.SOA || index < 0 || index > 4)
            {
                return -1;
            }

            int at = _data.Length - 20 + (4 * index);
            return ((long)Octet2(at) << 16) | (uint)Octet2(at + 2);
        }

        /// <summary>The data as the message had it, names written out (RFC 3597 5's view of it): for types that this class has no
        /// property for.</summary>
        /// <returns>A new array.</returns>
        public byte[] GetData()
        {
            return Copy(0, _data.Length);
        }

        internal int DataLength => _data.Length;

        // The shape of the data of the types that hold names: how many bytes stand before them, how many names, how many
        // bytes behind.
        internal static int NamePosition(DnsType type)
        {
            return type == DnsType.SRV ? 6 : type == DnsType.MX ? 2 : 0;
        }

        internal static int NameCount(DnsType type)
        {
            switch (type)
            {
                case DnsType.NS:
                case DnsType.CNAME:
                case DnsType.PTR:
                case DnsType.MX:
                case DnsType.SRV:
                    return 1;
                case DnsType.SOA:
                    return 2;
                default:
                    return 0;
            }
        }

        internal static int TailLength(DnsType type)
        {
            return type == DnsType.SOA ? 20 : 0;
        }

        private int Octet2(int at)
        {
            return (_data[at] << 8) | _data[at + 1];
        }

        private byte[] Copy(int at, int count)
        {
            byte[] copy = new byte[count];
            System.Array.Copy(_data, at, copy, 0, count);
            return copy;
        }
    }
}
