namespace IoTNet
{
    /// <summary>A first-come-first-served queue of connections, linked through the sockets themselves.</summary>
    internal sealed class ConnectionQueue
    {
        private ConnectionSocket _last;

        public ConnectionSocket First { get; private set; }

        public int Count { get; private set; }

        public void Add(ConnectionSocket socket)
        {
            if (First == null)
            {
                First = socket;
            }
            else
            {
                _last.NextInQueue = socket;
            }

            _last = socket;
            Count++;
        }

        /// <summary>Takes the first one, if there is one.</summary>
        public ConnectionSocket Take()
        {
            ConnectionSocket socket = First;
            if (socket != null)
            {
                Remove(socket);
            }

            return socket;
        }

        /// <summary>Takes one out, which is in the queue.</summary>
        public void Remove(ConnectionSocket socket)
        {
            ConnectionSocket before = null;
            for (ConnectionSocket at = First; at != socket; at = at.NextInQueue)
            {
                before = at;
            }

            if (before == null)
            {
                First = socket.NextInQueue;
            }
            else
            {
                before.NextInQueue = socket.NextInQueue;
            }

            if (_last == socket)
            {
                _last = before;
            }

            socket.NextInQueue = null;
            Count--;
        }
    }
}
