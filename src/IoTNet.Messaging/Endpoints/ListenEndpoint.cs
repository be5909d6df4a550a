using System;
using System.Threading;

namespace IoTNet
{
    /// <summary>A bound endpoint: a server on the context's loop, whose connections become sessions.</summary>
    internal sealed class ListenEndpoint : ILoopWork, IEndpoint
    {
        private const int MaxWaitMs = 10000;

        private readonly MessageContext _context;
        private readonly MessageSocket _socket;
        private readonly string _uri;
        private readonly ManualResetEvent _done = new ManualResetEvent(false);
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
            if (!context.MayAwaitLoop)
            {
                Run();
            }
            else if (!_done.WaitOne(MaxWaitMs, false))
            {
                Close();
                throw new SocketException(Errno.ETIMEDOUT, "bind " + endpoint + ": the context's loop does not answer within 10 s");
            }

            if (_failure != null)
            {
                context.RemoveSession(this);
                throw _failure;
            }
        }

        public string Name { get; private set; }

        public Peer Peer => null;

        public bool IsQueued { get; set; }

        public ILoopWork NextWork { get; set; }

        public void Close()
        {
            _done.Reset();
            _closes = true;
            _context.Schedule(this);
        }

        public void AwaitEnd()
        {
            if (_context.MayAwaitLoop)
            {
                _done.WaitOne(MaxWaitMs, false);
            }
        }

        /// <summary>The loop has ended, and does nothing more.</summary>
        public void Abandon()
        {
            _done.Set();
        }

        public void Run()
        {
            if (_closes)
            {
                _server?.Close();
                _server = null;
                _socket.TellMonitor(SocketEventKind.Closed, Name, 0, "");
                _context.RemoveSession(this);
            }
            else if (_server == null && _failure == null)
            {
                Open();
            }

            _done.Set();
        }

        private void Open()
        {
            try
            {
                bool isTcp = _uri.StartsWith(MessageSocket.Tcp);
                TcpServerOptions options = new TcpServerOptions { Backlog = _socket.Options.Backlog, MaxConnections = int.MaxValue };
                options.Security = isTcp ? _socket.Options.TransportSecurity : null;
                _server = new TcpServer(_context.Loop, _uri, options);
                _server.Connection += OnConnection;
                if (isTcp)
                {
                    // Its scheme is tls:// when it is secured; an endpoint's stays tcp://.
                    Name = MessageSocket.Tcp + _server.Address.Substring(MessageSocket.Tcp.Length);
                }
            }
            catch (Exception e) when (e is SocketException || e is ArgumentException || e is ObjectDisposedException)
            {
                _failure = e;
            }
        }

        private void OnConnection(Connection connection)
        {
            ZmtpSession session = new ZmtpSession(_socket, Name, null);
            session.Begin(connection.Detach());
            if (_socket.IsClosed)
            {
                // It may have told its sessions before this one was there.
                _context.Schedule(session);
            }
        }
    }
}
