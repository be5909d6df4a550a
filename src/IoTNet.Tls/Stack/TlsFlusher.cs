using System.Collections;
using System.Threading;

namespace IoTNet
{
    /// <summary>Sends what was accepted and is stuck, of sockets that nobody waits on: those that were closed, and those whose
    /// owner does not come back. A thread of its own, which ends when there is nothing left to send.</summary>
    internal sealed class TlsFlusher
    {
        // How long a look for those whose time is over can be late.
        private const int LookMs = 1000;

        private readonly TlsStack _stack;
        private readonly ArrayList _sessions = new ArrayList();
        private readonly int[] _keys = new int[8];
        private readonly int[] _seen = new int[8];
        private ISelector _selector;
        private bool _isRunning;

        public TlsFlusher(TlsStack stack)
        {
            _stack = stack;
        }

        /// <summary>How many sockets were closed and are still here.</summary>
        public int ClosingCount
        {
            get
            {
                int count = 0;
                lock (_sessions)
                {
                    for (int i = 0; i < _sessions.Count; i++)
                    {
                        count += ((TlsSession)_sessions[i]).IsClosed ? 1 : 0;
                    }
                }

                return count;
            }
        }

        /// <summary>Takes a session on; nothing happens when it has it.</summary>
        public void Add(TlsSession session)
        {
            lock (_sessions)
            {
                if (!_sessions.Contains(session))
                {
                    _sessions.Add(session);
                }

                if (_isRunning)
                {
                    _selector.Wake();
                    return;
                }

                _selector = _selector ?? Selectors.Open(_stack.Inner);
                _isRunning = true;
            }

            new Thread(Run).Start();
        }

        private void Run()
        {
            while (true)
            {
                int next = 0;
                TlsSession session;
                while ((session = SessionAt(next)) != null)
                {
                    if (session.FlushStep())
                    {
                        Remove(session);
                    }
                    else if (_selector.Watch(session.Handle, PollEvents.Out, true, 0) < 0)
                    {
                        // The stack has ended.
                        Remove(session);
                    }
                    else
                    {
                        next++;
                    }
                }

                lock (_sessions)
                {
                    if (_sessions.Count == 0)
                    {
                        _isRunning = false;
                        return;
                    }
                }

                if (_selector.Wait(_keys, _seen, LookMs) < 0)
                {
                    Thread.Sleep(LookMs);
                }
            }
        }

        private TlsSession SessionAt(int index)
        {
            lock (_sessions)
            {
                return index < _sessions.Count ? (TlsSession)_sessions[index] : null;
            }
        }

        private void Remove(TlsSession session)
        {
            bool isClosed = session.IsClosed;
            _selector.Unwatch(session.Handle);
            if (isClosed)
            {
                _stack.FinishClose(session);
            }

            lock (_sessions)
            {
                if (session.IsClosed != isClosed)
                {
                    // Closed since: that found the session still here.
                    return;
                }

                _sessions.Remove(session);
            }

            // What its owner sent since the last look was not taken on again, as the session was still here.
            if (!isClosed && !session.FlushStep())
            {
                Add(session);
            }
        }
    }
}
