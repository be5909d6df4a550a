using System;
using System.Text;

namespace IoTNet
{
    /// <summary>The handlers of a socket's events, found by the bytes of a name: no string is made of it.</summary>
    internal sealed class EventTable
    {
        private byte[][] _names = new byte[2][];
        private object[] _handlers = new object[2];
        private int _count;

        public void Add(string name, object handler)
        {
            ReservedNames.Check(name);
            if (_count == _names.Length)
            {
                byte[][] names = new byte[_count * 2][];
                object[] handlers = new object[_count * 2];
                Array.Copy(_names, 0, names, 0, _count);
                Array.Copy(_handlers, 0, handlers, 0, _count);
                _names = names;
                _handlers = handlers;
            }

            _names[_count] = Encoding.UTF8.GetBytes(name);
            _handlers[_count++] = handler ?? throw new ArgumentNullException(nameof(handler));
        }

        /// <param name="handler">Null = all of the name.</param>
        public void Remove(string name, object handler)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name ?? throw new ArgumentNullException(nameof(name)));
            int kept = 0;
            for (int i = 0; i < _count; i++)
            {
                bool isName = _names[i].Length == bytes.Length && Bytes.AreSame(_names[i], 0, bytes, bytes.Length);
                if (!isName || (handler != null && !handler.Equals(_handlers[i])))
                {
                    _names[kept] = _names[i];
                    _handlers[kept++] = _handlers[i];
                }
            }

            for (int i = kept; i < _count; i++)
            {
                _names[i] = null;
                _handlers[i] = null;
            }

            _count = kept;
        }

        public void Clear()
        {
            Array.Clear(_handlers, 0, _count);
            Array.Clear(_names, 0, _count);
            _count = 0;
        }

        /// <summary>The next handler of an event.</summary>
        /// <param name="at">Where to look on; 0 at first.</param>
        /// <returns>It; null when there are no more.</returns>
        public object Next(SocketIOArgs args, ref int at)
        {
            while (at < _count)
            {
                int index = at++;
                if (args.IsNamed(_names[index]))
                {
                    return _handlers[index];
                }
            }

            return null;
        }
    }
}
