using System;

namespace IoTNet
{
    /// <summary>Sockets: those of a namespace, or of a room.</summary>
    internal sealed class SocketList
    {
        private SocketIOSocket[] _sockets = new SocketIOSocket[4];

        /// <summary>A room's name; null with a namespace's sockets.</summary>
        public string Name { get; set; }

        public int Count { get; private set; }

        public SocketIOSocket this[int index] => _sockets[index];

        public void Add(SocketIOSocket socket)
        {
            if (Count == _sockets.Length)
            {
                SocketIOSocket[] larger = new SocketIOSocket[Count * 2];
                Array.Copy(_sockets, 0, larger, 0, Count);
                _sockets = larger;
            }

            _sockets[Count++] = socket;
        }

        public void Remove(SocketIOSocket socket)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_sockets[i] == socket)
                {
                    _sockets[i] = _sockets[--Count];
                    _sockets[Count] = null;
                    return;
                }
            }
        }

        public void Clear()
        {
            Array.Clear(_sockets, 0, Count);
            Count = 0;
        }
    }
}
