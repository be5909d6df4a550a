// socket.io-protocol, revision 5, "Packet encoding".
using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>Puts a packet together: the JSON first, then, when its attachments are counted, what stands before it. It is used
    /// again and again, and allocates nothing once its buffer has its size.</summary>
    internal sealed class PacketWriter : OutgoingPacket
    {
        // Engine.IO's type, the type, the count of attachments with its dash, the comma, the id.
        private const int HeadBytes = 1 + 1 + 5 + 1 + 20;
        private const int MaxDepth = 64;

        public PacketWriter(int maxNamespaceBytes)
        {
            Parts = new byte[4][];
            Json = new JsonWriter(HeadBytes + maxNamespaceBytes + 96, HeadBytes + maxNamespaceBytes);
        }

        public JsonWriter Json { get; }

        /// <summary>Drops what was written.</summary>
        public void Reset()
        {
            Json.Reset();
            for (int i = 0; i < PartCount; i++)
            {
                Parts[i] = null;
            }

            PartCount = 0;
            Count = 0;
        }

        public void Begin(string name)
        {
            Json.WriteStartArray();
            Json.WriteStringValue(name);
        }

        /// <summary>Writes a value: what <see cref="Json.WriteValue"/> takes, and bytes.</summary>
        public void Write(object value)
        {
            Write(value, 0);
        }

        /// <summary>Ends the array of an event or an acknowledgement.</summary>
        /// <param name="offset">What a client names to come back after this event; null = none.</param>
        public void End(string offset)
        {
            if (offset != null)
            {
                Json.WriteStringValue(offset);
            }

            Json.WriteEndArray();
        }

        /// <summary>Writes what stands before the JSON.</summary>
        /// <param name="type">Event and Ack become binary when there are attachments.</param>
        /// <param name="name">The namespace; null for "/".</param>
        /// <param name="id">-1 = none.</param>
        public void Finish(int type, byte[] name, long id)
        {
            byte[] buffer = Json.Buffer;
            int at = Json.Offset;
            at = id < 0 ? at : PutNumber(buffer, at, id);
            if (name != null)
            {
                buffer[--at] = (byte)',';
                at -= name.Length;
                Array.Copy(name, 0, buffer, at, name.Length);
            }

            if (PartCount > 0)
            {
                buffer[--at] = (byte)'-';
                at = PutNumber(buffer, at, PartCount);
                type = type == PacketType.Event ? PacketType.BinaryEvent : PacketType.BinaryAck;
            }

            buffer[--at] = (byte)('0' + type);
            buffer[--at] = EnginePacket.Message;
            Buffer = buffer;
            Offset = at;
            Count = Json.Offset + Json.Length - at;
        }

        private void Write(object value, int depth)
        {
            byte[] bytes = value as byte[];
            if (bytes != null)
            {
                WritePlaceholder(bytes);
                return;
            }

            if (depth == MaxDepth)
            {
                throw new JsonException("The value is more than 64 deep; does it contain itself?", Json.Length);
            }

            Hashtable members = value as Hashtable;
            IEnumerable elements = value is string ? null : value as IEnumerable;
            if (members != null)
            {
                Json.WriteStartObject();
                foreach (DictionaryEntry member in members)
                {
                    Json.WritePropertyName(member.Key as string ?? throw new ArgumentException("A name in JSON is a string."));
                    Write(member.Value, depth + 1);
                }

                Json.WriteEndObject();
            }
            else if (elements != null)
            {
                Json.WriteStartArray();
                foreach (object element in elements)
                {
                    Write(element, depth + 1);
                }

                Json.WriteEndArray();
            }
            else
            {
                IoTNet.Json.WriteValue(Json, value);
            }
        }

        private void WritePlaceholder(byte[] bytes)
        {
            if (PartCount == Parts.Length)
            {
                byte[][] larger = new byte[PartCount * 2][];
                Array.Copy(Parts, 0, larger, 0, PartCount);
                Parts = larger;
            }

            Json.WriteStartObject();
            Json.WritePropertyName("_placeholder");
            Json.WriteBooleanValue(true);
            Json.WritePropertyName("num");
            Json.WriteNumberValue((long)PartCount);
            Json.WriteEndObject();
            Parts[PartCount++] = bytes;
        }

        private int PutNumber(byte[] buffer, int at, long value)
        {
            do
            {
                buffer[--at] = (byte)('0' + (value % 10));
                value /= 10;
            }
            while (value > 0);
            return at;
        }
    }
}
