using System;

namespace IoTNet
{
    /// <summary>Takes a line of a log.</summary>
    /// <param name="line">The line, without its end.</param>
    public delegate void ConnectionLogLine(string line);

    /// <summary>A middleware that writes a line when a client comes and when it is gone.
    /// <code>
    /// server.Use(new ConnectionLog(Console.WriteLine).Note);
    /// </code>
    /// In front of the others it sees also those that they refuse. Each line allocates its text.</summary>
    public sealed class ConnectionLog
    {
        private readonly ConnectionLogLine _log;
        private readonly ConnectionClosedHandler _onClosed;

        /// <summary>Makes the middleware.</summary>
        /// <param name="log">Takes the lines.</param>
        /// <exception cref="ArgumentNullException">Nobody takes them.</exception>
        public ConnectionLog(ConnectionLogLine log)
        {
            _log = log ?? throw new ArgumentNullException(nameof(log));
            _onClosed = OnClosed;
        }

        /// <summary>The middleware.</summary>
        /// <param name="connection">The client.</param>
        /// <param name="next">What goes on.</param>
        public void Note(Connection connection, MiddlewareNext next)
        {
            // After the close there is no address any more.
            string name = connection.RemoteAddress ?? "a local client";
            connection.Attach(this, name);
            connection.Closed += _onClosed;
            _log(name + " connected");
            next(connection);
        }

        private void OnClosed(Connection connection, bool hadError)
        {
            _log((string)connection.GetAttached(this) + (hadError ? " failed" : " closed"));
        }
    }
}
