// RFC 6455 4.1: the client's handshake.
using System;
using System.Text;

namespace IoTNet
{
    /// <summary>A connect that goes on (<see cref="WebSocketClient.Connect"/>).</summary>
    public sealed class PendingWebSocket : IConnectionUser
    {
        private readonly EventLoop _loop;
        private readonly string _uri;
        private readonly WebSocketUri _parsed;
        private readonly WebSocketClientOptions _options;
        private readonly WebSocketConnectHandler _handler;
        private readonly WebSocketSet _set;
        private readonly LoopTimer _timer;
        private readonly int _maxHeadBytes;
        private readonly string _key = HandshakeKey.Make();
        private readonly byte[] _request;
        private PendingConnect _connecting;
        private Connection _connection;
        private bool _over;

        // The answer as far as it has come.
        private byte[] _head;
        private int _headCount;
        private int _looked;

        internal PendingWebSocket(EventLoop loop, string uri, WebSocketClientOptions options, WebSocketConnectHandler handler)
        {
            _loop = loop ?? throw new ArgumentNullException(nameof(loop));
            _uri = uri;
            _parsed = WebSocketUri.Parse(uri);
            _options = options ?? throw new ArgumentNullException(nameof(options));
            _handler = handler ?? throw new ArgumentNullException(nameof(handler));
            options.Check();
            if (_parsed.IsSecure && options.Security == null)
            {
                throw new SocketException(Errno.EPROTONOSUPPORT, "connect to " + uri + ": there is no WebSocketClientOptions.Security");
            }

            _maxHeadBytes = options.MaxHeadBytes;
            _request = Encoding.UTF8.GetBytes(RequestText());
            _set = new WebSocketSet(loop, options, options.Connection);
            _timer = new LoopTimer(loop, OnTimer, null);
        }

        /// <summary>Gives it up: the handler is not called any more. After its end this does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Cancel()
        {
            if (!_over)
            {
                End();
                _connection?.Close();
            }
        }

        internal void Begin()
        {
            ISocketSecurity security = _parsed.IsSecure ? _options.Security : null;
            _connecting = new TcpConnector(_loop, _options.Connection, security).Connect(_parsed.Tcp, _options.ConnectTimeoutMs, OnConnected);
            _timer.Start(_options.ConnectTimeoutMs, 0);
        }

        void IConnectionUser.OnData(byte[] buffer, int offset, int count)
        {
            if (_over)
            {
                return;
            }

            byte[] head = buffer;
            int start = offset;
            int end = offset + count;
            if (_head != null)
            {
                Keep(buffer, offset, count);
                head = _head;
                start = 0;
                end = _headCount;
            }

            int headEnd = HttpHead.FindEnd(head, start, end, ref _looked);
            if (headEnd < 0 || (headEnd == 0 ? end : headEnd) - start > _maxHeadBytes)
            {
                Refuse(0, headEnd < 0 ? "the answer is no HTTP" : "the head of the answer is longer than " + _maxHeadBytes.ToString() +
                    " bytes");
            }
            else if (headEnd > 0)
            {
                TakeAnswer(head, start, headEnd, end);
            }
            else if (_head == null)
            {
                Keep(buffer, offset, count);
            }
        }

        void IConnectionUser.OnEnded()
        {
        }

        void IConnectionUser.OnDrain()
        {
        }

        void IConnectionUser.OnError(SocketException error)
        {
            Fail(error);
        }

        void IConnectionUser.OnClosed()
        {
            Fail(new SocketException(Errno.ECONNRESET, "connect to " + _uri + ": the server ended the connection before its answer"));
        }

        private string RequestText()
        {
            string text = "GET " + _parsed.Target + " HTTP/1.1\r\nHost: " + _parsed.Host +
                "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + _key + "\r\nSec-WebSocket-Version: 13\r\n";
            if (_options.Protocols != null && _options.Protocols.Length > 0)
            {
                text += "Sec-WebSocket-Protocol: ";
                for (int i = 0; i < _options.Protocols.Length; i++)
                {
                    if (!Ascii.IsToken(_options.Protocols[i]))
                    {
                        throw new ArgumentException("Expected a subprotocol, a token, not \"" + _options.Protocols[i] + "\".", "options");
                    }

                    text += (i > 0 ? ", " : "") + _options.Protocols[i];
                }

                text += "\r\n";
            }

            text += _options.Compressor == null ? "" : "Sec-WebSocket-Extensions: " + DeflateOffer.Text + "\r\n";
            text += _options.Origin == null ? "" : HttpHeader.Line("Origin", _options.Origin);
            text += _options.Authorization == null ? "" : HttpHeader.Line("Authorization", _options.Authorization);
            for (int i = 0; _options.Headers != null && i + 1 < _options.Headers.Length; i += 2)
            {
                text += HttpHeader.Line(_options.Headers[i], _options.Headers[i + 1]);
            }

            return text + "\r\n";
        }

