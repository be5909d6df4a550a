using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>Some sockets of a namespace: each one once, however many of the rooms it is in. It may be kept, and is looked up
    /// anew each time.
    /// <code>
    /// io.To("kitchen").To("bath").Except("guests").Emit("light", true);
    /// </code></summary>
    public sealed class SocketIOBroadcast : SocketIOEmitter
    {
        private readonly SocketIONamespace _namespace;
        private readonly SocketIOSocket _sender;
        private ArrayList _rooms;
        private ArrayList _except;

        internal SocketIOBroadcast(SocketIONamespace of, SocketIOSocket sender)
        {
            _namespace = of;
            _sender = sender;
        }

        /// <summary>The next event is missed by who cannot take it at once.</summary>
        public SocketIOBroadcast Volatile
        {
            get
            {
                IsVolatile = true;
                return this;
            }
        }

        internal override PacketWriters Writers => _namespace.Writers;

        /// <summary>Adds a room.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>This.</returns>
        /// <exception cref="ArgumentNullException">No room was given.</exception>
        public SocketIOBroadcast To(string room)
        {
            _rooms ??= new ArrayList();
            _rooms.Add(room ?? throw new ArgumentNullException(nameof(room)));
            return this;
        }

        /// <summary>The same as <see cref="To"/>.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>This.</returns>
        /// <exception cref="ArgumentNullException">No room was given.</exception>
        public SocketIOBroadcast In(string room)
        {
            return To(room);
        }

        /// <summary>Leaves a room out.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>This.</returns>
        /// <exception cref="ArgumentNullException">No room was given.</exception>
        public SocketIOBroadcast Except(string room)
        {
            _except ??= new ArrayList();
            _except.Add(room ?? throw new ArgumentNullException(nameof(room)));
            return this;
        }

        /// <summary>Calls a handler for each of the sockets; the handler may disconnect any.</summary>
        /// <param name="handler">The handler.</param>
        /// <exception cref="ArgumentNullException">No handler was given.</exception>
        public void ForEach(SocketIOSocketHandler handler)
        {
            if (handler == null)
            {
                throw new ArgumentNullException(nameof(handler));
            }

            SocketList selected = _namespace.Select(_rooms, _except, _sender);
            for (int i = 0; i < selected.Count; i++)
            {
                if (selected[i].IsConnected)
                {
                    handler(selected[i]);
                }
            }

            _namespace.GiveBack(selected);
        }

        /// <summary>Lets the sockets join a room; socket.io's <c>socketsJoin</c>.</summary>
        /// <param name="room">Its name.</param>
        /// <exception cref="ArgumentNullException">No room was given.</exception>
        /// <exception cref="SocketException">ENOBUFS: there are as many rooms as may be.</exception>
        public void Join(string room)
        {
            ForEach(socket => socket.Join(room));
        }

        /// <summary>Lets the sockets leave a room; socket.io's <c>socketsLeave</c>.</summary>
        /// <param name="room">Its name.</param>
        public void Leave(string room)
        {
            ForEach(socket => socket.Leave(room));
        }

        /// <summary>Disconnects the sockets.</summary>
        /// <param name="close">Whether their connections are closed, too.</param>
        public void DisconnectSockets(bool close)
        {
            ForEach(socket => socket.Disconnect(close));
        }

        /// <summary>Names it, for messages.</summary>
        /// <returns>The namespace, as it says itself.</returns>
        public override string ToString()
        {
            return "sockets of " + _namespace.ToString();
        }

        internal override bool Check(int result)
        {
            return result > 0;
        }

        internal override int Send(PacketWriter writer, bool isVolatile, SocketIOAckHandler ack, int timeoutMs)
        {
            return _namespace.Broadcast(writer, isVolatile, _rooms, _except, _sender);
        }
    }
}
