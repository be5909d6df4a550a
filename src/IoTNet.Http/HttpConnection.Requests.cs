using System;

namespace IoTNet
{
    // From bytes to requests, and back.
    internal sealed partial class HttpConnection
    {
        // How long a client that was told of its last answer may keep the connection.
        private const int EndTimeoutMs = 2000;

        private static readonly byte[] s_continue = System.Text.Encoding.UTF8.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");

        // Between two requests.
        private bool _idle;

        // How much of a head that is not whole has been looked at.
        private int _looked;

        // The request whose body is coming.
        private HttpRequest _request;
        private byte[] _body;
        private int _bodyCount;
        private int _bodyLength;

        // What is left to write of an answer.
        private byte[] _output;
        private int _outputStart;
        private int _outputEnd;
        private byte[] _rest;
        private int _restStart;
        private int _restEnd;

        /// <summary>Writes an answer: its beginning, which is the connection's, and the rest of its body.</summary>
        public void Answer(byte[] first, byte[] rest, int offset, int count)
        {
            _output = first;
            _outputStart = 0;
            _outputEnd = first.Length;
            _rest = rest;
            _restStart = offset;
            _restEnd = offset + count;
            WriteBody();
        }

        /// <summary>Answers what is no request, and ends the connection.</summary>
        public void Refuse(int status)
        {
            _timer.Stop();
            _request = null;
            _response = new HttpResponse(this, null) { IsLast = true };
            _response.Send(status, "text/plain", status.ToString() + " " + HttpStatus.Words(status) + "\n");
        }

        private int TakeHead(byte[] buffer, int start, int end)
        {
            // RFC 9112 2.2: an empty line before a request is none.
            while (start < end && _looked == 0 && (buffer[start] == '\r' || buffer[start] == '\n'))
            {
                start++;
            }

            if (start == end)
            {
                return start;
            }

            if (_idle)
            {
                _idle = false;
                Limit(_settings.HeadTimeoutMs);
            }

            int headEnd = HttpHead.FindEnd(buffer, start, end, ref _looked);
            if (headEnd < 0 || (headEnd == 0 ? end : headEnd) - start > _settings.MaxHeadBytes)
            {
                Refuse(headEnd < 0 ? 400 : 431);
                return end;
            }

            if (headEnd == 0)
            {
                return start;
            }

            _looked = 0;
            HttpRequest request = HttpRequest.Read(buffer, start, headEnd, _settings.MaxHeaders, Connection, out int status);
            int length = status == 0 ? BodyLength(request, out status) : 0;
            if (status != 0)
            {
                Refuse(status);
                return end;
            }

            if (length == 0)
            {
                Dispatch(request, null, 0, 0);
                return headEnd;
            }

            _request = request;
            _bodyLength = length;
            _bodyCount = 0;
            Limit(_settings.BodyTimeoutMs);
            if (headEnd == end && Ascii.AreSame(request.GetHeader("Expect") ?? "", "100-continue"))
            {
                Connection.TryWrite(s_continue, 0, s_continue.Length);
            }

            return headEnd;
        }

        private int TakeBody(byte[] buffer, int start, int end)
        {
            int count = end - start < _bodyLength - _bodyCount ? end - start : _bodyLength - _bodyCount;
            HttpRequest request = _request;
            if (_bodyCount == 0 && count == _bodyLength)
            {
                _request = null;
                Dispatch(request, buffer, start, count);
                return start + count;
            }

            if (_body == null || _bodyCount + count > _body.Length)
            {
                // As much as has come, and as much again: a length that is only claimed takes no memory.
                int size = (_bodyCount + count) * 2;
                byte[] larger = new byte[size < _bodyLength ? size : _bodyLength];
                if (_bodyCount > 0)
                {
                    Array.Copy(_body, 0, larger, 0, _bodyCount);
                }

                _body = larger;
            }

            Array.Copy(buffer, start, _body, _bodyCount, count);
            _bodyCount += count;
            if (_bodyCount == _bodyLength)
            {
                byte[] body = _body;
                _body = null;
                _request = null;
                Dispatch(request, body, 0, _bodyLength);
            }

            return start + count;
        }

        private int BodyLength(HttpRequest request, out int status)
        {
            string length = request.GetHeader("Content-Length");
            status = 0;
            if (request.GetHeader("Transfer-Encoding") != null)
            {
                // RFC 9112 6.3: both is an attempt to smuggle; RFC 9110 15.5.12: a length is asked for.
                status = length != null ? 400 : 411;
                return 0;
            }

            if (length == null)
            {
                return 0;
            }

            long value = 0;
            for (int i = 0; i < length.Length; i++)
            {
                if (length[i] < '0' || length[i] > '9' || length.Length > 15)
                {
                    status = 400;
                    return 0;
                }

                value = (value * 10) + (length[i] - '0');
            }

            status = length.Length == 0 ? 400 : value > _settings.MaxBodyBytes ? 413 : 0;
            return (int)value;
        }

        private void Dispatch(HttpRequest request, byte[] body, int offset, int count)
        {
            _timer.Stop();
            request.Body = body;
            request.BodyOffset = offset;
            request.BodyCount = count;
            _response = new HttpResponse(this, request) { IsLast = !request.KeepsAlive || _settings.KeepAliveMs == 0 };
            try
            {
                _settings.Owner.OnRequest(this, request, _response);
            }
            finally
            {
                request.Body = null;
            }
        }

        private void WriteBody()
        {
            while (_output != null && !Connection.IsClosed)
            {
                int room = _settings.MaxBufferedBytes - Connection.BufferedBytes;
                int part = _outputEnd - _outputStart < room ? _outputEnd - _outputStart : room;
                int result = part == 0 ? 0 : Connection.TryWrite(_output, _outputStart, part);
                if (result < 0)
                {
                    // The connection fails: it will say so.
                    _output = null;
                    return;
                }

                _outputStart += part;
                if (_outputStart == _outputEnd)
                {
                    _output = _restEnd > _restStart ? _rest : null;
                    _outputStart = _restStart;
                    _outputEnd = _restEnd;
                    _rest = null;
                    _restStart = _restEnd = 0;
                }

                if (result == 0 && _output != null)
                {
                    // Drain goes on.
                    return;
                }
            }

            if (_response != null && _response.IsSent && !Connection.IsClosed)
            {
                Finish();
            }
        }

        private void Finish()
        {
            HttpResponse response = _response;
            _response = null;
            _idle = true;
            if (response.IsLast)
            {
                // Bytes that nobody reads make a close a reset, which may overtake the answer: they are read until the peer
                // closes, too.
                _over = true;
                _kept = null;
                Limit(EndTimeoutMs);
                Connection.End();
                response.Complete();
                return;
            }

            Limit(_settings.KeepAliveMs);
            response.Complete();
            if (!_running && !Connection.IsClosed)
            {
                RunKept();
                if (_response == null && !_over && Connection.IsPaused)
                {
                    Connection.Resume();
                }
            }
        }

        private void OnTimer(object state)
        {
            if (_over || _idle || _response != null)
            {
                Connection.Close();
            }
            else
            {
                Refuse(408);
            }
        }
    }
}