        private void OnConnected(Connection connection, SocketException error)
        {
            _connecting = null;
            if (connection == null)
            {
                Fail(new SocketException(error.Errno, "connect to " + _uri + ": " + error.Message));
                return;
            }

            _connection = connection;
            ConnectionEvents.Lead(connection, this);
            connection.TryWrite(_request, 0, _request.Length);
        }

        private void TakeAnswer(byte[] head, int start, int headEnd, int end)
        {
            string why = Judge(head, start, headEnd, out int status, out string protocol, out bool isPacked);
            if (why != null)
            {
                Refuse(status, why);
                return;
            }

            Connection connection = _connection;
            WebSocket socket = new WebSocket(_set, connection, null, protocol, false, isPacked);
            connection.Tag = socket;
            End();
            _head = null;
            _handler(socket, null);
            if (!connection.IsClosed)
            {
                socket.Begin(null, 0, 0);
                if (end > headEnd)
                {
                    ((IConnectionUser)socket).OnData(head, headEnd, end - headEnd);
                }
            }
        }

        // RFC 6455 4.1, the answer; null when it is right.
        private string Judge(byte[] head, int start, int end, out int status, out string protocol,
            out bool isPacked)
        {
            isPacked = false;
            protocol = null;
            status = 0;
            if (HttpHead.Check(head, start, end, int.MaxValue) != 0)
            {
                return "the answer is no HTTP";
            }

            HttpHead answer = new HttpHead(head, start, end);
            string line = answer.StartLine;
            if (line.Length < 12 || !Ascii.BeginsWith(line, "HTTP/1.") || line[8] != ' ' || !IsStatus(line, out status))
            {
                return "the answer is no HTTP: " + line;
            }

            if (status != 101)
            {
                string location = answer.Get("Location");
                return "the server answered " + line.Substring(9) + (location == null ? "" : ", to " + location);
            }

            protocol = answer.Get("Sec-WebSocket-Protocol");
            string extensions = answer.Get("Sec-WebSocket-Extensions");
            isPacked = extensions != null;
            string accept = answer.Get("Sec-WebSocket-Accept");
            return !Ascii.AreSame(answer.Get("Upgrade") ?? "", "websocket") ? "the answer does not upgrade to websocket"
                : !Ascii.HasToken(answer.Get("Connection"), "upgrade") ? "the answer has no Connection: Upgrade"
                : accept != HandshakeKey.AcceptOf(_key) ? "the answer's Sec-WebSocket-Accept is wrong"
                : extensions != null && (_set.Compressor == null || !DeflateOffer.IsAnswer(extensions))
                    ? "the server wants extensions that were not offered: " + extensions
                : protocol != null && !Offered(protocol) ? "the server wants the subprotocol " + protocol + ", which was not offered"
                : null;
        }

        private static bool IsStatus(string line, out int status)
        {
            status = 0;
            for (int i = 9; i < 12; i++)
            {
                if (line[i] < '0' || line[i] > '9')
                {
                    status = 0;
                    return false;
                }

                status = (status * 10) + line[i] - '0';
            }

            return line.Length == 12 || line[12] == ' ';
        }

        private bool Offered(string protocol)
        {
            for (int i = 0; _options.Protocols != null && i < _options.Protocols.Length; i++)
            {
                if (_options.Protocols[i] == protocol)
                {
                    return true;
                }
            }

            return false;
        }

        private void Keep(byte[] buffer, int offset, int count)
        {
            if (_head == null || _headCount + count > _head.Length)
            {
                byte[] larger = new byte[(_headCount + count) * 2];
                if (_headCount > 0)
                {
                    Array.Copy(_head, 0, larger, 0, _headCount);
                }

                _head = larger;
            }

            Array.Copy(buffer, offset, _head, _headCount, count);
            _headCount += count;
        }

        private void OnTimer(object state)
        {
            Fail(new SocketException(Errno.ETIMEDOUT, "connect to " + _uri + ": no answer within " +
                _options.ConnectTimeoutMs.ToString() + " ms"));
        }

        private void Refuse(int status, string why)
        {
            Fail(new WebSocketHandshakeException(status, "connect to " + _uri + ": " + why));
        }

        private void Fail(SocketException error)
        {
            if (_over)
            {
                return;
            }

            End();
            _connection?.Close();
            _handler(null, error);
        }

        private void End()
        {
            _over = true;
            _timer.Stop();
            _connecting?.Cancel();
            _connecting = null;
        }
    }
}
