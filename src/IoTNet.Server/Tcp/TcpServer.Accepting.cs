using System;

namespace IoTNet
{
    // From the backlog to the middleware.
    public sealed partial class TcpServer : ISocketWatcher
    {
        // A storm of clients keeps the connections waiting for as many.
        private const int AcceptsPerTurn = 16;

        // How long it waits for a free socket when no connection of its own gives one back.
        private const int RetryMs = 100;

        private readonly SocketWatch _watch;
        private readonly LoopTimer _retry;
        private int _lastFailure;
        private bool _exhausted;

        private bool Accepts =>
            !_closed && !_paused && !_exhausted && (_refuseAboveLimit || ConnectionCount < _maxConnections);

        void ISocketWatcher.OnReady(SocketWatch watch, PollEvents events)
        {
            if ((events & PollEvents.Nval) != 0)
            {
                // Somebody closed the socket itself.
                Close();
                return;
            }

            try
            {
                for (int i = 0; i < AcceptsPerTurn && Accepts; i++)
                {
                    int result = _listener.TryAccept(0, out Socket socket);
                    if (result < 0)
                    {
                        AcceptFailed(result);
                        return;
                    }

                    _lastFailure = 0;
                    Admit(socket);
                }
            }
            finally
            {
                UpdateEvents();
            }
        }

        /// <summary>Tells of an exception that a handler threw.</summary>
        /// <returns>False when nobody listens.</returns>
        internal bool Report(object source, Exception error)
        {
            Error?.Invoke(source, error);
            return Error != null;
        }

        /// <summary>Tells that a client is refused, and closes it.</summary>
        internal void Refuse(Connection connection, Exception reason)
        {
            try
            {
                Refused?.Invoke(connection, reason);
            }
            finally
            {
                connection.CloseNow(true);
            }
        }

        internal void OnConnectionClosed()
        {
            ConnectionCount--;
            _exhausted = false;
            UpdateEvents();
        }

        private void Admit(Socket socket)
        {
            Connection connection = new Connection(_set, socket);
            bool isAboveLimit = ConnectionCount >= _maxConnections;
            ConnectionCount++;
            try
            {
                if (isAboveLimit)
                {
                    Refuse(connection, new InvalidOperationException("All " + _maxConnections.ToString() +
                        " connections are in use: TcpServerOptions.MaxConnections."));
                    return;
                }

                _set.Configure(socket);
                Pass(connection);
                connection.Watch();
            }
            catch (Exception e)
            {
                if (!connection.Crash(e))
                {
                    throw;
                }
            }
        }

        private void AcceptFailed(int result)
        {
            switch ((Errno)(-result))
            {
                case Errno.EAGAIN:
                case Errno.EINTR:
                case Errno.EBADF:
                case Errno.ECONNABORTED:
                    // Nobody there, closing, or gone again before it was taken: the next look knows.
                    return;
            }

            // The client stays in the backlog and the listener ready: asking again at once would keep the processor busy until
            // a socket is free.
            _exhausted = true;
            if (!_loop.IsStopping)
            {
                _retry.Start(RetryMs, 0);
            }

            if (result != _lastFailure)
            {
                _lastFailure = result;
                Report(this, TcpFailure.Of((Errno)(-result), "accept on " + _listener.ToString() +
                    (result == -(int)Errno.ENFILE ? " (" + _listener.Stack.DescribeExhaustion() + ")" : "")));
            }
        }

        private void OnRetry(object state)
        {
            _exhausted = false;
            UpdateEvents();
        }

        private void UpdateEvents()
        {
            if (!_closed)
            {
                _watch.Events = Accepts ? PollEvents.In : PollEvents.None;
            }
        }
    }
}
