using System;

namespace IoTNet
{
    /// <summary>A middleware in its place in a server's chain.</summary>
    internal sealed class MiddlewareStep
    {
        private readonly TcpServer _server;
        private readonly Middleware _middleware;
        private readonly MiddlewareNext _next;
        private readonly int _stage;

        public MiddlewareStep(TcpServer server, Middleware middleware, int stage)
        {
            _server = server;
            _middleware = middleware;
            _stage = stage;
            // Made once: a client costs no delegate of its own.
            _next = Next;
        }

        public void Call(Connection connection)
        {
            _middleware(connection, _next);
        }

        private void Next(Connection connection, Exception reason)
        {
            if (connection.Stage == _stage)
            {
                _server.Pass(connection, reason);
            }
        }
    }
}
