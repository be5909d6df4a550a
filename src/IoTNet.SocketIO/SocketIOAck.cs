namespace IoTNet
{
    /// <summary>An acknowledgement that is given later (<see cref="SocketIOArgs.KeepAck"/>), on the loop's thread.</summary>
    public sealed class SocketIOAck
    {
        private readonly SocketIOPeer _socket;
        private readonly string _session;
        private long _id;

        internal SocketIOAck(SocketIOPeer socket, long id)
        {
            _socket = socket;
            _session = socket.Id;
            _id = id;
        }

        /// <summary>Acknowledges the event. A second call does nothing, nor does one after the socket was disconnected.</summary>
        /// <param name="values">What to answer: values as for <see cref="SocketIOEmitter.Emit(string, object[])"/>.</param>
        /// <returns>Whether it was sent.</returns>
        /// <exception cref="System.ArgumentException">A value is none of those.</exception>
        public bool Send(params object[] values)
        {
            // A client that has reconnected is another session, which knows nothing of the old one's ids.
            if (_id < 0 || _socket.Id != _session)
            {
                return false;
            }

            long id = _id;
            _id = -1;
            return _socket.SendAck(id, values);
        }
    }
}
