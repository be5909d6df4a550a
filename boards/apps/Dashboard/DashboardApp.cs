using System;

namespace IoTNet.Apps
{
    /// <summary>A board that serves its own dashboard: a page over HTTP, and live readings to it over WebSockets.</summary>
    public sealed class DashboardApp : IApp
    {
        // Beside the browsers: the listening socket, and a place for pages.
        private const int OwnSockets = 2;

        private readonly object _lock = new object();
        private EventLoop _loop;
        private IAppHost _host;
        private bool _stopped;

        /// <inheritdoc/>
        public string Name => "Dashboard";

        /// <inheritdoc/>
        public string Description => "A page with live readings for browsers, over HTTP and WebSockets; port 80.";

        /// <inheritdoc/>
        public string Usage => DashboardOptions.Usage;

        /// <inheritdoc/>
        public int Run(IAppHost host)
        {
            DashboardOptions options;
            IPEndPoint listen = host.Listen as IPEndPoint;
            try
            {
                options = DashboardOptions.Read(host.Arguments);
                if (host.Listen != null && listen == null)
                {
                    throw new ArgumentException("The dashboard listens on ADDRESS:PORT, not on " + host.Listen.ToString() + ".");
                }
            }
            catch (ArgumentException e)
            {
                host.Log(e.Message);
                return 2;
            }

            _host = host;
            EventLoop loop = new EventLoop();
            lock (_lock)
            {
                _loop = loop;
            }

            try
            {
                return Serve(loop, options, listen ?? new IPEndPoint(IPAddress.Any, options.Port));
            }
            catch (ObjectDisposedException)
            {
                // Stopped before it began.
                return 0;
            }
            catch (SocketException e)
            {
                host.Log(AppFailure.Explain(e));
                return 1;
            }
            finally
            {
                loop.Close();
            }
        }

        /// <inheritdoc/>
        public void Stop()
        {
            lock (_lock)
            {
                _stopped = true;
                if (_loop != null)
                {
                    _loop.Stop();
                }
            }
        }

        private int Serve(EventLoop loop, DashboardOptions options, IPEndPoint address)
        {
            lock (_lock)
            {
                if (_stopped)
                {
                    return 0;
                }
            }

            int clients = CountFreeSockets(options.Clients + OwnSockets) - OwnSockets;
            if (clients < 1)
            {
                _host.Log("Expected 3 free sockets or more: to listen, for the page and for a browser; found " +
                    (clients + OwnSockets).ToString() + ".");
                return 1;
            }

            DashboardServer server = new DashboardServer(loop, address, _host.BoardName ?? "board", options.IntervalMs, clients);
            try
            {
                server.Error += OnError;
                server.Start();
                _host.Log("room for " + clients.ToString() + " browsers at once");
                _host.Serving("tcp", server.LocalEndPoint);
                loop.Run();
                return 0;
            }
            finally
            {
                server.Close();
            }
        }

        // A board's pool is the firmware's choice, and nothing tells its size: it is tried once.
        private static int CountFreeSockets(int most)
        {
            Socket[] sockets = new Socket[most];
            int count = 0;
            try
            {
                while (count < most)
                {
                    sockets[count] = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    count++;
                }
            }
            catch (SocketException e)
            {
                if (e.Errno != Errno.ENFILE && e.Errno != Errno.EMFILE)
                {
                    throw;
                }
            }
            finally
            {
                for (int i = 0; i < count; i++)
                {
                    sockets[i].Close();
                }
            }

            return count;
        }

        private void OnError(object source, Exception error)
        {
            _host.Log(error.Message);
        }
    }
}
