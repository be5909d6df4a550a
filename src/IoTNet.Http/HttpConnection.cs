// RFC 9112: a server's side of a connection, one request after the other.
using System;

namespace IoTNet
{
    /// <summary>Reads requests, waits for their answers, and keeps what comes meanwhile. Bounded in bytes and in time: a client
    /// that sends its head a byte at a time has as long for it as any other.</summary>
    internal sealed partial class HttpConnection : IConnectionUser
    {
        private readonly HttpSettings _settings;
        private readonly LoopTimer _timer;

        // The answer that is due; null while none is.
        private HttpResponse _response;

        // Bytes that wait: a part of a head, or what came behind a request that has no answer yet.
        private byte[] _kept;
        private int _keptStart;
        private int _keptEnd;
        private bool _running;

        // Ending, or another protocol's: bytes are nobody's any more.
        private bool _over;

        public HttpConnection(HttpSettings settings, Connection connection)
        {
            _settings = settings;
            Connection = connection;
            _timer = new LoopTimer(settings.Loop, OnTimer, null);
            Limit(settings.HeadTimeoutMs);
            ConnectionEvents.Lead(connection, this);
        }

        public Connection Connection { get; }

        /// <summary>Whether the bytes that came with the last request are still to be looked at by the caller.</summary>
        public bool IsRunning => _running;

        public void OnData(byte[] buffer, int offset, int count)
        {
            if (_over)
            {
                return;
            }

            if (_kept == null && _response == null)
            {
                int at = Run(buffer, offset, offset + count);
                count -= at - offset;
                offset = at;
                if (HandOver(buffer, offset, count) || count == 0)
                {
                    return;
                }
            }

            bool wasEmpty = _kept == null;
            Keep(buffer, offset, count);
            if (!wasEmpty)
            {
                RunKept();
            }

            if (_response != null && _keptEnd - _keptStart >= _settings.MaxHeadBytes)
            {
                // Requests without waiting for answers: as many as fit, the others wait in the stack.
                Connection.Pause();
            }
        }

        public void OnEnded()
        {
            // An answer that is on its way still has what the connection sends of it.
            if (_response != null && !_response.IsSent)
            {
                _response.Abort();
            }
        }

        public void OnDrain()
        {
            WriteBody();
        }

        public void OnError(SocketException error)
        {
        }

        public void OnClosed()
        {
            _over = true;
            _timer.Stop();
            _kept = null;
            HttpResponse response = _response;
            _response = null;
            try
            {
                response?.Abort();
            }
            finally
            {
                _settings.Owner.OnClosed(this);
            }
        }

        /// <summary>Gives the connection to another protocol: no event comes here any more.</summary>
        /// <param name="user">Takes what follows the request: within the data event that brought it, or, when that is over, from
        /// <paramref name="kept"/>.</param>
        public void Leave(IConnectionUser user, out byte[] kept, out int start, out int count)
        {
            _over = true;
            _timer.Stop();
            _response.Leave();
            _response = null;
            kept = _running ? null : _kept;
            start = _keptStart;
            count = _keptEnd - _keptStart;
            Connection.Tag = user;
            if (Connection.IsPaused)
            {
                Connection.Resume();
            }
        }

        private bool HandOver(byte[] buffer, int offset, int count)
        {
            if (!_over)
            {
                return false;
            }

            // RFC 6455 4.1: the client waits for the answer before it sends frames; one that knows better loses nothing.
            IConnectionUser user = (IConnectionUser)Connection.Tag;
            if (user != this && count > 0 && !Connection.IsClosed)
            {
                user.OnData(buffer, offset, count);
            }

            return true;
        }

        // One request after the other, until bytes or an answer are missing; gives the place of what is left.
        private int Run(byte[] buffer, int start, int end)
        {
            _running = true;
            try
            {
                while (start < end && !_over && _response == null)
                {
                    int next = _request != null ? TakeBody(buffer, start, end) : TakeHead(buffer, start, end);
                    if (next == start)
                    {
                        break;
                    }

                    start = next;
                }

                return start;
            }
            finally
            {
                _running = false;
            }
        }

        private void RunKept()
        {
            if (_kept == null || _over || _response != null)
            {
                return;
            }

            byte[] kept = _kept;
            int end = _keptEnd;
            _keptStart = Run(kept, _keptStart, end);
            if (HandOver(kept, _keptStart, end - _keptStart) || _keptStart == end)
            {
                _kept = null;
                _keptStart = _keptEnd = 0;
            }
        }

        private void Keep(byte[] buffer, int offset, int count)
        {
            int held = _keptEnd - _keptStart;
            if (_kept == null || _keptEnd + count > _kept.Length)
            {
                byte[] larger = new byte[held + count + held];
                if (held > 0)
                {
                    Array.Copy(_kept, _keptStart, larger, 0, held);
                }

                _kept = larger;
                _keptStart = 0;
                _keptEnd = held;
            }

            Array.Copy(buffer, offset, _kept, _keptEnd, count);
            _keptEnd += count;
        }

        private void Limit(int timeMs)
        {
            if (timeMs < 0 || _settings.Loop.IsStopping)
            {
                _timer.Stop();
            }
            else
            {
                _timer.Start(timeMs, 0);
            }
        }
    }
}
