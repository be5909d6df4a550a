namespace IoTNet
{
    // The JSON header: its fields' names, and how they are read. Fields of other names are passed over.
    internal sealed class MessageHeader
    {
        public const string ByteOrder = "byteorder";
        public const string ContentLength = "content-length";
        public const string ContentType = "content-type";
        public const string ContentEncoding = "content-encoding";

        // Of strings, but no string[]: an element that was never set is not null there on the device.
        private readonly object[] _texts = new object[3];
        private long _length = -1;

        public int Length => (int)_length;

        public static MessageHeader Parse(byte[] buffer, int offset, int count, int maxContentBytes)
        {
            MessageHeader header = new MessageHeader();
            JsonReader reader = new JsonReader(buffer, offset, count);
            try
            {
                if (reader.Next() != JsonTokenType.StartObject)
                {
                    throw new MessageException("Expected a JSON object as header, found something else.");
                }

                while (reader.Next() != JsonTokenType.EndObject)
                {
                    header.ReadField(reader);
                }

                reader.Next();
            }
            catch (JsonException e)
            {
                throw new MessageException("The header is no JSON: " + e.Message, e);
            }

            header.Check(maxContentBytes);
            return header;
        }

        public Message ToMessage(byte[] content)
        {
            return new Message((string)_texts[1], (string)_texts[2], content, (string)_texts[0]);
        }

        private static string TextName(int index)
        {
            return index == 0 ? ByteOrder : index == 1 ? ContentType : ContentEncoding;
        }

        private void ReadField(JsonReader reader)
        {
            string name = reader.GetString();
            if (name == ContentLength)
            {
                bool isFirst = _length < 0;
                if (reader.Next() != JsonTokenType.Integer || !isFirst || reader.GetInt64() < 0)
                {
                    throw Wrong(name, isFirst ? "is no length" : "is there twice");
                }

                _length = reader.GetInt64();
                return;
            }

            for (int i = 0; i < _texts.Length; i++)
            {
                if (name == TextName(i))
                {
                    // Two readers could choose differently between two equal fields.
                    if (reader.Next() != JsonTokenType.String || _texts[i] != null)
                    {
                        throw Wrong(name, _texts[i] == null ? "is no string" : "is there twice");
                    }

                    _texts[i] = reader.GetString();
                    return;
                }
            }

            reader.Skip();
        }

        private void Check(int maxContentBytes)
        {
            for (int i = 0; i < _texts.Length; i++)
            {
                Need(_texts[i] != null, TextName(i));
            }

            Need(_length >= 0, ContentLength);
            if (_length > maxContentBytes)
            {
                throw new MessageException("The content may have " + maxContentBytes.ToString() + " bytes; the header announces " +
                    _length.ToString() + ".");
            }
        }

        private static void Need(bool there, string name)
        {
            if (!there)
            {
                throw new MessageException("Missing required header '" + name + "'.");
            }
        }

        private static MessageException Wrong(string name, string what)
        {
            return new MessageException("Header '" + name + "' " + what + ".");
        }
    }
}
