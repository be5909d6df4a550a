namespace IoTNet
{
    /// <summary>One event of a <see cref="SocketMonitor"/>.</summary>
    public sealed class SocketEvent
    {
        internal SocketEvent(SocketEventKind kind, string endpoint, int value, string detail)
        {
            Kind = kind;
            Endpoint = endpoint;
            Value = value;
            Detail = detail;
        }

        /// <summary>What happened.</summary>
        public SocketEventKind Kind { get; }

        /// <summary>Where: the endpoint that was bound, or connected to.</summary>
        public string Endpoint { get; }

        /// <summary>For <see cref="SocketEventKind.ConnectRetried"/> the wait in ms; else 0.</summary>
        public int Value { get; }

        /// <summary>For people: why, or who.</summary>
        public string Detail { get; }

        /// <summary>The event in one line.</summary>
        /// <returns>Kind, endpoint, value, detail.</returns>
        public override string ToString()
        {
            return Names[(int)Kind] + " " + Endpoint + (Value == 0 ? "" : " in " + Value.ToString() + " ms") + (Detail.Length == 0 ? "" : ": " + Detail);
        }

        // Names of enum members are not there on a device.
        private static readonly string[] Names =
        {
            "listening", "accepted", "connected", "connect retried", "handshake succeeded", "handshake failed", "disconnected", "closed",
            "monitor stopped",
        };
    }
}
