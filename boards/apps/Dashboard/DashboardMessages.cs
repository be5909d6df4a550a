namespace IoTNet.Apps
{
    /// <summary>
    /// What a board and its pages tell one another, JSON in text messages. The board's buffer is taken once; a reading
    /// allocates nothing.
    /// <code>
    /// at the begin, and GET /info   {"name":"board1","clients":1,"most":8,"intervalMs":1000,"last":[22010,22104]}
    /// each reading, to all          {"name":"board1","n":3,"uptimeMs":3004,"milliCelsius":22021,"clients":1,"intervalMs":1000}
    /// from a page                   {"intervalMs":250}
    /// when that was accepted, to all    {"intervalMs":250}
    /// else, to that page            {"error":"Expected an interval of 100 to 60000 ms, found 5."}
    /// </code>
    /// </summary>
    internal sealed class DashboardMessages
    {
        private readonly string _name;
        private readonly int _most;
        private readonly JsonWriter _writer = new JsonWriter(640);

        public DashboardMessages(string name, int most)
        {
            _name = name;
            _most = most;
        }

        /// <summary>Holds the message that was written last, from its begin.</summary>
        public byte[] Buffer => _writer.Buffer;

        /// <summary>Its length in bytes.</summary>
        public int Length => _writer.Length;

        public void WriteState(Thermometer sensor, int clients, int intervalMs)
        {
            Begin();
            WriteName();
            Write("clients", clients);
            Write("most", _most);
            Write("intervalMs", intervalMs);
            _writer.WritePropertyName("last");
            _writer.WriteStartArray();
            int count = sensor.KeptCount;
            for (int i = 0; i < count; i++)
            {
                _writer.WriteNumberValue(sensor.GetKept(i));
            }

            _writer.WriteEndArray();
            _writer.WriteEndObject();
        }

        public void WriteReading(Thermometer sensor, long uptimeMs, int clients, int intervalMs)
        {
            Begin();
            WriteName();
            Write("n", sensor.Count);
            Write("uptimeMs", uptimeMs);
            Write("milliCelsius", sensor.MilliCelsius);
            Write("clients", clients);
            Write("intervalMs", intervalMs);
            _writer.WriteEndObject();
        }

        public void WriteInterval(int intervalMs)
        {
            Begin();
            Write("intervalMs", intervalMs);
            _writer.WriteEndObject();
        }

        public void WriteError(string text)
        {
            Begin();
            _writer.WritePropertyName("error");
            _writer.WriteStringValue(text);
            _writer.WriteEndObject();
        }

        /// <summary>Reads what a page wants.</summary>
        /// <returns>Null; else why it is refused.</returns>
        public static string ReadInterval(byte[] buffer, int offset, int count, out int intervalMs)
        {
            intervalMs = 0;
            try
            {
                JsonReader reader = new JsonReader(buffer, offset, count, 1);
                if (reader.Next() != JsonTokenType.StartObject || reader.Next() != JsonTokenType.PropertyName ||
                    reader.GetString() != "intervalMs" || reader.Next() != JsonTokenType.Integer)
                {
                    return "Expected {\"intervalMs\":NUMBER}, found something else before byte " + reader.Position.ToString() + ".";
                }

                long value = reader.GetInt64();
                if (reader.Next() != JsonTokenType.EndObject || reader.Next() != JsonTokenType.End)
                {
                    return "Expected {\"intervalMs\":NUMBER} and nothing behind it.";
                }

                if (value < DashboardOptions.LeastIntervalMs || value > DashboardOptions.MostIntervalMs)
                {
                    return "Expected an interval of " + DashboardOptions.LeastIntervalMs.ToString() + " to " +
                        DashboardOptions.MostIntervalMs.ToString() + " ms, found " + value.ToString() + ".";
                }

                intervalMs = (int)value;
                return null;
            }
            catch (JsonException e)
            {
                return e.Message;
            }
        }

        private void Begin()
        {
            _writer.Reset();
            _writer.WriteStartObject();
        }

        private void WriteName()
        {
            _writer.WritePropertyName("name");
            _writer.WriteStringValue(_name);
        }

        private void Write(string name, long value)
        {
            _writer.WritePropertyName(name);
            _writer.WriteNumberValue(value);
        }
    }
}
