using System;

namespace IoTNet.Apps
{
    /// <summary>Boards of one network find each other, by multicast and broadcast, and notice who leaves.</summary>
    public sealed class DiscoveryApp : IApp
    {
        private readonly object _lock = new object();
        private EventLoop _loop;
        private Discovery _discovery;
        private bool _stopped;

        /// <inheritdoc/>
        public string Name => "Discovery";

        /// <inheritdoc/>
        public string Description => "Finds the other boards of the network that run it, by UDP multicast and broadcast; port 41414.";

        /// <inheritdoc/>
        public string Usage => DiscoveryOptions.Usage;

        /// <inheritdoc/>
        public int Run(IAppHost host)
        {
            DiscoveryOptions options;
            IPEndPoint listen = host.Listen as IPEndPoint;
            try
            {
                options = DiscoveryOptions.Read(host.Arguments, host.BoardName ?? "board");
                if (host.Listen != null && (listen == null || listen.Address != IPAddress.Any))
                {
                    throw new ArgumentException("Discovery listens on every address, to hear broadcasts too: give 0.0.0.0:PORT, not " + host.Listen.ToString() + ".");
                }
            }
            catch (ArgumentException e)
            {
                host.Log(e.Message);
                return 2;
            }

            using (EventLoop loop = new EventLoop())
            {
                Discovery discovery = new Discovery(host, options, loop, listen == null || listen.Port == 0 ? Discovery.DefaultPort : listen.Port);
                lock (_lock)
                {
                    if (_stopped)
                    {
                        return 0;
                    }

                    _loop = loop;
                    _discovery = discovery;
                }

                return discovery.Run();
            }
        }

        /// <inheritdoc/>
        public void Stop()
        {
            lock (_lock)
            {
                _stopped = true;

                // It says goodbye first. A loop that is over, or is held up by its posts, is ended at once.
                if (_loop != null && _loop.TryPost(_discovery.Leave, null) < 0)
                {
                    _loop.Stop();
                }
            }
        }
    }
}
