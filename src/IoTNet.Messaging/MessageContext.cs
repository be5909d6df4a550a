using System;
using System.Collections;
using System.Threading;

namespace IoTNet
{
    /// <summary>
    /// What the message sockets of one board share: inproc names, memory for messages, and one loop, on a thread of its own, for all
    /// connections. It is made when the first socket is, and its thread starts with the first endpoint that is not inproc.
    /// </summary>
    public sealed class MessageContext : IDisposable
    {
        private static readonly object s_lock = new object();
        private static readonly ArrayList s_contexts = new ArrayList();

        private readonly object _lock = new object();
        private readonly NetworkStack _stacks;
        private readonly ArrayList _sockets = new ArrayList();
        private readonly ArrayList _sessions = new ArrayList();
        private readonly ManualResetEvent _ended = new ManualResetEvent(false);
        private readonly LoopCallback _runWork;
        private ILoopWork _firstWork;
        private ILoopWork _lastWork;
        private EventLoop _loop;
        private TcpConnector _connector;
        private Thread _loopThread;
        private bool _closed;
        private bool _loopIsOver;

        /// <summary>Makes a context of a board, beside its usual one.</summary>
        /// <param name="stacks">The board's stacks.</param>
        /// <exception cref="ArgumentNullException">There are none.</exception>
        public MessageContext(NetworkStack stacks)
        {
            _stacks = stacks ?? throw new ArgumentNullException(nameof(stacks));
            _runWork = RunWork;
        }

        /// <summary>The context of the board that the calling code runs on.</summary>
        public static MessageContext Current
        {
            get
            {
                NetworkStack stacks = NetworkStack.Current;
                lock (s_lock)
                {
                    for (int i = 0; i < s_contexts.Count; i++)
                    {
                        MessageContext context = (MessageContext)s_contexts[i];
                        if (context._stacks == stacks && !context._closed)
                        {
                            return context;
                        }
                    }

                    MessageContext made = new MessageContext(stacks);
                    s_contexts.Add(made);
                    return made;
                }
            }
        }

        internal InprocTable Inproc { get; } = new InprocTable();

        internal BlockPool Pool { get; } = new BlockPool(MessagingDefaults.PoolBytes);

        internal EventLoop Loop => _loop;

        /// <summary>Whether the loop's thread can be waited for: not by itself, and not when it has ended.</summary>
        internal bool MayAwaitLoop => !_loopIsOver && Thread.CurrentThread != _loopThread;

        /// <summary>Closes all sockets, waits until what they sent is out or their linger is over, and ends the loop.</summary>
        public void Close()
        {
            lock (_lock)
            {
                if (_closed)
                {
                    return;
                }

                _closed = true;
            }

            lock (s_lock)
            {
                s_contexts.Remove(this);
            }

            while (true)
            {
                MessageSocket socket;
                lock (_lock)
                {
                    socket = _sockets.Count == 0 ? null : (MessageSocket)_sockets[0];
                }

                if (socket == null)
                {
                    break;
                }

                socket.Close();
            }

            EndIfIdle();
            _ended.WaitOne(-1, false);
        }

        /// <summary>As <see cref="Close"/>.</summary>
        public void Dispose()
        {
            Close();
        }

        internal void Add(MessageSocket socket)
        {
            lock (_lock)
            {
                if (_closed)
                {
                    throw new ObjectDisposedException(nameof(MessageContext));
                }

                _sockets.Add(socket);
            }
        }

        internal void Remove(MessageSocket socket)
        {
            lock (_lock)
            {
                _sockets.Remove(socket);
                for (int i = 0; i < _sessions.Count && _loop != null; i++)
                {
                    // Those in their handshake have no pipe that tells them.
                    if (_sessions[i] is ZmtpSession session && session.Owner == socket)
                    {
                        Schedule(session);
                    }
                }
            }
        }

        internal IEndpoint Listen(MessageSocket socket, string endpoint, string uri)
        {
            Start();
            return new ListenEndpoint(this, socket, endpoint, uri);
        }

        internal IEndpoint Connect(MessageSocket socket, string endpoint, string uri, string localUri)
        {
            Start();
            return new ConnectEndpoint(socket, endpoint, uri, localUri);
        }

        /// <summary>Lets the loop's thread do something soon, from any thread; several times before it is done count as one.</summary>
        internal void Schedule(ILoopWork work)
        {
            bool isFirst;
            lock (_lock)
            {
                if (work.IsQueued)
                {
                    return;
                }

                work.IsQueued = true;
                work.NextWork = null;
                isFirst = _firstWork == null;
                if (isFirst)
                {
                    _firstWork = work;
                }
                else
                {
                    _lastWork.NextWork = work;
                }

                _lastWork = work;
            }

            if (isFirst)
            {
                _loop.TryPost(_runWork, null);
            }
        }

        /// <summary>What connects to a tcp:// or unix:// URI.</summary>
        internal TcpConnector ConnectorTo(string uri, ISocketSecurity security)
        {
            return security == null || !uri.StartsWith(MessageSocket.Tcp) ? _connector : new TcpConnector(_loop, new ConnectionOptions(), security);
        }

        internal void AddSession(ILoopWork session)
        {
            lock (_lock)
            {
                _sessions.Add(session);
            }
        }

        internal void RemoveSession(ILoopWork session)
        {
            lock (_lock)
            {
                _sessions.Remove(session);
            }

            EndIfIdle();
        }

        private void EndIfIdle()
        {
            lock (_lock)
            {
                if (!_closed || _sessions.Count > 0)
                {
                    return;
                }
            }

            if (_loop == null)
            {
                _ended.Set();
            }
            else
            {
                _loop.Stop();
            }
        }

        private void Start()
        {
            lock (_lock)
            {
                if (_closed)
                {
                    throw new ObjectDisposedException(nameof(MessageContext));
                }

                if (_loop == null)
                {
                    _loop = new EventLoop(_stacks);
                    _connector = new TcpConnector(_loop);
                    LoopThread.Start(Run);
                }
            }
        }

        private void Run()
        {
            _loopThread = Thread.CurrentThread;
            try
            {
                _loop.Run();
            }
            catch (SocketException)
            {
                // The stack has ended: a board without power. Its sockets are gone with it.
                _loop.Close();
            }
            finally
            {
                _loopIsOver = true;
                Abandon();
                _ended.Set();
                Close();
            }
        }

        // Whoever waits for the loop waits in vain.
        private void Abandon()
        {
            lock (_lock)
            {
                for (int i = 0; i < _sessions.Count; i++)
                {
                    ((ILoopWork)_sessions[i]).Abandon();
                }
            }
        }

        private void RunWork(object state)
        {
            ILoopWork work;
            lock (_lock)
            {
                work = _firstWork;
                _firstWork = null;
                _lastWork = null;
            }

            while (work != null)
            {
                ILoopWork next;
                lock (_lock)
                {
                    next = work.NextWork;
                    work.NextWork = null;
                    work.IsQueued = false;
                }

                work.Run();
                work = next;
            }
        }
    }
}
