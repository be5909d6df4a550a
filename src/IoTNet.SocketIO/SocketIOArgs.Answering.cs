using System;

namespace IoTNet
{
    // Acknowledgements, as far as the peer asks for one.
    public sealed partial class SocketIOArgs
    {
        private PacketWriter _answer;

        /// <summary>Whether the peer asks for an acknowledgement that has not been given yet.</summary>
        public bool HasAck => _id >= 0;

        /// <summary>Acknowledges the event; does nothing when the peer does not ask for it, or has it.</summary>
        /// <param name="values">What to answer: values as for <see cref="SocketIOEmitter.Emit(string, object[])"/>.</param>
        /// <returns>Whether it was sent.</returns>
        /// <exception cref="ArgumentException">A value is none of those.</exception>
        public bool Ack(params object[] values)
        {
            if (_id < 0)
            {
                return false;
            }

            long id = _id;
            _id = -1;
            return _socket.SendAck(id, values);
        }

        /// <summary>Begins an acknowledgement whose values are written one by one, without allocating.</summary>
        /// <returns>The writer; null when the peer asks for none. <see cref="EndAck"/> sends it.</returns>
        public JsonWriter BeginAck()
        {
            if (_id < 0)
            {
                return null;
            }

            _answer = _socket.Writers.Take();
            _answer.Json.WriteStartArray();
            return _answer.Json;
        }

        /// <summary>Sends what was written since <see cref="BeginAck"/>.</summary>
        /// <returns>Whether it was sent.</returns>
        /// <exception cref="InvalidOperationException">None was begun, or something in it is still open.</exception>
        public bool EndAck()
        {
            PacketWriter answer = _answer ?? throw new InvalidOperationException("No acknowledgement was begun.");
            _answer = null;
            long id = _id;
            _id = -1;
            return _socket.SendAck(id, answer);
        }

        /// <summary>Keeps the acknowledgement for after the handler.</summary>
        /// <returns>It; null when the peer asks for none.</returns>
        public SocketIOAck KeepAck()
        {
            if (_id < 0)
            {
                return null;
            }

            SocketIOAck ack = new SocketIOAck(_socket, _id);
            _id = -1;
            return ack;
        }
    }
}
