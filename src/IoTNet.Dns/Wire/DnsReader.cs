namespace IoTNet
{
    /// <summary>
    /// Reads a message (RFC 1035 4) where it lies, item by item: question, then records. What <see cref="Next"/> gives is
    /// checked, names and known data included, so that nothing that is read afterwards can lie outside the message.
    /// </summary>
    /// <remarks><code>
    /// reader.Begin(message, length);
    /// while (reader.Next() &gt; 0) { if (reader.Section == DnsSection.Answer) { DnsRecord record = reader.GetRecord(); ... } }
    /// </code>The message must not change meanwhile. Nothing is allocated but by <see cref="GetRecord"/>. Its work is bounded by the
    /// message's length times the longest name, whatever its header promises.</remarks>
    public sealed class DnsReader
    {
        /// <summary>The bytes of a message's header.</summary>
        public const int HeaderSize = 12;

        /// <summary>The class of the Internet's records (RFC 1035 3.2.4).</summary>
        public const int ClassInternet = 1;

        // RFC 6762 10.2 and 5.4: in multicast DNS the highest bit of the class is a flag.
        private const int ClassMask = 0x7FFF;
        private const int Malformed = -(int)Errno.EINVAL;

        private byte[] _message;
        private int _length;
        private int _at;
        private int _section;
        private int _itemsLeft;
        private int _nameOffset;
        private DnsType _type;
        private int _class;
        private int _ttlSeconds;
        private int _dataOffset;
        private int _dataLength;

        /// <summary>The number by which the answer finds its question, 0 to 65535.</summary>
        public int Id => Octet2(0);

        /// <summary>The header's flags, with operation and response code.</summary>
        public DnsFlags Flags => (DnsFlags)Octet2(2);

        /// <summary>The response code.</summary>
        public DnsResponseCode ResponseCode => (DnsResponseCode)(_message[3] & 0x0F);

        /// <summary>The operation; 0 = query.</summary>
        public int Opcode => (_message[2] >> 3) & 0x0F;

        /// <summary>The item's section.</summary>
        public DnsSection Section => (DnsSection)_section;

        /// <summary>Where the item's name begins.</summary>
        public int NameOffset => _nameOffset;

        /// <summary>The item's type.</summary>
        public DnsType Type => _type;

        /// <summary>The item's class; of OPT the sender's UDP limit in bytes (RFC 6891 6.1.2).</summary>
        public int Class => _class;

        /// <summary>The record's time to live in seconds; 0 for a question.</summary>
        public int TtlSeconds => _ttlSeconds;

        /// <summary>Where the record's data begin.</summary>
        public int DataOffset => _dataOffset;

        /// <summary>How many bytes of data it has.</summary>
        public int DataLength => _dataLength;

        /// <summary>Takes a message; the first item is not read yet.</summary>
        /// <param name="message">Holds it from index 0 on.</param>
        /// <param name="length">Its bytes.</param>
        /// <returns>0; or -EINVAL: it is shorter than a header.</returns>
        public int Begin(byte[] message, int length)
        {
            if (message == null || length < HeaderSize || length > message.Length)
            {
                return Malformed;
            }

            _message = message;
            _length = length;
            Rewind();
            return 0;
        }

        /// <summary>Goes back to before the first item.</summary>
        public void Rewind()
        {
            _at = HeaderSize;
            _section = -1;
            _itemsLeft = 0;
        }

        /// <summary>How many items the header promises for a section; there may be fewer.</summary>
        /// <param name="section">The section.</param>
        /// <returns>0 to 65535.</returns>
        public int GetCount(DnsSection section)
        {
            return Octet2(4 + (2 * (int)section));
        }

        /// <summary>Goes to the next item.</summary>
        /// <returns>1; 0 when there is none; -EINVAL when the message ends within it, its name or its data are not what
        /// their type demands (the reader then stays there).</returns>
        public int Next()
        {
            while (_itemsLeft == 0)
            {
                if (_section == (int)DnsSection.Additional)
                {
                    return 0;
                }

                _section++;
                _itemsLeft = GetCount(Section);
            }

            int fixedSize = _section == (int)DnsSection.Question ? 4 : 10;
            int nameEnd = DnsName.Skip(_message, _length, _at);
            if (nameEnd < 0 || nameEnd + fixedSize > _length)
            {
                return Malformed;
            }

            _nameOffset = _at;
            _type = (DnsType)Octet2(nameEnd);
            _class = Octet2(nameEnd + 2);
            _ttlSeconds = 0;
            _dataOffset = nameEnd + fixedSize;
            _dataLength = 0;
            if (fixedSize == 10)
            {
                // RFC 2181 8: a value with the highest bit set counts as 0.
                int ttl = (Octet2(nameEnd + 4) << 16) | Octet2(nameEnd + 6);
                _ttlSeconds = ttl < 0 ? 0 : ttl;
                _dataLength = Octet2(nameEnd + 8);
                if (_dataOffset + _dataLength > _length || !IsDataValid())
                {
                    return Malformed;
                }
            }

            _itemsLeft--;
            _at = _dataOffset + _dataLength;
            return 1;
        }

        /// <summary>Whether the item has a name.</summary>
        /// <param name="name">The name on the wire.</param>
        /// <param name="exact">Whether the case of letters matters.</param>
        /// <returns>True when it has.</returns>
        public bool HasName(byte[] name, bool exact)
        {
            return DnsName.AreEqual(_message, _nameOffset, name, 0, exact);
        }

        /// <summary>Takes the record out of the message.</summary>
        /// <returns>The record; null when it is not of class IN, or a question.</returns>
        public DnsRecord GetRecord()
        {
            bool isRecord = IsInternet && _section > (int)DnsSection.Question;
            return isRecord ? TakeRecord(DnsName.Format(_message, _nameOffset)) : null;
        }

        internal bool IsInternet => (Class & ClassMask) == ClassInternet;

        internal DnsRecord TakeRecord(string name)
        {
            return new DnsRecord(name, Type, _ttlSeconds, ExpandData());
        }

        // Whether the data have the shape of their type (class IN). Unknown types have none (RFC 3597 3).
        private bool IsDataValid()
        {
            int end = _dataOffset + _dataLength;
            if (Type != DnsType.OPT && !IsInternet)
            {
                return true;
            }

            switch (Type)
            {
                case DnsType.A:
                    return _dataLength == 4;
                case DnsType.AAAA:
                    return _dataLength == 16;
                case DnsType.TXT:
                case DnsType.OPT:
                    return ArePartsValid(end);
                default:
                    int at = _dataOffset + DnsRecord.NamePosition(Type);
                    for (int names = DnsRecord.NameCount(Type); names > 0 && at >= 0; names--)
                    {
                        at = DnsName.Skip(_message, end, at);
                    }

                    return DnsRecord.NameCount(Type) == 0 || (at >= 0 && at + DnsRecord.TailLength(Type) == end);
            }
        }

        // TXT: one length byte before each part (RFC 1035 3.3.14). OPT: code and length, two bytes each (RFC 6891 6.1.2).
        private bool ArePartsValid(int end)
        {
            int at = _dataOffset;
            while (at < end)
            {
                if (Type == DnsType.TXT)
                {
                    at += 1 + _message[at];
                }
                else
                {
                    at = at + 4 <= end ? at + 4 + Octet2(at + 2) : end + 1;
                }
            }

            return at == end;
        }

        // Copies the data with their names written out.
        private byte[] ExpandData()
        {
            int names = DnsRecord.NameCount(Type);
            int head = names == 0 ? _dataLength : DnsRecord.NamePosition(Type);
            int size = head;
            int at = _dataOffset + head;
            for (int i = 0; i < names; i++)
            {
                size += DnsName.GetLength(_message, at);
                at = DnsName.Skip(_message, _length, at);
            }

            int tail = DnsRecord.TailLength(Type);
            byte[] data = new byte[size + tail];
            System.Array.Copy(_message, _dataOffset, data, 0, head);
            at = _dataOffset + head;
            for (int i = 0; i < names; i++)
            {
                head += DnsName.Copy(_message, at, data, head);
                at = DnsName.Skip(_message, _length, at);
            }

            System.Array.Copy(_message, at, data, head, tail);
            return data;
        }

        private int Octet2(int at)
        {
            return (_message[at] << 8) | _message[at + 1];
        }
    }
}
