namespace IoTNet
{
    /// <summary>Who is told of a connection. Connections of one server mostly have equal handlers, and share one object of these
    /// (<see cref="ConnectionSet.Share"/>), which never changes: five delegates cost a connection one reference.</summary>
    internal sealed class HandlerSet
    {
        public ConnectionDataHandler Data;

        public ConnectionHandler Ended;

        public ConnectionHandler Drain;

        public ConnectionErrorHandler Error;

        public ConnectionClosedHandler Closed;

        public void CopyFrom(HandlerSet other)
        {
            Data = other.Data;
            Ended = other.Ended;
            Drain = other.Drain;
            Error = other.Error;
            Closed = other.Closed;
        }

        // Equal delegates, too: each "+= OnData" makes one of its own.
        public bool IsLike(HandlerSet other)
        {
            return Data == other.Data && Closed == other.Closed && Ended == other.Ended && Drain == other.Drain && Error == other.Error;
        }
    }
}
