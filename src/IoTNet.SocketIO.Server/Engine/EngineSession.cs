// engine.io-protocol, revision 4.
using System.Text;

namespace IoTNet
{
    /// <summary>A server's side of an Engine.IO session: over a WebSocket, or over long-polling (EngineSession.Polling.cs) until it
    /// is upgraded to one (EngineSession.Upgrading.cs).</summary>
    internal sealed partial class EngineSession
    {
        private static readonly byte[] s_ping = { (byte)EnginePacket.Ping };

        private static readonly WebSocketDataHandler s_text = OnText;
        private static readonly WebSocketDataHandler s_binary = OnBinary;
        private static readonly WebSocketErrorHandler s_error = OnError;
        private static readonly WebSocketClosedHandler s_closed = OnClosed;
        private static readonly LoopCallback s_onPingTimer = OnPingTimer;

        private readonly EngineServer _server;
        private readonly EngineSettings _settings;
        private readonly LoopTimer _pingTimer;

        // Null while it polls.
        private WebSocket _socket;
        private bool _failed;

        // A ping waits for its pong, and whether another packet has already given it more time.
        private bool _pinged;
        private bool _extended;

        public EngineSession(EngineServer server, EngineSettings settings, HttpRequest request)
        {
            _server = server;
            _settings = settings;
            Request = request;
            Address = request.Connection.RemoteAddress;
            Id = SessionId.Make();
            _pingTimer = new LoopTimer(settings.Loop, s_onPingTimer, this);
            _pingTimer.Start(settings.PingIntervalMs, 0);
        }

        public readonly string Id;

        /// <summary>The request that opened it.</summary>
        public readonly HttpRequest Request;

        public readonly string Address;

        public IEngineUser User;

        public bool IsOpen = true;

        public bool IsPolling => _socket == null;

        /// <summary>Its place in the server's list.</summary>
        public int Index;

        public int BufferedBytes => _socket != null ? _socket.BufferedBytes : _queued;

        /// <summary>Opens it over a WebSocket.</summary>
        public void Open(WebSocket socket)
        {
            _socket = socket;
            Lead(socket);
            byte[] hello = Encoding.UTF8.GetBytes(Hello(false));
            socket.TrySend(hello, 0, hello.Length, true);
        }

        /// <summary>Sends a message: a text, whose first byte is Engine.IO's type, and the attachments that belong to it, all of them
        /// or none.</summary>
        /// <returns>As <see cref="SocketIOEmitter.TryEmit"/>.</returns>
        public int Send(OutgoingPacket packet, bool isVolatile)
        {
            if (!IsOpen)
            {
                return -(int)Errno.EPIPE;
            }

            if (isVolatile && !CanWrite)
            {
                return -(int)Errno.EAGAIN;
            }

            if (!Fits(packet))
            {
                return -(int)Errno.ENOBUFS;
            }

            return _socket == null ? Queue(packet) : packet.SendOn(_socket);
        }

        /// <summary>Ends it from this side.</summary>
        public void Close(string reason)
        {
            if (!IsOpen)
            {
                return;
            }

            End();
            if (_socket != null)
            {
                _socket.Close();
            }
            else
            {
                EndPolling();
            }

            User.OnEngineClosed(reason);
        }

        // What the transport takes now goes out now.
        private bool CanWrite => _socket != null ? _socket.Connection.BufferedBytes == 0 : _poll != null;

        private bool Fits(OutgoingPacket packet)
        {
            // A frame's header has at most 10 bytes; in long-polling base64 makes 4 of 3.
            long size = packet.Count + 10;
            for (int i = 0; i < packet.PartCount; i++)
            {
                size += 10 + (_socket != null ? packet.Parts[i].Length : (long)packet.Parts[i].Length * 4 / 3);
            }

            return size <= _settings.MaxBufferedBytes - BufferedBytes;
        }

