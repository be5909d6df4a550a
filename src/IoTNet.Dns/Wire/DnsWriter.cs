using System;

namespace IoTNet
{
    /// <summary>Writes a message (RFC 1035 4) into a buffer. What does not fit is refused and leaves the message as it
    /// was.</summary>
    public sealed class DnsWriter
    {
        // How many names later names can refer to: enough for the answers that a board gives.
        private const int MaxTargets = 24;

        // RFC 1035 4.1.4: a pointer has 14 bits.
        private const int MaxTarget = 0x3FFF;
        private const int Full = -(int)Errno.EMSGSIZE;

        private readonly byte[] _buffer;
        private readonly int[] _targets;
        private int _targetCount;
        private int _length;
        private int _section;

        /// <summary>Makes a writer.</summary>
        /// <param name="buffer">Takes the message from index 0 on; at least 12 bytes.</param>
        /// <param name="compress">Whether a name that stands in the message already is replaced by a pointer to it (RFC
        /// 1035 4.1.4).</param>
        /// <exception cref="ArgumentException">The buffer is too small.</exception>
        public DnsWriter(byte[] buffer, bool compress)
        {
            if (buffer == null || buffer.Length < DnsReader.HeaderSize)
            {
                throw new ArgumentException("A message needs a buffer of at least 12 bytes.", nameof(buffer));
            }

            _buffer = buffer;
            _targets = compress ? new int[MaxTargets] : null;
            Begin(0, DnsFlags.None);
        }

        /// <summary>How many bytes the message has.</summary>
        public int Length => _length;

        /// <summary>Begins a message; what was written is dropped.</summary>
        /// <param name="id">Its number, 0 to 65535.</param>
        /// <param name="flags">Its flags, with operation and response code.</param>
        public void Begin(int id, DnsFlags flags)
        {
            Array.Clear(_buffer, 0, DnsReader.HeaderSize);
            Put2(0, id);
            Put2(2, (int)flags);
            _length = DnsReader.HeaderSize;
            _section = (int)DnsSection.Question;
            _targetCount = 0;
        }

        /// <summary>Adds a question.</summary>
        /// <param name="name">Holds its name on the wire, uncompressed, from index 0 on.</param>
        /// <param name="type">Its type.</param>
        /// <param name="recordClass">Its class; 1 = IN.</param>
        /// <returns>0; or -EMSGSIZE (the buffer is full), -EINVAL (records stand in the message already).</returns>
        public int AddQuestion(byte[] name, DnsType type, int recordClass)
        {
            if (_section != (int)DnsSection.Question)
            {
                return -(int)Errno.EINVAL;
            }

            int start = _length;
            int targets = _targetCount;
            return WriteName(name, 0) && Write2((int)type) && Write2(recordClass) ? Count(DnsSection.Question) : Undo(start, targets);
        }

        /// <summary>Adds a record.</summary>
        /// <param name="section">Its section, not one before that of the last item.</param>
        /// <param name="name">Holds its name on the wire, uncompressed, from index 0 on.</param>
        /// <param name="type">Its type.</param>
        /// <param name="recordClass">Its class; 1 = IN.</param>
        /// <param name="ttlSeconds">Its time to live, 0 to 2,147,483,647.</param>
        /// <param name="data">Its data, in the shape of its type, names in them uncompressed (they are compressed where RFC
        /// 3597 4 allows it).</param>
        /// <returns>0; or -EMSGSIZE (the buffer is full), -EINVAL (the section is over; data of more than 65535
        /// bytes).</returns>
        public int AddRecord(DnsSection section, byte[] name, DnsType type, int recordClass, int ttlSeconds, byte[] data)
        {
            if ((int)section < _section || section == DnsSection.Question || data.Length > 0xFFFF)
            {
                return -(int)Errno.EINVAL;
            }

            int start = _length;
            int targets = _targetCount;
            if (!WriteName(name, 0) || !Write2((int)type) || !Write2(recordClass) || !Write2(ttlSeconds >> 16) || !Write2(ttlSeconds))
            {
                return Undo(start, targets);
            }

            int lengthAt = _length;
            if (!Write2(0) || !WriteData(type, data))
            {
                return Undo(start, targets);
            }

            Put2(lengthAt, _length - lengthAt - 2);
            return Count(section);
        }

        /// <summary>Adds the OPT record that tells how long an answer by UDP may be (RFC 6891 6.1.2), without options.</summary>
        /// <param name="udpBytes">512 to 65535.</param>
        /// <returns>0, or -EMSGSIZE.</returns>
        public int AddOpt(int udpBytes)
        {
            return AddRecord(DnsSection.Additional, new byte[1], DnsType.OPT, udpBytes, 0, new byte[0]);
        }

        // RFC 3597 4: only the types of RFC 1035 may have compressed names in their data; SRV (RFC 2782) may not.
        private bool WriteData(DnsType type, byte[] data)
        {
            int names = type == DnsType.SRV ? 0 : DnsRecord.NameCount(type);
            int at = names == 0 ? data.Length : DnsRecord.NamePosition(type);
            bool fits = WriteBytes(data, 0, at);
            for (; names > 0 && fits; names--)
            {
                fits = WriteName(data, at);
                at += DnsName.GetLength(data, at);
            }

            return fits && WriteBytes(data, at, data.Length - at);
        }

        private bool WriteName(byte[] name, int at)
        {
            // Only names that are whole: this one has no end yet.
            int known = _targetCount;
            for (; name[at] != 0; at += name[at] + 1)
            {
                int target = FindTarget(name, at, known);
                if (target >= 0)
                {
                    return Write2(0xC000 | target);
                }

                if (_targets != null && _targetCount < MaxTargets && _length <= MaxTarget)
                {
                    _targets[_targetCount++] = _length;
                }

                if (!WriteBytes(name, at, name[at] + 1))
                {
                    return false;
                }
            }

            return WriteBytes(name, at, 1);
        }

        // The same case too, so that a name reads back as it was written.
        private int FindTarget(byte[] name, int at, int known)
        {
            for (int i = 0; i < known; i++)
            {
                if (DnsName.AreEqual(_buffer, _targets[i], name, at, true))
                {
                    return _targets[i];
                }
            }

            return -1;
        }

        private bool WriteBytes(byte[] bytes, int offset, int count)
        {
            if (_length + count > _buffer.Length)
            {
                return false;
            }

            Array.Copy(bytes, offset, _buffer, _length, count);
            _length += count;
            return true;
        }

        private bool Write2(int value)
        {
            if (_length + 2 > _buffer.Length)
            {
                return false;
            }

            Put2(_length, value);
            _length += 2;
            return true;
        }

        private void Put2(int at, int value)
        {
            _buffer[at] = (byte)(value >> 8);
            _buffer[at + 1] = (byte)value;
        }

        private int Count(DnsSection section)
        {
            int at = 4 + (2 * (int)section);
            _section = (int)section;
            Put2(at, ((_buffer[at] << 8) | _buffer[at + 1]) + 1);
            return 0;
        }

        private int Undo(int length, int targets)
        {
            _length = length;
            _targetCount = targets;
            return Full;
        }
    }
}
