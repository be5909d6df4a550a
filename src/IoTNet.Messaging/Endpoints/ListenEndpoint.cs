using System;

namespace IoTNet
{
    /// <summary>A bound endpoint: a server on the context's loop, whose connections become sessions.</summary>
    internal sealed class ListenEndpoint : LoopWork, IEndpoint
    {
        private const int MaxOpenMs = 10000;

        private readonly MessageContext _context;
        private readonly MessageSocket _socket;
        private readonly string _uri;
        private readonly System.Threading.ManualResetEvent _opened = new System.Threading.ManualResetEvent(false);
        private Exception _failure;
        private TcpServer _server;
        private bool _closes;

        /// <summary>Listens; the loop's thread does it, and this one waits for it.</summary>
        public ListenEndpoint(MessageContext context, MessageSocket socket, string endpoint, string uri)
        {
            _context = context;
            _socket = socket;
            _uri = uri;
            Name = endpoint;
            context.AddSession(this);
            context.Schedule(this);
            if (!_opened.WaitOne(MaxOpenMs, false))
            {
                _failure = new SocketException(Errno.ETIMEDOUT, "bind " + endpoint + ": the context's loop does not answer");
            }

            if (_failure != null)
            {
                context.RemoveSession(this);
                throw _failure;
            }
        }

        public string Name { get; private set; }

        public void Close()
        {
            _closes = true;
            _context.Schedule(this);
        }

        internal override void Run()
        {
            if (_closes)
            {
                _server?.Close();
                _context.RemoveSession(this);
                return;
            }

            try
            {
                TcpServerOptions options = new TcpServerOptions { Backlog = _socket.Options.Backlog, MaxConnections = int.MaxValue };
                _server = new TcpServer(_context.Loop, _uri, options);
                _server.Connection += OnConnection;
                string address = _server.Address;
                if (address.StartsWith("tcp://"))
                {
                    Name = address;
                }
            }
            catch (Exception e) when (e is SocketException || e is ArgumentException)
            {
                _failure = e;
            }

            _opened.Set();
        }

        private void OnConnection(Connection connection)
        {
            new ZmtpSession(_context, _socket).Begin(connection.Detach());
        }
    }
}
