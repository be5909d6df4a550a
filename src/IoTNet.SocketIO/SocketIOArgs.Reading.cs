using System;
using System.Text;

namespace IoTNet
{
    // The check of a packet's JSON, which notes where the arguments lie.
    public sealed partial class SocketIOArgs
    {
        private static readonly byte[] s_placeholder = Encoding.UTF8.GetBytes("_placeholder");
        private static readonly byte[] s_num = Encoding.UTF8.GetBytes("num");

        private int[] _starts = new int[4];
        private int[] _ends = new int[4];
        private PacketParts _parts = PacketParts.None;
        private int _payload;

        // The event's name as it lies in the buffer, or, when it has escapes, as bytes of its own.
        private string _name;
        private byte[] _nameBuffer;
        private int _nameOffset;
        private int _nameCount;

        // What each open object has as its num, and whether it says that it is a placeholder; made when there are attachments.
        private long[] _nums;
        private bool[] _flags;

        /// <summary>Checks the payload of an event or an acknowledgement.</summary>
        /// <returns>Null; else what is wrong.</returns>
        internal string Read(PacketHead head, byte[] buffer, PacketParts parts, PacketLimits limits)
        {
            _buffer = buffer;
            _parts = parts;
            _name = null;
            _nameCount = 0;
            Count = 0;
            try
            {
                _payload = head.PayloadOffset;
                _reader.Reset(buffer, head.PayloadOffset, head.PayloadCount);
                if (_reader.Next() != JsonTokenType.StartArray)
                {
                    return "a payload that is no array";
                }

                string violation = PacketType.IsEvent(head.Type) ? ReadName() : null;
                return violation ?? ReadArguments(limits.MaxArguments);
            }
            catch (JsonException error)
            {
                return "a payload that is no JSON: " + error.Message;
            }
        }

        /// <summary>Says to whom it came.</summary>
        internal void Bind(SocketIOPeer socket, long id)
        {
            _socket = socket;
            _id = id;
        }

        /// <summary>Lets all go that belongs to the packet.</summary>
        internal void Release()
        {
            _socket = null;
            _id = -1;
            Count = 0;
            _name = null;
            _nameCount = 0;
            _parts = PacketParts.None;
        }

        internal bool IsNamed(byte[] name)
        {
            return name.Length == _nameCount && Bytes.AreSame(_nameBuffer, _nameOffset, name, _nameCount);
        }

        private string NameText()
        {
            return Encoding.UTF8.GetString(_nameBuffer, _nameOffset, _nameCount);
        }

        private string ReadName()
        {
            int start = PayloadAt();
            JsonTokenType token = _reader.Next();
            bool isString = token == JsonTokenType.String;
            if (!isString && token != JsonTokenType.Integer && token != JsonTokenType.Double)
            {
                return "an event without a name";
            }

            while (_buffer[start] <= ' ')
            {
                start++;
            }

            _nameBuffer = _buffer;
            _nameOffset = isString ? start + 1 : start;
            _nameCount = PayloadAt() - _nameOffset - (isString ? 1 : 0);
            for (int i = 0; isString && i < _nameCount; i++)
            {
                if (_buffer[_nameOffset + i] == '\\')
                {
                    _nameBuffer = Encoding.UTF8.GetBytes(_reader.GetString());
                    _nameOffset = 0;
                    _nameCount = _nameBuffer.Length;
                    break;
                }
            }

            _name = _nameCount == 0 ? "" : null;
            return ReservedNames.Has(_nameBuffer, _nameOffset, _nameCount) ? "an event with a reserved name" : null;
        }

        private string ReadArguments(int maxArguments)
        {
            int count = 0;
            while (true)
            {
                int start = PayloadAt();
                if (_reader.Next() == JsonTokenType.EndArray)
                {
                    break;
                }

                if (count == maxArguments)
                {
                    return "more than " + maxArguments.ToString() + " arguments";
                }

                if (_parts.Count == 0)
                {
                    _reader.Skip();
                }
                else if (!SkipChecking())
                {
                    return "a placeholder for an attachment that is not there";
                }

                if (count == _starts.Length)
                {
                    _starts = Larger(_starts);
                    _ends = Larger(_ends);
                }

                _starts[count] = start;
                _ends[count++] = PayloadAt();
            }

            _reader.Next();
            Count = count;
            return null;
        }

        // As JsonReader.Skip; false when a placeholder is for nothing.
        private bool SkipChecking()
        {
            if (_nums == null)
            {
                _nums = new long[PacketLimits.MaxDepth + 1];
                _flags = new bool[PacketLimits.MaxDepth + 1];
            }

            int outside = _reader.TokenType == JsonTokenType.StartObject || _reader.TokenType == JsonTokenType.StartArray
                ? _reader.Depth - 1 : _reader.Depth;
            bool isFlag = false;
            bool isNum = false;
            while (true)
            {
                int depth = _reader.Depth;
                switch (_reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        _nums[depth] = -1;
                        _flags[depth] = false;
                        break;
                    case JsonTokenType.EndObject:
                        // Closed: what it had stands one deeper.
                        if (_flags[depth + 1] && (_nums[depth + 1] < 0 || _nums[depth + 1] >= _parts.Count))
                        {
                            return false;
                        }

                        break;
                    case JsonTokenType.True:
                        _flags[depth] |= isFlag;
                        break;
                    case JsonTokenType.Integer:
                        _nums[depth] = isNum ? _reader.GetInt64() : _nums[depth];
                        break;
                    default:
                        // Of equal names the last counts.
                        _flags[depth] &= !isFlag;
                        _nums[depth] = isNum ? -1 : _nums[depth];
                        break;
                }

                isFlag = _reader.TokenType == JsonTokenType.PropertyName && _reader.ValueTextEquals(s_placeholder);
                isNum = _reader.TokenType == JsonTokenType.PropertyName && _reader.ValueTextEquals(s_num);
                if (_reader.Depth == outside)
                {
                    return true;
                }

                _reader.Next();
            }
        }

        private int PayloadAt()
        {
            return _payload + _reader.Position;
        }

        private static int[] Larger(int[] array)
        {
            int[] larger = new int[array.Length * 2];
            Array.Copy(array, 0, larger, 0, array.Length);
            return larger;
        }
    }
}
