using System;

namespace IoTNet
{
    // Sends: a queue in the order of the calls. What waits for a name is passed by what does not.
    public sealed partial class DatagramSocket
    {
        private readonly SocketMessage _message = new SocketMessage();
        private DatagramRequest _first;
        private DatagramRequest _last;
        private DatagramRequest _free;
        private int _queued;
        private int _sendQueueLimit = 64;

        // The stack had no room: nothing is tried until it has.
        private bool _isFull;

        /// <summary>How many sends may wait, for the bind, for a name or for room in the stack, 1 to 65,535. Default 64. Too
        /// small: sends are refused with ENOBUFS; too large: some 150 bytes for each, once they were needed, besides the
        /// buffers.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Set to a number outside 1..65535.</exception>
        public int SendQueueLimit
        {
            get => _sendQueueLimit;
            set => _sendQueueLimit = value > 0 && value <= 65535 ? value
                : throw new ArgumentOutOfRangeException(nameof(value), "Expected 1 to 65535, not " + value.ToString() + ".");
        }

        /// <summary>How many sends have not ended (Node's <c>getSendQueueCount</c>).</summary>
        public int SendQueueCount => _queued;

        /// <summary>How many bytes they have together (Node's <c>getSendQueueSize</c>).</summary>
        public int SendQueueSize
        {
            get
            {
                int size = 0;
                for (DatagramRequest request = _first; request != null; request = request.Next)
                {
                    size += request.Count;
                }

                return size;
            }
        }

        /// <summary>Sends a datagram. A socket that is not bound is, to any port of every address.</summary>
        /// <param name="buffer">Holds it. It belongs to the socket until the callback.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">How many bytes it has.</param>
        /// <param name="port">Where to, 1 to 65,535.</param>
        /// <param name="host">An address, or a name, which is looked up by another thread meanwhile; null = 127.0.0.1 or
        /// ::1.</param>
        /// <param name="callback">Is told that the stack has taken the datagram, or why not: a name's ENOTFOUND or EAI_AGAIN,
        /// EMSGSIZE, EACCES (broadcast), EINVAL (the other family's address), ECANCELED (closed) and what else a send can
        /// meet with. Without one, <see cref="Error"/> is told of failures.</param>
        /// <exception cref="DatagramException">ERR_SOCKET_BAD_PORT; ERR_BUFFER_OUT_OF_BOUNDS; ERR_INVALID_ARG_TYPE: no
        /// buffer; ERR_SOCKET_DGRAM_IS_CONNECTED; ERR_SOCKET_DGRAM_NOT_RUNNING: closed; ENOBUFS:
        /// <see cref="SendQueueLimit"/> sends wait.</exception>
        public void Send(byte[] buffer, int offset, int count, int port, string host, DatagramCallback callback)
        {
            CheckBuffer(buffer, offset, count);
            CheckNotConnected(false);
            CheckPort(port, 1);
            Begin(Take(buffer, offset, count, callback), host ?? Loopback, port);
        }

        /// <summary>Sends a datagram to an address, such as the sender of another one.</summary>
        /// <param name="buffer">As in the other form.</param>
        /// <param name="offset">As there.</param>
        /// <param name="count">As there.</param>
        /// <param name="to">Where to; copied.</param>
        /// <param name="callback">As there.</param>
        /// <exception cref="ArgumentNullException">There is no address.</exception>
        /// <exception cref="DatagramException">As there.</exception>
        public void Send(byte[] buffer, int offset, int count, SocketAddress to, DatagramCallback callback)
        {
            if (to == null)
            {
                throw new ArgumentNullException(nameof(to));
            }

            CheckBuffer(buffer, offset, count);
            CheckNotConnected(false);
            CheckPort(to.Port, 1);
            DatagramRequest request = Take(buffer, offset, count, callback);
            request.To.CopyFrom(to);
            request.IsReady = true;
            Wake();
        }

        /// <summary>Sends a datagram to the connected peer.</summary>
        /// <param name="buffer">As in the other form.</param>
        /// <param name="offset">As there.</param>
        /// <param name="count">As there.</param>
        /// <param name="callback">As there.</param>
        /// <exception cref="DatagramException">As there; ERR_SOCKET_BAD_PORT: not connected, so it needs a port.</exception>
        public void Send(byte[] buffer, int offset, int count, DatagramCallback callback)
        {
            CheckBuffer(buffer, offset, count);
            SendToPeer(buffer, offset, count, null, callback);
        }

        /// <summary>Sends several buffers as one datagram.</summary>
        /// <param name="buffers">The buffers; all of them belong to the socket until the callback, and the array too.</param>
        /// <param name="port">As in the other form.</param>
        /// <param name="host">As there.</param>
        /// <param name="callback">Is told the bytes of all together.</param>
        /// <exception cref="DatagramException">As there; ERR_INVALID_ARG_TYPE: one of them is null.</exception>
        public void Send(byte[][] buffers, int port, string host, DatagramCallback callback)
        {
            int count = Count(buffers);
            CheckNotConnected(false);
            CheckPort(port, 1);
            DatagramRequest request = Take(null, 0, count, callback);
            request.Buffers = buffers;
            Begin(request, host ?? Loopback, port);
        }

