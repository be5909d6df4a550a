using System;

namespace IoTNet
{
    /// <summary>Connections that all have the same time, so that the order in which they entered or were last touched is the one
    /// in which it ends: one timer serves any number of them, and a touch is a move to the end.</summary>
    internal sealed class ExpiryList
    {
        private readonly EventLoop _loop;
        private readonly int _timeoutMs;
        private readonly LoopTimer _timer;
        private Connection _first;
        private Connection _last;

        // A timeout of -1 = for ever: a list only.
        public ExpiryList(EventLoop loop, int timeoutMs)
        {
            _loop = loop;
            _timeoutMs = timeoutMs;
            _timer = new LoopTimer(loop, OnTimer, null);
        }

        /// <summary>The one that has been here longest without a touch.</summary>
        public Connection First => _first;

        /// <summary>Moves a connection here, out of the list that it is in.</summary>
        public void Take(Connection connection)
        {
            connection.List?.Remove(connection);
            connection.List = this;
            Append(connection);
            if (_timeoutMs >= 0 && !_timer.IsRunning && !_loop.IsStopping)
            {
                _timer.Start(_timeoutMs, 0);
            }
        }

        /// <summary>Gives a connection of this list its whole time again.</summary>
        public void Touch(Connection connection)
        {
            if (_timeoutMs >= 0)
            {
                Unlink(connection);
                Append(connection);
            }
        }

        public void Remove(Connection connection)
        {
            Unlink(connection);
            connection.List = null;
        }

        private void Append(Connection connection)
        {
            // The timer is not moved: when it finds that nobody is due, it waits for the one that is next.
            connection.DueMs = _timeoutMs < 0 ? long.MaxValue : Environment.TickCount64 + _timeoutMs;
            connection.Before = _last;
            if (_last == null)
            {
                _first = connection;
            }
            else
            {
                _last.After = connection;
            }

            _last = connection;
        }

        private void Unlink(Connection connection)
        {
            if (connection.Before == null)
            {
                _first = connection.After;
            }
            else
            {
                connection.Before.After = connection.After;
            }

            if (connection.After == null)
            {
                _last = connection.Before;
            }
            else
            {
                connection.After.Before = connection.Before;
            }

            connection.Before = null;
            connection.After = null;
        }

        private void OnTimer(object state)
        {
            long nowMs = Environment.TickCount64;
            try
            {
                while (_first != null && _first.DueMs <= nowMs)
                {
                    // It leaves the list, also when a handler throws.
                    _first.Expire();
                }
            }
            finally
            {
                if (_first != null && !_loop.IsStopping)
                {
                    long leftMs = _first.DueMs - nowMs;
                    _timer.Start(leftMs > 0 ? (int)leftMs : 0, 0);
                }
            }
        }
    }
}