        private string Hello(bool isPolling)
        {
            return "0{\"sid\":\"" + Id + "\",\"upgrades\":[" + (isPolling && _settings.AllowUpgrades ? "\"websocket\"" : "") +
                "],\"pingInterval\":" + _settings.PingIntervalMs.ToString() + ",\"pingTimeout\":" + _settings.PingTimeoutMs.ToString() +
                ",\"maxPayload\":" + _settings.MaxPayload.ToString() + "}";
        }

        private void Lead(WebSocket socket)
        {
            socket.Tag = this;
            socket.Text += s_text;
            socket.Binary += s_binary;
            socket.Error += s_error;
            socket.Closed += s_closed;
            socket.StopPings();
        }

        private static void OnText(WebSocket socket, byte[] buffer, int offset, int count)
        {
            EngineSession session = (EngineSession)socket.Tag;
            if (!session.IsOpen)
            {
                return;
            }

            if (socket == session._probe)
            {
                session.TakeProbe(buffer, offset, count);
            }
            else if (count > session._settings.MaxPayload)
            {
                socket.Close(WebSocketCloseCode.TooLarge, "maxPayload");
                session.Close(DisconnectReason.TransportError);
            }
            else
            {
                session.TakePacket(buffer, offset, count);
            }
        }

        private static void OnBinary(WebSocket socket, byte[] buffer, int offset, int count)
        {
            EngineSession session = (EngineSession)socket.Tag;
            if (socket == session._probe)
            {
                socket.Close();
            }
            else if (count > session._settings.MaxPayload)
            {
                socket.Close(WebSocketCloseCode.TooLarge, "maxPayload");
                session.Close(DisconnectReason.TransportError);
            }
            else if (session.IsOpen)
            {
                session.Heard();
                session.User.OnBinary(buffer, offset, count);
            }
        }

        private static void OnError(WebSocket socket, SocketException error)
        {
            ((EngineSession)socket.Tag)._failed = true;
        }

        private static void OnClosed(WebSocket socket, int code, string reason, bool wasClean)
        {
            EngineSession session = (EngineSession)socket.Tag;
            if (socket == session._probe)
            {
                session.EndProbe();
            }
            else if (session.IsOpen)
            {
                session.End();
                session.User.OnEngineClosed(session._failed ? DisconnectReason.TransportError : DisconnectReason.TransportClose);
            }
        }

        private void TakePacket(byte[] buffer, int offset, int count)
        {
            int type = count == 0 ? 0 : buffer[offset];
            if (type == EnginePacket.Pong)
            {
                _pinged = false;
                _pingTimer.Start(_settings.PingIntervalMs, 0);
                return;
            }

            Heard();
            switch (type)
            {
                case EnginePacket.Message:
                    User.OnText(buffer, offset + 1, count - 1);
                    break;
                case EnginePacket.Close:
                    Close(DisconnectReason.TransportClose);
                    break;
                case EnginePacket.Noop:
                case EnginePacket.Upgrade:
                    break;
                default:
                    // Also a client's ping: in revision 4 it is the server that pings.
                    Close(type == EnginePacket.Ping ? DisconnectReason.TransportError : DisconnectReason.ParseError);
                    break;
            }
        }

        // A client that sends something else first is alive, too: once a ping.
        private void Heard()
        {
            if (_pinged && !_extended)
            {
                _extended = true;
                _pingTimer.Start(_settings.PingTimeoutMs, 0);
            }
        }

        private static void OnPingTimer(object state)
        {
            ((EngineSession)state).OnPingTimer();
        }

        private void OnPingTimer()
        {
            if (_pinged)
            {
                Close(DisconnectReason.PingTimeout);
                return;
            }

            _pinged = true;
            _extended = false;
            _pingTimer.Start(_settings.PingTimeoutMs, 0);
            if (_socket == null)
            {
                QueuePing();
            }
            else
            {
                _socket.TrySend(s_ping, 0, 1, true);
            }
        }

        private void End()
        {
            IsOpen = false;
            _pingTimer.Stop();
            EndProbe();
            _server.Remove(this);
        }
    }
}
