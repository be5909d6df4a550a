using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>A namespace: clients connect to it over the connection that they share with others
    /// (<see cref="SocketIOServer.Of"/>).</summary>
    public sealed partial class SocketIONamespace : SocketIOEmitter
    {
        private readonly SocketIOServer _server;
        private readonly Hashtable _byId = new Hashtable();
        private readonly Hashtable _rooms = new Hashtable();
        private readonly SocketList _sockets = new SocketList();
        private SocketIOMiddleware[] _middleware = new SocketIOMiddleware[0];

        internal SocketIONamespace(SocketIOServer server, string name)
        {
            _server = server;
            Name = name;
            WireName = NamespaceName.ToWire(name);
            if (server.MaxDisconnectionMs > 0)
            {
                History = new RecoveryStore(server);
            }
        }

        /// <summary>A client has connected: its handlers are to be set now. It may send from now on.</summary>
        public event SocketIOSocketHandler Connection;

        /// <summary>Its name: <c>/admin</c>.</summary>
        public string Name { get; }

        /// <summary>How many sockets are connected to it.</summary>
        public int Count => _sockets.Count;

        /// <summary>Emits so that who cannot take it at once misses it.</summary>
        public SocketIOBroadcast Volatile => new SocketIOBroadcast(this, null) { IsVolatile = true };

        /// <summary>Its name as packets have it; null for "/".</summary>
        internal byte[] WireName { get; }

        /// <summary>The last events, for clients that come back; null when there is no recovery.</summary>
        internal RecoveryStore History { get; }

        internal override PacketWriters Writers => _server.Writers;

        /// <summary>Adds middleware: each client passes all of it, in the order in which it was added, before it is
        /// connected.</summary>
        /// <param name="middleware">It.</param>
        /// <returns>This namespace.</returns>
        /// <exception cref="ArgumentNullException">None was given.</exception>
        public SocketIONamespace Use(SocketIOMiddleware middleware)
        {
            SocketIOMiddleware[] larger = new SocketIOMiddleware[_middleware.Length + 1];
            Array.Copy(_middleware, 0, larger, 0, _middleware.Length);
            larger[_middleware.Length] = middleware ?? throw new ArgumentNullException(nameof(middleware));
            _middleware = larger;
            return this;
        }

        /// <summary>The sockets of a room.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>What to emit to.</returns>
        /// <exception cref="ArgumentNullException">No room was given.</exception>
        public SocketIOBroadcast To(string room)
        {
            return new SocketIOBroadcast(this, null).To(room);
        }

        /// <summary>The same as <see cref="To"/>.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>What to emit to.</returns>
        /// <exception cref="ArgumentNullException">No room was given.</exception>
        public SocketIOBroadcast In(string room)
        {
            return To(room);
        }

        /// <summary>The sockets that are not in a room.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>What to emit to.</returns>
        /// <exception cref="ArgumentNullException">No room was given.</exception>
        public SocketIOBroadcast Except(string room)
        {
            return new SocketIOBroadcast(this, null).Except(room);
        }

        /// <summary>Gives a socket.</summary>
        /// <param name="id">Its id.</param>
        /// <returns>It; null when there is none.</returns>
        public SocketIOSocket Find(string id)
        {
            return (SocketIOSocket)_byId[id];
        }

        /// <summary>Calls a handler for each socket; the handler may disconnect any.</summary>
        /// <param name="handler">The handler.</param>
        /// <exception cref="ArgumentNullException">No handler was given.</exception>
        public void ForEach(SocketIOSocketHandler handler)
        {
            new SocketIOBroadcast(this, null).ForEach(handler);
        }

        /// <summary>Disconnects all sockets.</summary>
        /// <param name="close">Whether their connections are closed, too.</param>
        public void DisconnectSockets(bool close)
        {
            new SocketIOBroadcast(this, null).DisconnectSockets(close);
        }

        /// <summary>Names it, for messages.</summary>
        /// <returns>Its name.</returns>
        public override string ToString()
        {
            return "namespace " + Name;
        }

        /// <summary>A client asks to connect.</summary>
        internal void Admit(SocketIOSocket socket)
        {
            if (socket.IsRecovered && _server.RecoverySkipsMiddleware)
            {
                Join(socket);
            }
            else
            {
                Pass(socket, _middleware, 0);
            }
        }

        internal void Remove(SocketIOSocket socket)
        {
            _byId.Remove(socket.Id);
            _sockets.Remove(socket);
            socket.LeaveAll();
        }

        internal override bool Check(int result)
        {
            return result > 0;
        }

        internal override int Send(PacketWriter writer, bool isVolatile, SocketIOAckHandler ack, int timeoutMs)
        {
            return Broadcast(writer, isVolatile, null, null, null);
        }

        private void Pass(SocketIOSocket socket, SocketIOMiddleware[] chain, int stage)
        {
            if (stage == chain.Length)
            {
                Join(socket);
                return;
            }

            bool isCalled = false;
            chain[stage](socket, error =>
            {
                if (isCalled)
                {
                    return;
                }

                isCalled = true;
                if (!socket.IsPending)
                {
                    // It has left meanwhile.
                    return;
                }

                if (error == null)
                {
                    Pass(socket, chain, stage + 1);
                    return;
                }

                socket.Client.Remove(socket);
                socket.Reject();
                socket.Client.Refuse(WireName, error.Message, error.Details);
            });
        }

        private void Join(SocketIOSocket socket)
        {
            socket.Client.StopWaiting();
            _byId[socket.Id] = socket;
            _sockets.Add(socket);
            socket.Begin();
            Connection?.Invoke(socket);
        }
    }
}
