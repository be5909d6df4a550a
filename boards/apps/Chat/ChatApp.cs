using System;

namespace IoTNet.Apps
{
    /// <summary>The chat as an app.</summary>
    public sealed class ChatApp : IApp
    {
        private readonly object _lock = new object();
        private EventLoop _loop;
        private bool _stopped;

        /// <inheritdoc/>
        public string Name => "Chat";

        /// <inheritdoc/>
        public string Description => "A chat by lines over TCP, for netcat and telnet; port 7000 unless told otherwise.";

        /// <inheritdoc/>
        public string Usage => "[clients=8]   how many may be there at once";

        /// <inheritdoc/>
        public int Run(IAppHost host)
        {
            ChatOptions options;
            try
            {
                options = ChatOptions.Read(host);
            }
            catch (ArgumentException e)
            {
                host.Log(e.Message);
                return 2;
            }

            EventLoop loop = new EventLoop();
            lock (_lock)
            {
                _loop = loop;
            }

            try
            {
                return Serve(loop, options, host);
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

        private int Serve(EventLoop loop, ChatOptions options, IAppHost host)
        {
            lock (_lock)
            {
                if (_stopped)
                {
                    return 0;
                }
            }

            ChatServer server;
            try
            {
                server = new ChatServer(loop, options, host.Log);
            }
            catch (ObjectDisposedException)
            {
                // Stopped meanwhile.
                return 0;
            }

            try
            {
                host.Serving("tcp", server.LocalEndPoint);
                loop.Run();
                return 0;
            }
            finally
            {
                server.Close();
            }
        }
    }
}
