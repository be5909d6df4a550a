namespace IoTNet
{
    /// <summary>A filter's way to both sides of its connection, on the loop's thread. After the connection's close its calls do
    /// nothing.</summary>
    public sealed class FilterPort
    {
        internal FilterPort(Connection connection)
        {
            Connection = connection;
        }

        /// <summary>The connection.</summary>
        public Connection Connection { get; }

        /// <summary>Gives the program bytes. Before the middleware have let the connection pass nobody takes them.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        public void Deliver(byte[] buffer, int offset, int count)
        {
            Connection.Deliver(buffer, offset, count);
        }

        /// <summary>Tells the program that the peer has ended its half.</summary>
        public void DeliverEnd()
        {
            if (!Connection.IsClosed)
            {
                Connection.DeliverEnd();
            }
        }

        /// <summary>Gives the socket bytes: at once what it takes, the rest is kept, above MaxBufferedBytes, too, as the program's
        /// bytes were counted before the filter made them longer.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        public void Send(byte[] buffer, int offset, int count)
        {
            Connection.Send(buffer, offset, count);
        }

        /// <summary>Fails the connection.</summary>
        /// <param name="error">Why: EPROTO for what the peer sent.</param>
        /// <param name="what">What was tried: "shake hands on ".</param>
        public void Fail(Errno error, string what)
        {
            if (!Connection.IsClosed)
            {
                Connection.Fail(error, what);
            }
        }
    }
}
