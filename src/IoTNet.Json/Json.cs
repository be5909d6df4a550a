using System;
using System.Collections;
using System.Text;

namespace IoTNet
{
    /// <summary>
    /// JSON documents as trees: an object is a <see cref="Hashtable"/> (which does not keep the order of its names), an array
    /// an <see cref="ArrayList"/>, and the rest string, long, double, bool and null. <see cref="JsonReader"/> and
    /// <see cref="JsonWriter"/> do without a tree.
    /// </summary>
    public static class Json
    {
        /// <summary>Parses a document, at most 32 deep.</summary>
        /// <param name="text">It.</param>
        /// <returns>Its value. Of equal names in an object the last counts, as in Python and JavaScript.</returns>
        /// <exception cref="ArgumentNullException">There is no text.</exception>
        /// <exception cref="JsonException">It is not JSON, or too deep: see <see cref="JsonReader"/>.</exception>
        public static object Parse(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text ?? throw new ArgumentNullException(nameof(text)));
            return Parse(bytes, 0, bytes.Length);
        }

        /// <summary>Parses a document, at most 32 deep.</summary>
        /// <param name="buffer">Holds it, as UTF-8.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <returns>Its value. Of equal names in an object the last counts, as in Python and JavaScript.</returns>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        /// <exception cref="JsonException">It is not JSON, or too deep: see <see cref="JsonReader"/>.</exception>
        public static object Parse(byte[] buffer, int offset, int count)
        {
            JsonReader reader = new JsonReader(buffer, offset, count);
            reader.Next();
            object value = ReadValue(reader);
            reader.Next();
            return value;
        }

        /// <summary>Reads the value that a reader stands on, with all that is in it. Afterwards the reader stands on its
        /// last token.</summary>
        /// <param name="reader">The reader, after its Next.</param>
        /// <returns>The value.</returns>
        /// <exception cref="ArgumentNullException">There is no reader.</exception>
        /// <exception cref="InvalidOperationException">The reader does not stand on a value.</exception>
        /// <exception cref="JsonException">What follows is not JSON, or too deep.</exception>
        public static object ReadValue(JsonReader reader)
        {
            if (reader == null)
            {
                throw new ArgumentNullException(nameof(reader));
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: return ReadObject(reader);
                case JsonTokenType.StartArray: return ReadArray(reader);
                case JsonTokenType.String: return reader.GetString();
                case JsonTokenType.Integer: return reader.GetInt64();
                case JsonTokenType.Double: return reader.GetDouble();
                case JsonTokenType.True: return true;
                case JsonTokenType.False: return false;
                case JsonTokenType.Null: return null;
                default:
                    throw new InvalidOperationException("No value begins before byte " + reader.Position.ToString() + ".");
            }
        }

        /// <summary>Writes a document.</summary>
        /// <param name="value">null, a string, bool, double, float or an integer, a <see cref="Hashtable"/> with strings as
        /// names, or any other collection, which becomes an array; at most 64 in one another.</param>
        /// <returns>The document as text.</returns>
        /// <exception cref="ArgumentException">It is or contains something else, or a double that is no number.</exception>
        /// <exception cref="JsonException">It is too deep, as what contains itself is.</exception>
        public static string Write(object value)
        {
            JsonWriter writer = new JsonWriter();
            WriteValue(writer, value);
            return Encoding.UTF8.GetString(writer.Buffer, 0, writer.Length);
        }

        /// <summary>Writes a document as UTF-8.</summary>
        /// <param name="value">As for <see cref="Write"/>.</param>
        /// <returns>The document's bytes.</returns>
        /// <exception cref="ArgumentException">As <see cref="Write"/>.</exception>
        /// <exception cref="JsonException">As <see cref="Write"/>.</exception>
        public static byte[] WriteBytes(object value)
        {
            JsonWriter writer = new JsonWriter();
            WriteValue(writer, value);
            return writer.ToArray();
        }

        /// <summary>Writes a value, with all that is in it.</summary>
        /// <param name="writer">Where to.</param>
        /// <param name="value">As for <see cref="Write"/>.</param>
        /// <exception cref="ArgumentNullException">There is no writer.</exception>
        /// <exception cref="ArgumentException">As <see cref="Write"/>.</exception>
        /// <exception cref="InvalidOperationException">No value may stand here.</exception>
        /// <exception cref="JsonException">It is too deep, or the writer's buffer is full.</exception>
        public static void WriteValue(JsonWriter writer, object value)
        {
            if (writer == null)
            {
                throw new ArgumentNullException(nameof(writer));
            }

            switch (value)
            {
                case null: writer.WriteNullValue(); break;
                case string text: writer.WriteStringValue(text); break;
                case bool truth: writer.WriteBooleanValue(truth); break;
                case int number: writer.WriteNumberValue((long)number); break;
                case long number: writer.WriteNumberValue(number); break;
                case double number: writer.WriteNumberValue(number); break;
                case float number: writer.WriteNumberValue((double)number); break;
                case byte number: writer.WriteNumberValue((long)number); break;
                case sbyte number: writer.WriteNumberValue((long)number); break;
                case short number: writer.WriteNumberValue((long)number); break;
                case ushort number: writer.WriteNumberValue((long)number); break;
                case uint number: writer.WriteNumberValue((long)number); break;
                case Hashtable members: WriteObject(writer, members); break;
                case IEnumerable elements: WriteArray(writer, elements); break;
                default:
                    throw new ArgumentException("JSON has no " + value.GetType().Name + ".", nameof(value));
            }
        }

        private static Hashtable ReadObject(JsonReader reader)
        {
            // Room for what a usual message has, without growing.
            Hashtable members = new Hashtable(8);
            while (reader.Next() != JsonTokenType.EndObject)
            {
                string name = reader.GetString();
                reader.Next();
                members[name] = ReadValue(reader);
            }

            return members;
        }

        private static ArrayList ReadArray(JsonReader reader)
        {
            ArrayList elements = new ArrayList();
            while (reader.Next() != JsonTokenType.EndArray)
            {
                elements.Add(ReadValue(reader));
            }

            return elements;
        }

        private static void WriteObject(JsonWriter writer, Hashtable members)
        {
            writer.WriteStartObject();
            foreach (DictionaryEntry member in members)
            {
                writer.WritePropertyName(member.Key as string ?? throw new ArgumentException("A name in JSON is a string."));
                WriteValue(writer, member.Value);
            }

            writer.WriteEndObject();
        }

        private static void WriteArray(JsonWriter writer, IEnumerable elements)
        {
            writer.WriteStartArray();
            foreach (object element in elements)
            {
                WriteValue(writer, element);
            }

            writer.WriteEndArray();
        }
    }
}
