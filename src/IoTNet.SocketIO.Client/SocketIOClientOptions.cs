using System;

namespace IoTNet
{
    /// <summary>The limits and wishes of a <see cref="SocketIOManager"/>, read when it is made.</summary>
    public sealed class SocketIOClientOptions : SocketIOOptions
    {
        /// <summary>The WebSocket below: headers, authorization, TLS, limits. Its ConnectTimeoutMs is
        /// <see cref="TimeoutMs"/>.</summary>
        public WebSocketClientOptions WebSocket { get; } = new WebSocketClientOptions();

        /// <summary>What the server gets as <c>auth</c>, as <see cref="Json.WriteValue"/> takes it: a
        /// <see cref="System.Collections.Hashtable"/>; null, the default, = nothing. <see cref="SocketIOClient.Auth"/> changes it
        /// later.</summary>
        public object Auth { get; set; }

        /// <summary>More of the query, encoded: <c>token=abc&amp;v=2</c>; null, the default, = none.</summary>
        public string Query { get; set; }

        /// <summary>Whether it connects again when the connection was lost or could not be made. Default true.</summary>
        public bool Reconnection { get; set; } = true;

        /// <summary>After how many attempts it gives up, 1 or more; -1, the default, = never.</summary>
        public int ReconnectionAttempts { get; set; } = -1;

        /// <summary>How long it waits before the first attempt, in ms, 1 or more; each further one waits twice as long. Default
        /// 1,000, as socket.io's. Too short: many clients, all at once, keep a server that has just come up from its
        /// work.</summary>
        public int ReconnectionDelayMs { get; set; } = 1000;

        /// <summary>The longest wait, in ms, 1 or more. Default 5,000, as socket.io's.</summary>
        public int ReconnectionDelayMaxMs { get; set; } = 5000;

        /// <summary>By how much a wait differs at random, in percent of it, 0 to 100. Default 50, as socket.io's. 0: all clients that
        /// lost the same server come back in the same moment.</summary>
        public int RandomizationPercent { get; set; } = 50;

        /// <summary>How long it may take to connect, in ms, 1 or more. Default 20,000, as socket.io's.</summary>
        public int TimeoutMs { get; set; } = 20000;

        /// <summary>How many events are kept while a socket is not connected, 0 or more. Default 1,000; on a device 16. Beyond it Emit
        /// throws ENOBUFS. Too large: memory, and a burst after the connect.</summary>
        public int MaxBufferedEvents { get; set; } = SocketIODefaults.MaxBufferedEvents;

        internal override void Check()
        {
            base.Check();
            CheckRange(ReconnectionDelayMs, 1, int.MaxValue / 4, nameof(ReconnectionDelayMs));
            CheckRange(ReconnectionDelayMaxMs, 1, int.MaxValue / 4, nameof(ReconnectionDelayMaxMs));
            CheckRange(RandomizationPercent, 0, 100, nameof(RandomizationPercent));
            CheckRange(TimeoutMs, 1, int.MaxValue, nameof(TimeoutMs));
            CheckRange(MaxBufferedEvents, 0, int.MaxValue, nameof(MaxBufferedEvents));
            if (ReconnectionAttempts == 0 || ReconnectionAttempts < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(ReconnectionAttempts), "Expected 1 or more, or -1, not " +
                    ReconnectionAttempts.ToString() + ".");
            }
        }
    }
}
