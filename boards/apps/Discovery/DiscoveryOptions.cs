using System;

namespace IoTNet.Apps
{
    /// <summary>How a board makes itself known.</summary>
    internal sealed class DiscoveryOptions
    {
        public const string Usage = "[name=NAME] [period=1000] [seconds=0]   what it is called; ms between two hellos; " +
            "when it ends (0 = when it is stopped)";

        private const string Expected = "Expected name=NAME, period=MS or seconds=NUMBER, found '";

        /// <summary>A word of ASCII letters, digits and marks.</summary>
        public string Name { get; private set; }

        public int PeriodMs { get; private set; } = 1000;

        public int Seconds { get; private set; }

        /// <exception cref="ArgumentException">The arguments are wrong; the message says what is expected.</exception>
        public static DiscoveryOptions Read(string[] arguments, string boardName)
        {
            DiscoveryOptions options = new DiscoveryOptions { Name = boardName };
            foreach (string argument in arguments)
            {
                int equals = argument.IndexOf('=');
                string value = equals < 0 ? "" : argument.Substring(equals + 1);
                switch (equals < 0 ? "" : argument.Substring(0, equals))
                {
                    case "name":
                        options.Name = value;
                        break;
                    case "period":
                        options.PeriodMs = ReadNumber(argument, value, 10, 60000);
                        break;
                    case "seconds":
                        options.Seconds = ReadNumber(argument, value, 0, 86400);
                        break;
                    default:
                        throw new ArgumentException(Expected + argument + "'.");
                }
            }

            return Announcement.IsName(options.Name) ? options
                : throw new ArgumentException("A name is a word of 1 to " + Announcement.MaxNameBytes.ToString() + " ASCII characters, not '" + options.Name + "'.");
        }

        private static int ReadNumber(string argument, string text, int least, int most)
        {
            return int.TryParse(text, out int number) && number >= least && number <= most ? number
                : throw new ArgumentException("Expected a number from " + least.ToString() + " to " + most.ToString() + ", found '" + argument + "'.");
        }
    }
}