        /// <summary>Sends several buffers as one datagram to the connected peer.</summary>
        /// <param name="buffers">As in the other form.</param>
        /// <param name="callback">As there.</param>
        /// <exception cref="DatagramException">As there; ERR_SOCKET_BAD_PORT: not connected, so it needs a port.</exception>
        public void Send(byte[][] buffers, DatagramCallback callback)
        {
            SendToPeer(null, 0, Count(buffers), buffers, callback);
        }

        private static void CheckBuffer(byte[] buffer, int offset, int count)
        {
            if (buffer == null)
            {
                throw new DatagramException("ERR_INVALID_ARG_TYPE", Errno.EFAULT, "The \"buffer\" argument must be an array of bytes. Received null");
            }

            string wrong = offset < 0 || offset > buffer.Length ? "offset" : count < 0 || count > buffer.Length - offset ? "length" : null;
            if (wrong != null)
            {
                throw new DatagramException("ERR_BUFFER_OUT_OF_BOUNDS", Errno.EINVAL, "\"" + wrong + "\" is outside of buffer bounds");
            }
        }

        private static int Count(byte[][] buffers)
        {
            int count = 0;
            for (int i = 0; i < (buffers == null ? 1 : buffers.Length); i++)
            {
                byte[] buffer = buffers?[i];
                CheckBuffer(buffer, 0, 0);
                count += buffer.Length;
            }

            return count;
        }

        private static DatagramException Canceled(string call)
        {
            return DatagramException.Of(call, Errno.ECANCELED, null);
        }

        private void SendToPeer(byte[] buffer, int offset, int count, byte[][] buffers, DatagramCallback callback)
        {
            if (!_isConnected)
            {
                CheckPort(0, 1);
            }

            DatagramRequest request = Take(buffer, offset, count, callback);
            request.Buffers = buffers;
            request.IsConnected = true;
            request.IsReady = true;
            Wake();
        }

        private DatagramRequest Take(byte[] buffer, int offset, int count, DatagramCallback callback)
        {
            CheckRunning();
            if (_queued == _sendQueueLimit)
            {
                throw new DatagramException("ENOBUFS", Errno.ENOBUFS, "send ENOBUFS: " + _queued.ToString() + " sends wait (SendQueueLimit)");
            }

            if (!_isBound && _bind == null)
            {
                BeginBind(0, null, null);
            }

            DatagramRequest request = _free ?? new DatagramRequest();
            _free = request.Next;
            request.Next = null;
            request.Buffer = buffer;
            request.Offset = offset;
            request.Count = count;
            request.Callback = callback;
            _queued++;
            if (_first == null)
            {
                _first = request;
            }
            else
            {
                _last.Next = request;
            }

            _last = request;
            return request;
        }

        // Sends, or gives up, the first that can be.
        private bool SendNext()
        {
            DatagramRequest before = null;
            DatagramRequest request = _first;
            while (request != null && !_isClosed && !(request.IsReady && (request.Error != null || (_isBound && !_isFull))))
            {
                before = request;
                request = request.Next;
            }

            if (request == null)
            {
                return false;
            }

            DatagramException error = _isClosed ? Canceled("send") : request.Error;
            int result = error == null ? TrySend(request) : 0;
            if (result == -(int)Errno.EAGAIN)
            {
                _isFull = true;
                _watch.Events = PollEvents.In | PollEvents.Out;
                return true;
            }

            error = result < 0 ? DatagramException.Of("send", (Errno)(-result), request.Where) : error;
            DatagramCallback callback = request.Callback;
            Remove(request, before);
            Tell(callback, error, error == null ? result : 0);
            return true;
        }

        private int TrySend(DatagramRequest request)
        {
            SocketAddress to = request.IsConnected ? null : request.To;
            if (to != null && to.Family != _family)
            {
                return -(int)Errno.EINVAL;
            }

            if (request.Buffers == null)
            {
                return _socket.TrySendTo(request.Buffer, request.Offset, request.Count, SocketFlags.DontWait, to);
            }

            for (int i = 0; i < request.Buffers.Length; i++)
            {
                _message.Add(request.Buffers[i]);
            }

            _message.Address = to;
            _message.Flags = SocketFlags.DontWait;
            int result = _socket.TrySendMsg(_message);
            _message.Clear();
            return result;
        }

        private void Remove(DatagramRequest request, DatagramRequest before)
        {
            if (before == null)
            {
                _first = request.Next;
            }
            else
            {
                before.Next = request.Next;
            }

            if (_last == request)
            {
                _last = before;
            }

            _queued--;
            request.Next = null;

            // When the socket is closed, a lookup may still hold it.
            if (!_isClosed)
            {
                request.Clear();
                request.Next = _free;
                _free = request;
            }
        }

        private void FailAll(DatagramException error)
        {
            for (DatagramRequest request = _first; request != null; request = request.Next)
            {
                request.Error = error;
            }

            if (_connect != null)
            {
                _connect.Error = error;
            }
        }

        private void Tell(DatagramCallback callback, DatagramException error, int bytes)
        {
            if (callback != null)
            {
                callback(error, bytes);
            }
            else if (error != null && !_isClosed)
            {
                Raise(error);
            }
        }
    }
}
