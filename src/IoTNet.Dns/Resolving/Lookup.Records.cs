namespace IoTNet
{
    // What an accepted answer says. The whole message was walked through before: Next() cannot fail here.
    internal sealed partial class Lookup
    {
        // Goes from alias to alias, as far as the message has them, in whatever order. False: there are too many.
        private bool FollowAliases(ref int aliases, ref int ttl)
        {
            if (_current.Type == DnsType.CNAME || _current.Type == DnsType.ANY)
            {
                return true;
            }

            while (FindAnswer(DnsType.CNAME))
            {
                if (++aliases > MaxAliases)
                {
                    return false;
                }

                ttl = _reader.TtlSeconds < ttl ? _reader.TtlSeconds : ttl;
                _current.Length = DnsName.Copy(_message, _reader.DataOffset, _current.Name, 0);
            }

            return true;
        }

        private bool FindAnswer(DnsType type)
        {
            _reader.Rewind();
            while (_reader.Next() > 0)
            {
                if (IsAnswer(type))
                {
                    return true;
                }
            }

            return false;
        }

        private bool IsAnswer(DnsType type)
        {
            return _reader.Section == DnsSection.Answer && (_reader.Type == type || type == DnsType.ANY) && _reader.IsInternet &&
                _reader.HasName(_current.Name, false);
        }

        private DnsRecord[] CollectRecords(ref int ttl, out string canonicalName, out bool partial)
        {
            canonicalName = DnsName.Format(_current.Name, 0);
            int count = 0;
            _reader.Rewind();
            while (_reader.Next() > 0)
            {
                count += IsAnswer(_current.Type) ? 1 : 0;
            }

            partial = count > _options.MaxRecords;
            DnsRecord[] records = new DnsRecord[partial ? _options.MaxRecords : count];
            count = 0;
            _reader.Rewind();
            while (count < records.Length && _reader.Next() > 0)
            {
                if (IsAnswer(_current.Type))
                {
                    ttl = _reader.TtlSeconds < ttl ? _reader.TtlSeconds : ttl;
                    records[count++] = _reader.TakeRecord(canonicalName);
                }
            }

            return records;
        }

        // RFC 2308 5: the lesser of the SOA's TTL and its last number. -1: no SOA, nothing may be kept.
        private int FindNegativeTtl()
        {
            _reader.Rewind();
            while (_reader.Next() > 0)
            {
                if (_reader.Section == DnsSection.Authority && _reader.Type == DnsType.SOA && _reader.IsInternet)
                {
                    int at = _reader.DataOffset + _reader.DataLength - 4;
                    int minimum = (_message[at] << 24) | (_message[at + 1] << 16) | (_message[at + 2] << 8) | _message[at + 3];
                    minimum = minimum < 0 ? int.MaxValue : minimum;
                    return minimum < _reader.TtlSeconds ? minimum : _reader.TtlSeconds;
                }
            }

            return -1;
        }
    }
}
