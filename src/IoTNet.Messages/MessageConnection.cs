namespace IoTNet
{
    // A client of the server: request, answer, and the time for either.
    internal sealed class MessageConnection
    {
        private readonly MessageServerOptions _options;
        private readonly MessageHandler _handler;
        private readonly MessageReader _reader;
        private readonly MessageWriter _writer = new MessageWriter();
        private readonly byte[] _received;
        private Deadline _deadline;
        private int _begin;
        private int _end;

        public MessageConnection(Socket socket, MessageServerOptions options, MessageHandler handler)
        {
            Socket = socket;
            _options = options;
            _handler = handler;
            _reader = new MessageReader(options.Limits);
            _received = new byte[256];
            _deadline = Deadline.After(options.TimeoutMs);
        }

        public Socket Socket { get; }

        public int Answered { get; private set; }

        // One request at a time: while its answer waits, nothing more is read.
        public PollEvents WaitsFor => _writer.Pending > 0 ? PollEvents.Out : PollEvents.In;

        public int RemainingMs()
        {
            return _deadline.RemainingMs();
        }

        /// <summary>Goes on as far as it goes without waiting.</summary>
        /// <returns>Whether the connection stays.</returns>
        /// <exception cref="MessageException">The peer sent something else than a message, or left within one.</exception>
        /// <exception cref="SocketException">The connection failed.</exception>
        public bool Advance()
        {
            while (true)
            {
                if (_writer.Pending > 0)
                {
                    int sent = Check(Socket.TrySend(_writer.Buffer, _writer.Offset, _writer.Pending, SocketFlags.DontWait), "send an answer");
                    if (sent < 0)
                    {
                        return true;
                    }

                    _writer.Advance(sent);
                    if (_writer.Pending > 0)
                    {
                        return true;
                    }

                    Answered++;
                    _deadline = Deadline.After(_options.TimeoutMs);
                    if (!_options.KeepAlive)
                    {
                        return false;
                    }
                }

                if (_begin == _end)
                {
                    int received = Check(Socket.TryReceive(_received, 0, _received.Length, SocketFlags.DontWait), "receive a request");
                    if (received <= 0)
                    {
                        if (received == 0)
                        {
                            _reader.End();
                        }

                        return received < 0;
                    }

                    _begin = 0;
                    _end = received;
                }

                _begin += _reader.Add(_received, _begin, _end - _begin);
                Message request = _reader.Take();
                if (request != null)
                {
                    Message answer = _handler(request);
                    if (answer == null)
                    {
                        return false;
                    }

                    _writer.Begin(answer);
                    _deadline = Deadline.After(_options.TimeoutMs);
                }
            }
        }

        // Would-block is an answer; anything else below 0 is the end.
        private static int Check(int result, string what)
        {
            if (result < 0 && result != -(int)Errno.EAGAIN)
            {
                throw new SocketException((Errno)(-result), what + ": " + ErrnoTable.Text((Errno)(-result)));
            }

            return result;
        }
    }
}
