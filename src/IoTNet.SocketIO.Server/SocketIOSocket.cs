using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>A client in a namespace, as the server sees it.</summary>
    public sealed class SocketIOSocket : SocketIOPeer
    {
        private readonly SocketIOServer _server;

        // Null while it was in none.
        private ArrayList _rooms;

        internal SocketIOSocket(SocketIOServer server, SocketIONamespace of, ServerClient client, object auth)
            : base(server.Loop, server.Args, server.MaxPendingAcks)
        {
            _server = server;
            Namespace = of;
            Client = client;
            Handshake = new SocketIOHandshake(client.Session.Request, client.Session.Address, auth);
            of.History?.Restore(this);
            Id ??= SessionId.Make();
        }

        /// <summary>Any event, before the handlers of its name (socket.io's <c>onAny</c>).</summary>
        public event SocketIOHandler AnyEvent;

        /// <summary>The socket will be disconnected; it is in its rooms still.</summary>
        public event SocketIODisconnectHandler Disconnecting;

        /// <summary>The socket is disconnected. Comes once and last; the handlers are let go then.</summary>
        public event SocketIODisconnectHandler Disconnected;

        /// <summary>The namespace.</summary>
        public SocketIONamespace Namespace { get; }

        /// <summary>How the client connected.</summary>
        public SocketIOHandshake Handshake { get; }

        /// <summary>Whether it came back to its id, its rooms and its Tag (SocketIOServerOptions.MaxDisconnectionMs).</summary>
        public bool IsRecovered { get; internal set; }

        /// <summary>How many bytes wait to be sent on its connection.</summary>
        public int BufferedBytes => Client.Session.BufferedBytes;

        /// <summary>Whether it uses HTTP long-polling now.</summary>
        public bool IsPolling => Client.Session.IsPolling;

        /// <summary>All other sockets of the namespace.</summary>
        public SocketIOBroadcast Broadcast => new SocketIOBroadcast(Namespace, this);

        /// <summary>The next event is dropped when the connection cannot take it at once.</summary>
        public SocketIOSocket Volatile
        {
            get
            {
                IsVolatile = true;
                return this;
            }
        }

        internal readonly ServerClient Client;

        /// <summary>The last selection that it was looked at for.</summary>
        internal int Round;

        /// <summary>Whether it waits for middleware.</summary>
        internal bool IsPending = true;

        /// <summary>The name by which a client comes back; null when there is no recovery.</summary>
        internal string PrivateId;

        /// <summary>The first event that it may have missed.</summary>
        internal long MissedFrom;

        internal override PacketWriters Writers => _server.Writers;

        /// <summary>Sets a handler of an event; an event may have several, which are called in the order in which they were
        /// set.</summary>
        /// <param name="name">The event's name.</param>
        /// <param name="handler">The handler.</param>
        /// <returns>This socket.</returns>
        /// <exception cref="ArgumentNullException">Name or handler are missing.</exception>
        /// <exception cref="ArgumentException">The name is reserved: there are .NET events for those.</exception>
        public SocketIOSocket On(string name, SocketIOHandler handler)
        {
            Events.Add(name, handler);
            return this;
        }

        /// <summary>Joins a room; one that is not there is made. Also before the socket is connected, in middleware.</summary>
        /// <param name="room">Its name.</param>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        /// <exception cref="SocketException">ENOBUFS: there are as many rooms as may be.</exception>
        public void Join(string room)
        {
            if (room == null)
            {
                throw new ArgumentNullException(nameof(room));
            }

            if ((IsConnected || IsPending) && !IsIn(room))
            {
                SocketList entered = Namespace.Enter(this, room);
                _rooms ??= new ArrayList();
                _rooms.Add(entered);
            }
        }

        /// <summary>Leaves a room; one without sockets is let go.</summary>
        /// <param name="room">Its name.</param>
        public void Leave(string room)
        {
            for (int i = 0; i < RoomCount; i++)
            {
                SocketList found = (SocketList)_rooms[i];
                if (found.Name == room)
                {
                    _rooms.RemoveAt(i);
                    Namespace.Leave(this, found);
                    return;
                }
            }
        }

        /// <summary>Whether it is in a room.</summary>
        /// <param name="room">Its name.</param>
        /// <returns>Whether it is.</returns>
        public bool IsIn(string room)
        {
            for (int i = 0; i < RoomCount; i++)
            {
                if (((SocketList)_rooms[i]).Name == room)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Gives the rooms that it is in, that of its own id not counted.</summary>
        /// <returns>Their names.</returns>
        public string[] GetRooms()
        {
            string[] names = new string[RoomCount];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = ((SocketList)_rooms[i]).Name;
            }

            return names;
        }

        /// <summary>The other sockets of a room.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>What to emit to.</returns>
        /// <exception cref="ArgumentNullException">No room was given.</exception>
        public SocketIOBroadcast To(string room)
        {
            return Broadcast.To(room);
        }

        /// <summary>The other sockets that are not in a room.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>What to emit to.</returns>
        /// <exception cref="ArgumentNullException">No room was given.</exception>
        public SocketIOBroadcast Except(string room)
        {
            return Broadcast.Except(room);
        }

        /// <summary>Disconnects the client ("server namespace disconnect"); it does not reconnect by itself then.</summary>
        /// <param name="close">Whether the whole connection is closed, with its sockets in other namespaces.</param>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Disconnect(bool close)
        {
            if (!IsConnected)
            {
                return;
            }

            if (close)
            {
                Client.Disconnect();
                return;
            }

            Client.Send(Writers.Take(), PacketType.Disconnect, Namespace.WireName);
            Client.Remove(this);
            End(DisconnectReason.ServerNamespaceDisconnect);
        }

        /// <summary>Names it, for messages.</summary>
        /// <returns>For example <c>socket 0Xk… of /admin</c>.</returns>
        public override string ToString()
        {
            return "socket " + Id + " of " + Namespace.Name;
        }

        /// <summary>The middleware is passed.</summary>
        internal void Begin()
        {
            IsPending = false;
            IsConnected = true;
            PacketWriter writer = Writers.Take();
            writer.Json.WriteStartObject();
            writer.Json.WritePropertyName("sid");
            writer.Json.WriteStringValue(Id);
            if (PrivateId != null)
            {
                writer.Json.WritePropertyName("pid");
                writer.Json.WriteStringValue(PrivateId);
            }

            writer.Json.WriteEndObject();
            Client.Send(writer, PacketType.Connect, Namespace.WireName);
            if (IsRecovered)
            {
                Namespace.History.SendMissed(this);
            }
        }

        /// <summary>The middleware refuses it.</summary>
        internal void Reject()
        {
            IsPending = false;
            LeaveAll();
        }

        /// <summary>It is over; the client has let it go.</summary>
        internal void End(string reason)
        {
            if (!IsConnected)
            {
                Reject();
                return;
            }

            SocketIODisconnectHandler disconnecting = Disconnecting;
            Disconnecting = null;
            try
            {
                disconnecting?.Invoke(this, reason);
            }
            finally
            {
                if (IsConnected)
                {
                    Finish(reason);
                }
            }
        }

        internal void LeaveAll()
        {
            for (int i = RoomCount - 1; i >= 0; i--)
            {
                Namespace.Leave(this, (SocketList)_rooms[i]);
            }

            _rooms = null;
        }

        internal override int SendPacket(PacketWriter writer, int type, long id, bool isVolatile)
        {
            if (!IsConnected)
            {
                return -(int)Errno.EPIPE;
            }

            // As in socket.io, one that asks for an acknowledgement is not kept: nobody would wait for it any more.
            RecoveryStore history = type == PacketType.Event && id < 0 && !isVolatile ? Namespace.History : null;
            writer.End(history?.NextOffset());
            writer.Finish(type, Namespace.WireName, id);
            history?.AddFor(writer, Id);
            return Client.Session.Send(writer, isVolatile);
        }

        internal override void TakeEvent(SocketIOArgs args)
        {
            AnyEvent?.Invoke(this, args);
            if (IsConnected)
            {
                CallHandlers(args);
            }
        }

        internal override void Call(object handler, SocketIOArgs args)
        {
            ((SocketIOHandler)handler)(this, args);
        }

        private int RoomCount => _rooms == null ? 0 : _rooms.Count;

        private void Finish(string reason)
        {
            Namespace.History?.Keep(this, reason);
            Namespace.Remove(this);
            IsConnected = false;
            StopAcks();
            Events.Clear();
            SocketIODisconnectHandler disconnected = Disconnected;
            AnyEvent = null;
            Disconnected = null;
            try
            {
                FailAcks(reason);
            }
            finally
            {
                disconnected?.Invoke(this, reason);
            }
        }
    }
}
