using System;

namespace IoTNet.Apps
{
    /// <summary>A device's host: the app's usual address, lines to the debug console.</summary>
    public class ConsoleHost : IAppHost
    {
        /// <summary>Makes a host without arguments.</summary>
        public ConsoleHost()
            : this(new string[0])
        {
        }

        /// <summary>Makes a host.</summary>
        /// <param name="arguments">What a command line would give the app; kept, not copied.</param>
        /// <exception cref="ArgumentNullException">It is null.</exception>
        public ConsoleHost(string[] arguments)
        {
            Arguments = arguments ?? throw new ArgumentNullException(nameof(arguments));
        }

        /// <summary>None: the app serves where it usually does.</summary>
        public EndPoint Listen => null;

        /// <summary>None.</summary>
        public string BoardName => null;

        /// <summary>Those that the firmware was written with.</summary>
        public string[] Arguments { get; }

        /// <summary>Prints the address.</summary>
        /// <param name="protocol">In lower case: <c>tcp</c>, <c>udp</c>.</param>
        /// <param name="address">The address with its port.</param>
        public void Serving(string protocol, EndPoint address)
        {
            Console.WriteLine("listening " + protocol + " " + address.ToString());
        }

        /// <summary>Prints a line.</summary>
        /// <param name="line">The line.</param>
        public void Print(string line)
        {
            Console.WriteLine(line);
        }

        /// <summary>Prints a line.</summary>
        /// <param name="line">The line.</param>
        public void Log(string line)
        {
            Console.WriteLine(line);
        }
    }
}
