using System;

namespace IoTNet.Apps
{
    /// <summary>A device's host: no arguments, the app's usual address, lines to the debug console.</summary>
    public class ConsoleHost : IAppHost
    {
        /// <summary>None: the app serves where it usually does.</summary>
        public EndPoint Listen => null;

        /// <summary>None.</summary>
        public string BoardName => null;

        /// <summary>Empty.</summary>
        public string[] Arguments { get; } = new string[0];

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
