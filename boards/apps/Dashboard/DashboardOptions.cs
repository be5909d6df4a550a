using System;

namespace IoTNet.Apps
{
    /// <summary>Where the dashboard is served, to how many, and how often the sensor is read.</summary>
    internal sealed class DashboardOptions
    {
        public const string Usage = "[--port 80] [--interval 1000] [--clients 8]   ms between two readings, 100 to 60000; how many " +
            "browsers at once, fewer where the board has fewer sockets";

        public const int LeastIntervalMs = 100;
        public const int MostIntervalMs = 60000;

        public int Port { get; private set; } = 80;

        public int IntervalMs { get; private set; } = 1000;

        public int Clients { get; private set; } = 8;

        /// <exception cref="ArgumentException">The arguments are wrong; the message says what is expected.</exception>
        public static DashboardOptions Read(string[] arguments)
        {
            DashboardOptions options = new DashboardOptions();
            for (int i = 0; i < arguments.Length; i += 2)
            {
                string name = arguments[i];
                string value = i + 1 < arguments.Length ? arguments[i + 1] : "nothing";
                switch (name)
                {
                    case "--port":
                        options.Port = ReadNumber(name, value, 0, 65535);
                        break;
                    case "--interval":
                        options.IntervalMs = ReadNumber(name, value, LeastIntervalMs, MostIntervalMs);
                        break;
                    case "--clients":
                        options.Clients = ReadNumber(name, value, 1, 64);
                        break;
                    default:
                        throw new ArgumentException("Expected --port, --interval or --clients, found '" + name + "'.");
                }
            }

            return options;
        }

        private static int ReadNumber(string name, string text, int least, int most)
        {
            return int.TryParse(text, out int number) && number >= least && number <= most ? number
                : throw new ArgumentException(name + " expects a number from " + least.ToString() + " to " + most.ToString() +
                    ", found '" + text + "'.");
        }
    }
}
