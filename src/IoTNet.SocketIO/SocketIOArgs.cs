using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>
    /// The arguments of an event or of an acknowledgement. They are there until the handler returns, and read when they are
    /// asked for:
    /// <code>
    /// socket.On("led", (s, args) => { Set(args.GetInt64(0), args.GetBoolean(1)); args.Ack("done"); });
    /// </code>
    /// </summary>
    /// <remarks>The packet was checked before the handler is called: it is JSON, and its attachments are there. What a peer put
    /// into it was not: an argument of another type throws, which closes that peer's connection.</remarks>
    public sealed partial class SocketIOArgs
    {
        private readonly JsonReader _reader;
        private byte[] _buffer;

        // The peer to which it came, for answers.
        private SocketIOPeer _socket;
        private long _id;

        internal SocketIOArgs()
        {
            _buffer = new byte[0];
            _reader = new JsonReader(_buffer, 0, 0, PacketLimits.MaxDepth);
        }

        /// <summary>How many there are, the event's name not counted.</summary>
        public int Count { get; private set; }

        /// <summary>The event's name; null with an acknowledgement.</summary>
        public string Name => _name == null && _nameCount > 0 ? _name = NameText() : _name;

        /// <summary>The socket that it came to: a SocketIOSocket at a server, a SocketIOClient at a
        /// client.</summary>
        public SocketIOPeer Socket => _socket;

        /// <summary>An argument as a tree (<see cref="Json"/>): a <see cref="Hashtable"/>, an <see cref="ArrayList"/>, a string,
        /// long, double, bool or null, and byte[] where bytes were attached; null, too, when there are not so many.</summary>
        /// <param name="index">Which, from 0.</param>
        /// <exception cref="ArgumentOutOfRangeException">The index is below 0.</exception>
        public object this[int index]
        {
            get
            {
                if (index >= Count)
                {
                    return null;
                }

                object value = Json.ReadValue(Reader(index));
                return _parts.Count == 0 ? value : Resolve(value);
            }
        }

        /// <summary>A reader that stands on an argument, for what the other calls do not do; the same for all, so that the next
        /// call here takes it away.</summary>
        /// <param name="index">Which, from 0.</param>
        /// <returns>The reader, after its first Next.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
        public JsonReader Reader(int index)
        {
            CheckIndex(index);
            int start = StartOf(index);
            _reader.Reset(_buffer, start, _ends[index] - start);
            _reader.Next();
            return _reader;
        }

        /// <summary>Gives a string.</summary>
        /// <param name="index">Which, from 0.</param>
        /// <returns>It; null when the argument is null.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
        /// <exception cref="InvalidOperationException">It is something else.</exception>
        public string GetString(int index)
        {
            JsonReader reader = Reader(index);
            return reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
        }

        /// <summary>Gives an integer.</summary>
        /// <param name="index">Which, from 0.</param>
        /// <returns>It.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
        /// <exception cref="InvalidOperationException">It is something else, also a number with a point.</exception>
        public long GetInt64(int index)
        {
            return Reader(index).GetInt64();
        }

        /// <summary>Gives a number.</summary>
        /// <param name="index">Which, from 0.</param>
        /// <returns>It.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
        /// <exception cref="InvalidOperationException">It is something else.</exception>
        public double GetDouble(int index)
        {
            return Reader(index).GetDouble();
        }

        /// <summary>Gives a truth value.</summary>
        /// <param name="index">Which, from 0.</param>
        /// <returns>It.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
        /// <exception cref="InvalidOperationException">It is something else.</exception>
        public bool GetBoolean(int index)
        {
            return Reader(index).GetBoolean();
        }

        /// <summary>Gives bytes, a copy.</summary>
        /// <param name="index">Which, from 0.</param>
        /// <returns>Them.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
        /// <exception cref="InvalidOperationException">It is something else.</exception>
        public byte[] GetBytes(int index)
        {
            if (!TryGetBytes(index, out byte[] buffer, out int offset, out int count))
            {
                throw new InvalidOperationException("Argument " + index.ToString() + " is no bytes.");
            }

            byte[] copy = new byte[count];
            Array.Copy(buffer, offset, copy, 0, count);
            return copy;
        }

        /// <summary>Gives bytes where they lie.</summary>
        /// <param name="index">Which, from 0.</param>
        /// <param name="buffer">Holds them until the handler returns.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <returns>Whether the argument is bytes.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There are not so many arguments.</exception>
        public bool TryGetBytes(int index, out byte[] buffer, out int offset, out int count)
        {
            JsonReader reader = Reader(index);
            int part = _parts.Count > 0 && reader.TokenType == JsonTokenType.StartObject ? PartOf(reader) : -1;
            part = part < _parts.Count ? part : -1;
            buffer = part < 0 ? null : _parts.Buffer;
            offset = part < 0 ? 0 : _parts.OffsetOf(part);
            count = part < 0 ? 0 : _parts.CountOf(part);
            return part >= 0;
        }

        /// <summary>Passes an argument on as it came, whatever it is: no value is made of it.</summary>
        /// <param name="index">Which, from 0.</param>
        /// <param name="json">The writer of an event or an acknowledgement, of <see cref="SocketIOEmitter.BeginEmit"/> or
        /// <see cref="BeginAck"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
        /// <exception cref="ArgumentNullException">No writer was given.</exception>
        /// <exception cref="InvalidOperationException">Bytes are attached, which do not go this way; or no value may stand
        /// there.</exception>
        public void WriteTo(int index, JsonWriter json)
        {
            CheckIndex(index);
            if (_parts.Count > 0)
            {
                throw new InvalidOperationException("Arguments with bytes attached cannot be written as JSON.");
            }

            int start = StartOf(index);
            (json ?? throw new ArgumentNullException(nameof(json))).WriteRawValue(_buffer, start, _ends[index] - start);
        }

        private void CheckIndex(int index)
        {
            if (index < 0 || index >= Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index), "Argument " + index.ToString() + " of " + Count.ToString() + ".");
            }
        }

        // Behind the comma before it.
        private int StartOf(int index)
        {
            int start = _starts[index];
            while (_buffer[start] == ',' || _buffer[start] <= ' ')
            {
                start++;
            }

            return start;
        }

        private static int PartOf(JsonReader reader)
        {
            bool isPlaceholder = false;
            int part = -1;
            while (reader.Next() != JsonTokenType.EndObject)
            {
                bool isFlag = reader.ValueTextEquals(s_placeholder);
                bool isNumber = reader.ValueTextEquals(s_num);
                reader.Next();
                isPlaceholder = isFlag ? reader.TokenType == JsonTokenType.True : isPlaceholder;
                part = isNumber && reader.TokenType == JsonTokenType.Integer ? (int)reader.GetInt64() : part;
                reader.Skip();
            }

            return isPlaceholder ? part : -1;
        }

        // Puts the attachments in the places that are held for them.
        private object Resolve(object value)
        {
            ArrayList elements = value as ArrayList;
            for (int i = 0; elements != null && i < elements.Count; i++)
            {
                elements[i] = Resolve(elements[i]);
            }

            Hashtable members = value as Hashtable;
            if (members == null)
            {
                return value;
            }

            object flag = members["_placeholder"];
            object num = members["num"];
            if (flag is bool && (bool)flag && num is long && (long)num >= 0 && (long)num < _parts.Count)
            {
                int part = (int)(long)num;
                byte[] bytes = new byte[_parts.CountOf(part)];
                Array.Copy(_parts.Buffer, _parts.OffsetOf(part), bytes, 0, bytes.Length);
                return bytes;
            }

            object[] names = new object[members.Count];
            members.Keys.CopyTo(names, 0);
            for (int i = 0; i < names.Length; i++)
            {
                object member = members[names[i]];
                if (member is ArrayList || member is Hashtable)
                {
                    members[names[i]] = Resolve(member);
                }
            }

            return value;
        }
    }
}
