// engine.io-protocol, revision 4, over a WebSocket.
using System;
using System.Collections;

namespace IoTNet
{
    // The connection.
    public sealed partial class SocketIOManager : IPacketTarget
    {
        private const int StateClosed = 0;
        private const int StateConnecting = 1;

        // The WebSocket is there; the server's first packet is due.
        private const int StateOpening = 2;
        private const int StateOpen = 3;

        private static readonly byte[] s_pong = { (byte)EnginePacket.Pong };

        private static readonly WebSocketDataHandler s_text = OnText;
        private static readonly WebSocketDataHandler s_binary = OnBinary;
        private static readonly WebSocketHandler s_drain = OnDrain;
        private static readonly WebSocketErrorHandler s_error = OnSocketError;
        private static readonly WebSocketClosedHandler s_closed = OnClosed;

        private readonly LoopTimer _pingTimer;
        private int _state;
        private PendingWebSocket _pending;
        private WebSocket _socket;
        private SocketException _failure;

        // How long the server may be silent.
        private int _silenceMs;

        internal int SendOut(OutgoingPacket packet, bool isVolatile)
        {
            if (_state != StateOpen)
            {
                return -(int)Errno.EPIPE;
            }

            if (isVolatile && _socket.Connection.BufferedBytes > 0)
            {
                return -(int)Errno.EAGAIN;
            }

            // A frame's header and mask are at most 14 bytes.
            return packet.Size() + (14 * (packet.PartCount + 1)) > _options.MaxBufferedBytes - _socket.BufferedBytes
                ? -(int)Errno.ENOBUFS
                : packet.SendOn(_socket);
        }

        string IPacketTarget.OnPacket(PacketHead head, byte[] buffer, PacketParts parts)
        {
            SocketIOClient socket = null;
            for (int i = 0; i < _sockets.Length && socket == null; i++)
            {
                socket = head.IsFor(buffer, _sockets[i].WireName) ? _sockets[i] : null;
            }

            if (socket == null || !socket.IsActive)
            {
                // For one that has just been disconnected.
                return null;
            }

            if (head.Type == PacketType.Event || head.Type == PacketType.BinaryEvent || PacketType.IsAck(head.Type))
            {
                string violation = Args.Read(head, buffer, parts, _limits);
                if (violation == null && socket.IsConnected)
                {
                    socket.Take(head);
                }

                return violation;
            }

            if (head.Type == PacketType.Disconnect)
            {
                socket.OnServerDisconnect();
                return null;
            }

            object payload = null;
            try
            {
                payload = head.PayloadCount == 0 ? null : Json.Parse(buffer, head.PayloadOffset, head.PayloadCount);
            }
            catch (JsonException)
            {
            }

            return socket.OnAnswer(head.Type == PacketType.Connect, payload as Hashtable);
        }

        private void Open()
        {
            _state = StateConnecting;
            _failure = null;
            _pending = WebSocketClient.Connect(_loop, _uri, _options.WebSocket, OnConnected);
        }

        private void OnConnected(WebSocket socket, SocketException error)
        {
            _pending = null;
            if (socket == null)
            {
                _state = StateClosed;
                OnNotOpened(error);
                return;
            }

            _state = StateOpening;
            _socket = socket;
            socket.Tag = this;
            socket.Text += s_text;
            socket.Binary += s_binary;
            socket.Drain += s_drain;
            socket.Error += s_error;
            socket.Closed += s_closed;
            _silenceMs = _options.TimeoutMs;
            _pingTimer.Start(_silenceMs, 0);
        }

        // Ends the connection from this side.
        private void CloseEngine(string reason)
        {
            int state = _state;
            WebSocket socket = _socket;
            _state = StateClosed;
            _socket = null;
            _pending?.Cancel();
            _pending = null;
            _pingTimer.Stop();
            socket?.Close();
            if (state == StateOpen)
            {
                OnLost(reason);
            }
            else if (state != StateClosed && _wanted)
            {
                OnNotOpened(new SocketException(Errno.ECONNABORTED, "connect to " + _uri + ": " + reason));
            }
        }

        private static void OnText(WebSocket socket, byte[] buffer, int offset, int count)
        {
            SocketIOManager manager = (SocketIOManager)socket.Tag;
            if (manager._socket != socket)
            {
                return;
            }

            int type = count == 0 ? 0 : buffer[offset];
            if (manager._state == StateOpening)
            {
                manager.TakeOpen(buffer, offset, count);
            }
            else if (type == EnginePacket.Message)
            {
                manager.Judge(manager._decoder.Text(buffer, offset + 1, count - 1));
            }
            else if (type == EnginePacket.Ping)
            {
                manager._pingTimer.Start(manager._silenceMs, 0);
                socket.TrySend(s_pong, 0, 1, true);
            }
            else if (type == EnginePacket.Close)
            {
                manager.CloseEngine(DisconnectReason.TransportClose);
            }
            else if (type != EnginePacket.Noop)
            {
                manager.CloseEngine(DisconnectReason.ParseError);
            }
        }

        private static void OnBinary(WebSocket socket, byte[] buffer, int offset, int count)
        {
            SocketIOManager manager = (SocketIOManager)socket.Tag;
            if (manager._socket == socket)
            {
                manager.Judge(manager._decoder.Binary(buffer, offset, count));
            }
        }

        private static void OnDrain(WebSocket socket)
        {
            SocketIOManager manager = (SocketIOManager)socket.Tag;
            for (int i = 0; i < manager._sockets.Length; i++)
            {
                manager._sockets[i].Flush();
            }
        }

        private static void OnSocketError(WebSocket socket, SocketException error)
        {
            SocketIOManager manager = (SocketIOManager)socket.Tag;
            if (manager._socket == socket)
            {
                manager._failure = error;
            }
        }

        private static void OnClosed(WebSocket socket, int code, string reason, bool wasClean)
        {
            SocketIOManager manager = (SocketIOManager)socket.Tag;
            if (manager._socket == socket)
            {
                manager.CloseEngine(manager._failure != null ? DisconnectReason.TransportError : DisconnectReason.TransportClose);
            }
        }

        private void TakeOpen(byte[] buffer, int offset, int count)
        {
            Hashtable hello = null;
            if (count > 0 && buffer[offset] == EnginePacket.Open)
            {
                try
                {
                    hello = Json.Parse(buffer, offset + 1, count - 1) as Hashtable;
                }
                catch (JsonException)
                {
                }
            }

            object interval = hello?["pingInterval"];
            object timeout = hello?["pingTimeout"];
            if (!(interval is long) || !(timeout is long) || (long)interval < 0 || (long)timeout < 0)
            {
                CloseEngine(DisconnectReason.ParseError);
                return;
            }

            long silence = (long)interval + (long)timeout;
            _silenceMs = silence < 1 || silence > int.MaxValue ? int.MaxValue : (int)silence;
            _pingTimer.Start(_silenceMs, 0);
            _state = StateOpen;
            OnOpened();
        }

        private void Judge(string violation)
        {
            if (violation != null)
            {
                CloseEngine(DisconnectReason.ParseError);
            }
        }

        private void OnPingTimer(object state)
        {
            WebSocket socket = _socket;
            CloseEngine(DisconnectReason.PingTimeout);

            // A close handshake with a peer that is silent would only take time.
            socket?.Abort();
        }
    }
}
