namespace IoTNet
{
    /// <summary>What happened to a connection or an endpoint of a message socket (zmq_socket_monitor).</summary>
    public enum SocketEventKind
    {
        /// <summary>An endpoint was bound.</summary>
        Listening,

        /// <summary>A peer connected; its handshake begins.</summary>
        Accepted,

        /// <summary>A connect succeeded; the handshake begins.</summary>
        Connected,

        /// <summary>There is no connection, and the next try comes in the event's value in ms; the detail says why.</summary>
        ConnectRetried,

        /// <summary>Messages may go.</summary>
        HandshakeSucceeded,

        /// <summary>The peer is none of ours, or one of both refused; the detail says why.</summary>
        HandshakeFailed,

        /// <summary>A connection that worked is over; the detail says why.</summary>
        Disconnected,

        /// <summary>An endpoint, or a connection that is not tried again, is closed.</summary>
        Closed,

        /// <summary>The monitor gets nothing more: the socket was closed, or has another monitor.</summary>
        MonitorStopped,
    }
}
