using System;

namespace IoTNet
{
    /// <summary>
    /// Asks a message server.
    /// <code>
    /// using (MessageClient client = new MessageClient(endPoint))
    /// {
    ///     Message answer = client.Request(Message.FromJson(query), timeoutMs: 5000);
    /// }
    /// </code>
    /// </summary>
    /// <remarks>For one thread; <see cref="Close"/> may be called from another one. Nothing is sent twice by itself: when a
    /// request fails, whether the server got it is not known.</remarks>
    public sealed class MessageClient : IDisposable
    {
        private static readonly byte[] s_true = { 1, 0, 0, 0 };

        private readonly EndPoint _server;
        private readonly bool _keepAlive;
        private readonly MessageLimits _limits;
        private Socket _socket;

        /// <summary>Makes a client that connects anew for each request, as the protocol's habit is.</summary>
        /// <param name="server">The server.</param>
        /// <exception cref="ArgumentNullException">There is no server.</exception>
        public MessageClient(EndPoint server)
            : this(server, false, new MessageLimits())
        {
        }

        /// <summary>Makes a client.</summary>
        /// <param name="server">The server.</param>
        /// <param name="keepAlive">Whether the connection stays after an answer. The server must keep it too.</param>
        /// <param name="limits">What the server may answer.</param>
        /// <exception cref="ArgumentNullException">Server or limits are null.</exception>
        public MessageClient(EndPoint server, bool keepAlive, MessageLimits limits)
        {
            _server = server ?? throw new ArgumentNullException(nameof(server));
            _limits = limits ?? throw new ArgumentNullException(nameof(limits));
            _keepAlive = keepAlive;
        }

        /// <summary>Whether a connection is open.</summary>
        public bool IsOpen => _socket != null;

        /// <summary>Sends a request and waits for its answer. Whatever fails, the connection is closed.</summary>
        /// <param name="request">The request.</param>
        /// <param name="timeoutMs">For all of it, in ms; -1 = for ever.</param>
        /// <returns>The answer.</returns>
        /// <exception cref="ArgumentNullException">There is no request.</exception>
        /// <exception cref="SocketException">ECONNREFUSED; ETIMEDOUT: it was not over in time; ECONNRESET; EPIPE: the server
        /// had closed before; ENFILE: no socket is left; EINTR: closed meanwhile.</exception>
        /// <exception cref="MessageException">The server closed without a (whole) answer, or what it sent is none or beyond a
        /// limit.</exception>
        public Message Request(Message request, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            byte[] bytes = MessageWriter.ToBytes(request);
            MessageReader reader = new MessageReader(_limits);
            bool done = false;
            try
            {
                Socket socket = _socket ?? Open();
                if (!socket.Connected)
                {
                    Check(TimedSocket.Connect(socket, _server, deadline), "connect to ");
                    socket.TrySetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, s_true, s_true.Length);
                }

                Check(TimedSocket.SendAll(socket, bytes, 0, bytes.Length, deadline), "send a request to ");
                Message answer = Receive(socket, reader, deadline);
                done = _keepAlive;
                return answer;
            }
            finally
            {
                if (!done)
                {
                    Close();
                }
            }
        }

        /// <summary>Closes the connection, if there is one. A request afterwards connects anew.</summary>
        public void Close()
        {
            Socket socket = _socket;
            _socket = null;
            if (socket != null)
            {
                socket.Close();
            }
        }

        /// <summary>As <see cref="Close"/>.</summary>
        public void Dispose()
        {
            Close();
        }

        private Socket Open()
        {
            _socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            return _socket;
        }

        private Message Receive(Socket socket, MessageReader reader, Deadline deadline)
        {
            byte[] buffer = new byte[256];
            while (true)
            {
                int count = Check(TimedSocket.ReceiveSome(socket, buffer, 0, buffer.Length, out _, deadline), "receive an answer from ");
                if (count == 0)
                {
                    reader.End();
                    throw new MessageException("Peer closed without an answer.");
                }

                int used = reader.Add(buffer, 0, count);
                Message answer = reader.Take();
                if (answer != null)
                {
                    if (used < count)
                    {
                        throw new MessageException("Peer sent more than one answer.");
                    }

                    return answer;
                }
            }
        }

        private int Check(int result, string what)
        {
            if (result < 0)
            {
                Errno error = (Errno)(-result);
                throw new SocketException(error, what + _server.ToString() + ": " + ErrnoTable.Describe(error));
            }

            return result;
        }
    }
}
