namespace IoTNet
{
    /// <summary>Leads the events of connections to their users.</summary>
    internal static class ConnectionEvents
    {
        private static readonly ConnectionDataHandler s_data = OnData;
        private static readonly ConnectionHandler s_ended = OnEnded;
        private static readonly ConnectionHandler s_drain = OnDrain;
        private static readonly ConnectionErrorHandler s_error = OnError;
        private static readonly ConnectionClosedHandler s_closed = OnClosed;

        public static void Lead(Connection connection, IConnectionUser user)
        {
            connection.Tag = user;
            connection.Data += s_data;
            connection.Ended += s_ended;
            connection.Drain += s_drain;
            connection.Error += s_error;
            connection.Closed += s_closed;
        }

        private static void OnData(Connection connection, byte[] buffer, int offset, int count)
        {
            ((IConnectionUser)connection.Tag).OnData(buffer, offset, count);
        }

        private static void OnEnded(Connection connection)
        {
            ((IConnectionUser)connection.Tag).OnEnded();
        }

        private static void OnDrain(Connection connection)
        {
            ((IConnectionUser)connection.Tag).OnDrain();
        }

        private static void OnError(Connection connection, SocketException error)
        {
            ((IConnectionUser)connection.Tag).OnError(error);
        }

        private static void OnClosed(Connection connection, bool hadError)
        {
            ((IConnectionUser)connection.Tag).OnClosed();
        }
    }
}
