using System;

namespace IoTNet
{
    /// <summary>The limits and rules of a <see cref="WebSocketServer"/>, read when it is made.</summary>
    public sealed class WebSocketServerOptions : HttpServerOptions
    {
        /// <summary>The limits of its WebSockets. A message longer than <see cref="ConnectionOptions.MaxBufferedBytes"/> of
        /// <see cref="HttpServerOptions.Tcp"/> cannot be sent in one frame.</summary>
        public WebSocketOptions Sockets { get; } = new WebSocketOptions();

        /// <summary>The path on which the server itself accepts WebSockets (<see cref="WebSocketServer.Connection"/>), without the
        /// query: <c>/live</c>; null, the default, = every path that no route has.</summary>
        public string Path { get; set; }

        /// <summary>The subprotocols that the server speaks, the best first; null, the default, = none. The first one that the client
        /// offers is taken; with none in common the WebSocket has none, and the client decides whether it stays.</summary>
        public string[] Protocols { get; set; }

        /// <summary>The origins from which a browser's page may open a WebSocket: <c>http://board.local</c>, <c>null</c> for files; null,
        /// the default, = all. Null: any page that a user of this network opens may use the board in the user's name. Clients
        /// that are no browsers send none, and pass.</summary>
        public string[] Origins { get; set; }

        internal override void Check()
        {
            base.Check();
            Sockets.Check();
            for (int i = 0; Protocols != null && i < Protocols.Length; i++)
            {
                if (!Ascii.IsToken(Protocols[i]))
                {
                    throw new ArgumentException("Expected a subprotocol, a token, not \"" + Protocols[i] + "\".", "options");
                }
            }
        }
    }
}
