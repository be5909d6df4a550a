using System;

namespace IoTNet.Apps
{
    /// <summary>Whether the board is a sensor or the hub, and how.</summary>
    internal sealed class SensorHubOptions
    {
        public const string Usage = "[--to tcp://HOST:PORT [--interval 1000] [--count 0]] [--port 5557]   a sensor of the hub HOST; " +
            "ms between two readings; when it ends (0 = when it is stopped). Without --to: the hub itself, and its port";

        public const int DefaultPort = 5557;

        /// <summary>The hub; null: this board is it.</summary>
        public string To { get; private set; }

        public int IntervalMs { get; private set; } = 1000;

        public int Count { get; private set; }

        public int Port { get; private set; } = DefaultPort;

        /// <exception cref="ArgumentException">The arguments are wrong; the message says what is expected.</exception>
        public static SensorHubOptions Read(string[] arguments)
        {
            SensorHubOptions options = new SensorHubOptions();
            for (int i = 0; i < arguments.Length; i += 2)
            {
                string name = arguments[i];
                string value = i + 1 < arguments.Length ? arguments[i + 1] : "nothing";
                switch (name)
                {
                    case "--to":
                        options.To = value.StartsWith("tcp://") ? value : throw Expected(name, "tcp://HOST:PORT", value);
                        break;
                    case "--interval":
                        options.IntervalMs = ReadNumber(name, value, 1, 86400000);
                        break;
                    case "--count":
                        options.Count = ReadNumber(name, value, 0, int.MaxValue);
                        break;
                    case "--port":
                        options.Port = ReadNumber(name, value, 0, 65535);
                        break;
                    default:
                        throw new ArgumentException("Expected --to, --interval, --count or --port, found '" + name + "'.");
                }
            }

            return options;
        }

        private static int ReadNumber(string name, string text, int least, int most)
        {
            return int.TryParse(text, out int number) && number >= least && number <= most ? number
                : throw Expected(name, "a number from " + least.ToString() + " to " + most.ToString(), text);
        }

        private static ArgumentException Expected(string name, string what, string found)
        {
            return new ArgumentException(name + " expects " + what + ", found '" + found + "'.");
        }
    }
}
