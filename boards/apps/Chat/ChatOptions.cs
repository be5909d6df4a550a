using System;

namespace IoTNet.Apps
{
    /// <summary>What the chat is told on its command line.</summary>
    public sealed class ChatOptions
    {
        /// <summary>Where to serve, as a URI; at first port 7000 on every IPv4 address.</summary>
        public string Uri { get; set; } = "tcp://0.0.0.0:7000";

        /// <summary>How many may be there at once, 1 to 1,024; at first 8. The next ones wait in the backlog.</summary>
        public int Clients { get; set; } = 8;

        /// <summary>Reads the arguments of a host.</summary>
        /// <param name="host">The host.</param>
        /// <returns>The options.</returns>
        /// <exception cref="ArgumentException">An argument is not what is expected; the text says so.</exception>
        public static ChatOptions Read(IAppHost host)
        {
            ChatOptions options = new ChatOptions();
            if (host.Listen != null)
            {
                options.Uri = (host.Listen.AddressFamily == AddressFamily.Unix ? "unix://" : "tcp://") + host.Listen.ToString();
            }

            foreach (string argument in host.Arguments)
            {
                if (!argument.StartsWith("clients=") || !int.TryParse(argument.Substring(8), out int clients) ||
                    clients < 1 || clients > 1024)
                {
                    throw new ArgumentException("Expected clients=NUMBER, 1 to 1024, found '" + argument + "'.");
                }

                options.Clients = clients;
            }

            return options;
        }
    }
}
