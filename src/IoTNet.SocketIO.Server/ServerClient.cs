// socket.io-protocol, revision 5.
using System;

namespace IoTNet
{
    /// <summary>A connection of a client, with its sockets in the namespaces that it connected to.</summary>
    internal sealed class ServerClient : IEngineUser, IPacketTarget
    {
        private readonly SocketIOServer _server;
        private readonly PacketDecoder _decoder;
        private LoopTimer _connectTimer;

        // Those that wait for their middleware included.
        private SocketIOSocket[] _sockets = new SocketIOSocket[1];
        private int _count;

        public ServerClient(SocketIOServer server, EngineSession session)
        {
            _server = server;
            Session = session;
            session.User = this;
            _decoder = new PacketDecoder(server.Limits, server.Head, this);
            _connectTimer = new LoopTimer(server.Loop, OnConnectTimer, null);
            _connectTimer.Start(server.ConnectTimeoutMs, 0);
        }

        public readonly EngineSession Session;

        public void OnText(byte[] buffer, int offset, int count)
        {
            Judge(_decoder.Text(buffer, offset, count));
        }

        public void OnBinary(byte[] buffer, int offset, int count)
        {
            Judge(_decoder.Binary(buffer, offset, count));
        }

        public void OnEngineClosed(string reason)
        {
            StopWaiting();
            _decoder.Clear();
            EndSockets(reason);
        }

        public string OnPacket(PacketHead head, byte[] buffer, PacketParts parts)
        {
            SocketIOSocket socket = Find(head, buffer);
            if (head.Type == PacketType.Connect)
            {
                return socket == null ? Connect(head, buffer) : "a second connect to a namespace";
            }

            // Other packets come only after the answer to the connect.
            if (socket == null || !socket.IsConnected || head.Type == PacketType.ConnectError)
            {
                Session.Close(DisconnectReason.ForcedServerClose);
                return null;
            }

            if (head.Type == PacketType.Disconnect)
            {
                if (head.PayloadCount > 0)
                {
                    return "a disconnect with a payload";
                }

                Remove(socket);
                socket.End(DisconnectReason.ClientNamespaceDisconnect);
                return null;
            }

            string violation = _server.Args.Read(head, buffer, parts, _server.Limits);
            if (violation == null)
            {
                socket.Take(head);
            }

            return violation;
        }

        /// <summary>Sends a packet of a namespace, and gives its writer back.</summary>
        public void Send(PacketWriter writer, int type, byte[] name)
        {
            writer.Finish(type, name, -1);
            Session.Send(writer, false);
            _server.Writers.GiveBack(writer);
        }

        public void Refuse(byte[] name, string message, object details)
        {
            PacketWriter writer = _server.Writers.Take();
            writer.Json.WriteStartObject();
            writer.Json.WritePropertyName("message");
            writer.Json.WriteStringValue(message);
            if (details != null)
            {
                writer.Json.WritePropertyName("data");
                Json.WriteValue(writer.Json, details);
            }

            writer.Json.WriteEndObject();
            Send(writer, PacketType.ConnectError, name);
        }

        public void Remove(SocketIOSocket socket)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_sockets[i] == socket)
                {
                    _sockets[i] = _sockets[--_count];
                    _sockets[_count] = null;
                    return;
                }
            }
        }

        /// <summary>Disconnects all sockets, and then the connection.</summary>
        public void Disconnect()
        {
            while (_count > 0)
            {
                SocketIOSocket socket = _sockets[_count - 1];
                if (socket.IsConnected)
                {
                    socket.Disconnect(false);
                }
                else
                {
                    Remove(socket);
                }
            }

            Session.Close(DisconnectReason.ServerNamespaceDisconnect);
        }

        /// <summary>A socket has connected: the client has shown what it wants.</summary>
        public void StopWaiting()
        {
            _connectTimer?.Stop();
            _connectTimer = null;
        }

        // All of them, also when the handler of one throws.
        private void EndSockets(string reason)
        {
            if (_count > 0)
            {
                SocketIOSocket socket = _sockets[--_count];
                _sockets[_count] = null;
                try
                {
                    socket.End(reason);
                }
                finally
                {
                    EndSockets(reason);
                }
            }
        }

        private void Judge(string violation)
        {
            if (violation != null)
            {
                Session.Close(DisconnectReason.ParseError);
            }
        }

        private SocketIOSocket Find(PacketHead head, byte[] buffer)
        {
            for (int i = 0; i < _count; i++)
            {
                if (head.IsFor(buffer, _sockets[i].Namespace.WireName))
                {
                    return _sockets[i];
                }
            }

            return null;
        }

        private string Connect(PacketHead head, byte[] buffer)
        {
            object auth = null;
            if (head.PayloadCount > 0)
            {
                try
                {
                    auth = Json.Parse(buffer, head.PayloadOffset, head.PayloadCount);
                }
                catch (JsonException)
                {
                }

                if (!(auth is System.Collections.Hashtable))
                {
                    return "a connect with a payload that is no object";
                }
            }

            SocketIONamespace found = _server.Find(head, buffer);
            if (found == null)
            {
                byte[] name = new byte[head.NamespaceCount];
                Array.Copy(buffer, head.NamespaceOffset, name, 0, name.Length);
                Refuse(name, "Invalid namespace", null);
                return null;
            }

            SocketIOSocket socket = new SocketIOSocket(_server, found, this, auth);
            if (_count == _sockets.Length)
            {
                SocketIOSocket[] larger = new SocketIOSocket[_count * 2];
                Array.Copy(_sockets, 0, larger, 0, _count);
                _sockets = larger;
            }

            _sockets[_count++] = socket;
            found.Admit(socket);
            return null;
        }

        private void OnConnectTimer(object state)
        {
            Session.Close(DisconnectReason.ForcedServerClose);
        }
    }
}
