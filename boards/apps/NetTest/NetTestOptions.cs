using System;

namespace IoTNet.Apps
{
    /// <summary>Which tests run.</summary>
    internal sealed class NetTestOptions
    {
        private const string Expected = "Expected part=network, part=memory, part=all or filter=TEXT, found '";

        private NetTestOptions()
        {
        }

        /// <summary>Whether the board's own stack is tested.</summary>
        public bool Network { get; private set; } = true;

        /// <summary>Whether the stack in memory is tested.</summary>
        public bool Memory { get; private set; }

        /// <summary>Part of the names of the tests that run.</summary>
        public string Filter { get; private set; } = "";

        /// <summary>Reads a command line.</summary>
        /// <exception cref="ArgumentException">An argument is none of those.</exception>
        public static NetTestOptions Read(string[] arguments)
        {
            NetTestOptions options = new NetTestOptions();
            foreach (string argument in arguments)
            {
                int equals = argument.IndexOf('=');
                string name = equals < 0 ? argument : argument.Substring(0, equals);
                string value = argument.Substring(equals + 1);
                if (name == "filter" && equals > 0)
                {
                    options.Filter = value;
                }
                else if (name == "part" && (value == "network" || value == "memory" || value == "all"))
                {
                    options.Network = value != "memory";
                    options.Memory = value != "network";
                }
                else
                {
                    throw new ArgumentException(Expected + argument + "'.");
                }
            }

            return options;
        }
    }
}
