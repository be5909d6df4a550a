#if IOTNET_NO_WEBSOCKET
using System;

namespace IoTNet
{
    /// <summary>Stands in the signatures of a build without WebSocket; nobody calls one.</summary>
    /// <param name="upgrade">Nothing.</param>
    public delegate void UpgradeHandler(object upgrade);

    // A build without WebSocket: HTTP only.
    public sealed partial class WebSocketServer
    {
        /// <summary>How many WebSockets are connected; -1, as this build has none.</summary>
        public int ClientCount => -1;

        /// <summary>As <see cref="ClientCount"/>.</summary>
        /// <param name="request">The request of the client that asks.</param>
        /// <returns>-1.</returns>
        /// <exception cref="ArgumentNullException">No request was given.</exception>
        public int ClientCountFor(HttpRequest request)
        {
            return request == null ? throw new ArgumentNullException(nameof(request)) : -1;
        }

        private void Prepare(EventLoop loop, WebSocketServerOptions options)
        {
        }

        private bool Upgrades(string path, HttpRoute route)
        {
            return false;
        }

        private void TakeUpgrade(HttpConnection http, HttpRequest request, HttpResponse response, HttpRoute route)
        {
            Plain(response, 501, "This build has no WebSocket.");
        }
    }
}
#endif
