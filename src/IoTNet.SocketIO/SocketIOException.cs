namespace IoTNet
{
    /// <summary>A server refuses a client's connect to a namespace: what middleware says, and what a client gets as
    /// connect_error.</summary>
    public sealed class SocketIOException : SocketException
    {
        /// <summary>Makes it without details.</summary>
        /// <param name="message">Why, for the client.</param>
        public SocketIOException(string message)
            : this(message, null)
        {
        }

        /// <summary>Makes it.</summary>
        /// <param name="message">Why, for the client.</param>
        /// <param name="details">More for the client, as <see cref="Json.WriteValue"/> takes it; the <c>data</c> of socket.io's
        /// error. Null = none.</param>
        public SocketIOException(string message, object details)
            : base(Errno.ECONNREFUSED, message)
        {
            Details = details;
        }

        /// <summary>More for the client, as a tree; null when there is none.</summary>
        public object Details { get; }
    }
}
