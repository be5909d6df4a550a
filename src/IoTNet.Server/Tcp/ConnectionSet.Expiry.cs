using System;

namespace IoTNet
{
    // The connections, and when the time of each is over: one timer for all of them. It is set for the first one that may end
    // and looks at all when it beats. A touch only notes the new time, and costs nothing else.
    internal sealed partial class ConnectionSet
    {
        /// <summary>How long the middleware have, in ms; -1 = for ever.</summary>
        public int JoiningMs = -1;

        /// <summary>How long the first byte may take, in ms; -1 = as long as the idle time.</summary>
        public int SilentMs = -1;

        /// <summary>How long nothing may happen, in ms; -1 = for ever.</summary>
        public readonly int IdleMs;

        private readonly LoopTimer _timer;
        private Connection[] _connections = new Connection[4];
        private int _count;

        // When the timer beats; the greatest number while it does not run.
        private long _beatMs = long.MaxValue;

        public void Add(Connection connection)
        {
            if (_count == _connections.Length)
            {
                Connection[] larger = new Connection[_count * 2];
                Array.Copy(_connections, 0, larger, 0, _count);
                _connections = larger;
            }

            _connections[_count++] = connection;
        }

        public void Remove(Connection connection)
        {
            // From the end: those that came last are the most likely to go.
            int index = _count - 1;
            while (_connections[index] != connection)
            {
                index--;
            }

            _connections[index] = _connections[--_count];
            _connections[_count] = null;
        }

        /// <summary>Gives a connection its whole time again.</summary>
        public void Restart(Connection connection, int timeoutMs)
        {
            long nowMs = Environment.TickCount64;
            connection.DueMs = timeoutMs < 0 ? long.MaxValue : nowMs + timeoutMs;
            SetTimer(connection.DueMs, nowMs);
        }

        /// <summary>Closes all, or those alone that the middleware have.</summary>
        public void CloseAll(bool joiningOnly)
        {
            // Downwards, as each that goes is replaced by the last one; a handler may close others, too.
            for (int i = _count - 1; i >= 0; i--)
            {
                if (i < _count && !(joiningOnly && _connections[i].IsOpen))
                {
                    _connections[i].CloseNow(false);
                }
            }
        }

        private void OnTimer(object state)
        {
            long nowMs = Environment.TickCount64;
            _beatMs = long.MaxValue;
            try
            {
                for (int i = _count - 1; i >= 0; i--)
                {
                    if (i < _count && _connections[i].DueMs <= nowMs)
                    {
                        // It leaves, also when a handler throws.
                        _connections[i].Expire();
                    }
                }
            }
            finally
            {
                long firstMs = long.MaxValue;
                for (int i = 0; i < _count; i++)
                {
                    long dueMs = _connections[i].DueMs;
                    firstMs = dueMs < firstMs ? dueMs : firstMs;
                }

                SetTimer(firstMs, nowMs);
            }
        }

        private void SetTimer(long dueMs, long nowMs)
        {
            if (dueMs < _beatMs && !Loop.IsStopping)
            {
                _beatMs = dueMs;
                _timer.Start(dueMs > nowMs ? (int)(dueMs - nowMs) : 0, 0);
            }
        }
    }
}
