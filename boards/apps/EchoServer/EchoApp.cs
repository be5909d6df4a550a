using System;

namespace IoTNet.Apps
{
    /// <summary>The echo server as an app.</summary>
    public sealed class EchoApp : IApp
    {
        private readonly object _lock = new object();
        private EchoServer _server;
        private bool _stopped;

        /// <inheritdoc/>
        public string Name => "EchoServer";

        /// <inheritdoc/>
        public string Description => "Sends back what it receives, over TCP and UDP (RFC 862); port 7 unless told otherwise.";

        /// <inheritdoc/>
        public string Usage => "[clients=8] [idle=300]   most TCP clients at once; seconds until a silent one is disconnected (0 = never)";

        /// <inheritdoc/>
        public int Run(IAppHost host)
        {
            EchoServer server;
            try
            {
                EchoServerOptions options = ReadArguments(host);
                options.Log = host.Log;
                server = new EchoServer(options);
            }
            catch (ArgumentException e)
            {
                host.Log(e.Message);
                return 2;
            }

            lock (_lock)
            {
                _server = server;
                if (_stopped)
                {
                    return 0;
                }
            }

            return Serve(server, host);
        }

        /// <inheritdoc/>
        public void Stop()
        {
            lock (_lock)
            {
                _stopped = true;
                if (_server != null)
                {
                    _server.Stop();
                }
            }
        }

        private static int Serve(EchoServer server, IAppHost host)
        {
            try
            {
                server.Open();
            }
            catch (SocketException e)
            {
                host.Log(AppFailure.Explain(e));
                return 1;
            }

            host.Serving("tcp", server.LocalEndPoint);
            host.Serving("udp", server.UdpEndPoint);
            int result = server.Run();
            host.Log(server.Accepted.ToString() + " clients, " + server.Datagrams.ToString() + " datagrams, " +
                server.BytesIn.ToString() + " bytes in, " + server.BytesOut.ToString() + " bytes out, " +
                server.Refused.ToString() + " refused, " + server.Dropped.ToString() + " dropped");
            return result < 0 ? 1 : 0;
        }

        private static EchoServerOptions ReadArguments(IAppHost host)
        {
            EchoServerOptions options = new EchoServerOptions();
            if (host.Listen != null)
            {
                options.Listen = host.Listen as IPEndPoint ??
                    throw new ArgumentException("The echo server serves an IP address, not " + host.Listen.ToString() + ".");
            }

            foreach (string argument in host.Arguments)
            {
                int equals = argument.IndexOf('=');
                string name = equals < 0 ? argument : argument.Substring(0, equals);
                if (equals < 0 || !int.TryParse(argument.Substring(equals + 1), out int value))
                {
                    throw new ArgumentException("Expected clients=NUMBER or idle=SECONDS, found '" + argument + "'.");
                }

                switch (name)
                {
                    case "clients":
                        options.MaxClients = value;
                        break;
                    case "idle":
                        // 2,147,483 seconds are as many as fit in ms.
                        if (value < 0 || value > 2147483)
                        {
                            throw new ArgumentException("idle is 0 to 2147483 seconds, not " + value.ToString() + ".");
                        }

                        options.IdleTimeoutMs = value == 0 ? -1 : value * 1000;
                        break;
                    default:
                        throw new ArgumentException("Expected clients=NUMBER or idle=SECONDS, found '" + argument + "'.");
                }
            }

            return options;
        }
    }
}
