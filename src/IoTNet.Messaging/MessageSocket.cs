using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>
    /// Sends and receives messages, each whole or not at all, to and from any number of peers (ZeroMQ's sockets; RFC 28 to 31).
    /// Connections come, go and come back behind it.
    /// <code>
    /// MessageSocket hub = MessageSocket.Pull();
    /// hub.Bind("tcp://*:5557");
    /// string reading = hub.ReceiveText();
    /// </code>
    /// </summary>
    /// <remarks>
    /// <para>Any number of threads may use a socket at once; the frames of one message belong to one thread, or to one call.</para>
    /// <para>Calls that can fail throw <see cref="SocketException"/>; beside each stands a <c>Try</c> form that gives the result
    /// or <c>-(int)Errno</c>. ZeroMQ's EFSM (a call that the pattern does not allow now) is EALREADY.</para>
    /// <para>PUSH, PULL, DEALER and PAIR are always there. The other types are assemblies of their own, so that a board has only what
    /// it uses: <c>PubSub.Use()</c> (IoTNet.Messaging.PubSub) before the first PUB, SUB, XPUB or XSUB, <c>ReqRep.Use()</c>
    /// (IoTNet.Messaging.ReqRep) before the first REQ, REP or ROUTER.</para>
    /// <para>A socket has no finalizer: close it, or its context, or its connections stay open.</para>
    /// </remarks>
    public sealed partial class MessageSocket : IDisposable
    {
        private readonly object _lock = new object();
        private readonly PeerEvents _events = new PeerEvents();
        private readonly Pattern _pattern;
        private readonly MessageContext _context;
        private readonly ArrayList _peers = new ArrayList();
        private readonly ArrayList _ending = new ArrayList();
        private readonly ArrayList _endpoints = new ArrayList();
        private ISocketMonitor _monitor;
        private bool _closed;

        /// <summary>Makes a socket of the board's context (<see cref="MessageContext.Current"/>).</summary>
        /// <param name="type">What it does with its messages.</param>
        /// <exception cref="ArgumentOutOfRangeException">The type is none.</exception>
        /// <exception cref="NotSupportedException">The type's assembly is not in use; the text says which it is.</exception>
        public MessageSocket(MessageSocketType type)
            : this(MessageContext.Current, type)
        {
        }

        /// <summary>Makes a socket of a context.</summary>
        /// <param name="context">The context.</param>
        /// <param name="type">What it does with its messages.</param>
        /// <exception cref="ArgumentNullException">No context was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The type is none.</exception>
        /// <exception cref="NotSupportedException">The type's assembly is not in use; the text says which it is.</exception>
        /// <exception cref="ObjectDisposedException">The context is closed.</exception>
        public MessageSocket(MessageContext context, MessageSocketType type)
        {
            _context = context ?? throw new ArgumentNullException(nameof(context));
            Type = type;
            _pattern = PatternTable.Make(type, Options);
            context.Add(this);
        }

        /// <summary>What it does with its messages.</summary>
        public MessageSocketType Type { get; }

        /// <summary>Its options, for what is bound and connected from now on.</summary>
        public MessageSocketOptions Options { get; } = new MessageSocketOptions();

        /// <summary>The endpoint bound or connected last, with the port that was chosen; null before (ZMQ_LAST_ENDPOINT).</summary>
        public string LastEndpoint { get; private set; }

        internal MessageContext Context => _context;

        internal bool IsClosed => _closed;

        /// <summary>Whether anybody listens: words for a monitor are made only then.</summary>
        internal bool IsMonitored => _monitor != null;

        /// <summary>Makes a PAIR: one peer, both ways. Over TCP it is a poor choice: it takes one peer alone, turns away another
        /// one for as long as the first connection is not known to be dead, and does not connect again. Its place is
        /// inproc.</summary>
        /// <returns>The socket.</returns>
        public static MessageSocket Pair()
        {
            return new MessageSocket(MessageSocketType.Pair);
        }

        /// <summary>Makes a REQ: asks, and waits for the answer.</summary>
        /// <returns>The socket.</returns>
        /// <exception cref="NotSupportedException">ReqRep.Use() was not called.</exception>
        public static MessageSocket Req()
        {
            return new MessageSocket(MessageSocketType.Req);
        }

        /// <summary>Makes a REP: answers.</summary>
        /// <returns>The socket.</returns>
        /// <exception cref="NotSupportedException">ReqRep.Use() was not called.</exception>
        public static MessageSocket Rep()
        {
            return new MessageSocket(MessageSocketType.Rep);
        }

        /// <summary>Makes a DEALER: asks without waiting.</summary>
        /// <returns>The socket.</returns>
        public static MessageSocket Dealer()
        {
            return new MessageSocket(MessageSocketType.Dealer);
        }

        /// <summary>Makes a ROUTER: each message begins with a peer's identity.</summary>
        /// <returns>The socket.</returns>
        /// <exception cref="NotSupportedException">ReqRep.Use() was not called.</exception>
        public static MessageSocket Router()
        {
            return new MessageSocket(MessageSocketType.Router);
        }

        /// <summary>Makes a PUB: to all subscribers.</summary>
        /// <returns>The socket.</returns>
        /// <exception cref="NotSupportedException">PubSub.Use() was not called.</exception>
        public static MessageSocket Pub()
        {
            return new MessageSocket(MessageSocketType.Pub);
        }

        /// <summary>Makes a SUB: what it subscribed to.</summary>
        /// <returns>The socket.</returns>
        /// <exception cref="NotSupportedException">PubSub.Use() was not called.</exception>
        public static MessageSocket Sub()
        {
            return new MessageSocket(MessageSocketType.Sub);
        }

        /// <summary>Makes an XPUB: a PUB that receives subscriptions.</summary>
        /// <returns>The socket.</returns>
        /// <exception cref="NotSupportedException">PubSub.Use() was not called.</exception>
        public static MessageSocket XPub()
        {
            return new MessageSocket(MessageSocketType.XPub);
        }

        /// <summary>Makes an XSUB: a SUB that sends subscriptions.</summary>
        /// <returns>The socket.</returns>
        /// <exception cref="NotSupportedException">PubSub.Use() was not called.</exception>
        public static MessageSocket XSub()
        {
            return new MessageSocket(MessageSocketType.XSub);
        }

        /// <summary>Makes a PUSH: spreads work.</summary>
        /// <returns>The socket.</returns>
        public static MessageSocket Push()
        {
            return new MessageSocket(MessageSocketType.Push);
        }

        /// <summary>Makes a PULL: takes work.</summary>
        /// <returns>The socket.</returns>
        public static MessageSocket Pull()
        {
            return new MessageSocket(MessageSocketType.Pull);
        }

        /// <summary>Takes what begins with a prefix, too (SUB, XSUB); the empty one is all. Counted: each needs its
        /// <see cref="Unsubscribe"/>.</summary>
        /// <param name="prefix">The first bytes of the first frame.</param>
        /// <exception cref="SocketException">EOPNOTSUPP: the socket is neither.</exception>
        public void Subscribe(byte[] prefix)
        {
            Change(prefix, true);
        }

        /// <summary>As <see cref="Subscribe(byte[])"/>, with a text in UTF-8.</summary>
        /// <param name="prefix">The beginning.</param>
        public void Subscribe(string prefix)
        {
            Change(System.Text.Encoding.UTF8.GetBytes(prefix), true);
        }

        /// <summary>Takes one subscription back.</summary>
        /// <param name="prefix">The same bytes.</param>
        /// <exception cref="SocketException">EOPNOTSUPP: the socket is neither SUB nor XSUB.</exception>
        public void Unsubscribe(byte[] prefix)
        {
            Change(prefix, false);
        }

        /// <summary>Closes the socket. What was sent still goes out for as long as <see cref="MessageSocketOptions.LingerMs"/> says;
        /// what was not received is dropped. Calls that wait end with EBADF. Closing again does nothing.</summary>
        public void Close()
        {
            ISocketMonitor monitor;
            lock (_lock)
            {
                if (_closed)
                {
                    return;
                }

                _closed = true;
                for (int i = 0; i < _endpoints.Count; i++)
                {
                    ((IEndpoint)_endpoints[i]).Close();
                }

                // In this order: who comes from here on closes by himself, and all that came before is taken.
                _events.Close();
                TakeEvents();
                for (int i = 0; i < _peers.Count; i++)
                {
                    _pattern.Close((Peer)_peers[i]);
                }

                _peers.Clear();
                monitor = _monitor;
            }

            _context.Remove(this);
            for (int i = 0; i < _endpoints.Count; i++)
            {
                ((IEndpoint)_endpoints[i]).AwaitEnd();
            }

            monitor?.Post(SocketEventKind.MonitorStopped, "", 0, "");
        }

        /// <summary>As <see cref="Close"/>.</summary>
        public void Dispose()
        {
            Close();
        }

        /// <summary>A peer has a connection; before the peer tells it. On the thread that made the connection.</summary>
        internal void LinkNow(Peer peer)
        {
            _pattern.LinkNow(peer);
        }

        /// <summary>A peer has lost its connection, and waits for another one. On the thread that noticed it.</summary>
        internal void UnlinkNow(Peer peer)
        {
            _pattern.UnlinkNow(peer);
        }

        /// <summary>Tells the monitor, if there is one.</summary>
        internal void TellMonitor(SocketEventKind kind, string endpoint, int value, string detail)
        {
            _monitor?.Post(kind, endpoint, value, detail);
        }

        internal void SetMonitor(ISocketMonitor monitor)
        {
            ISocketMonitor former;
            lock (_lock)
            {
                ThrowIfClosed();
                former = _monitor;
                _monitor = monitor;
            }

            former?.Post(SocketEventKind.MonitorStopped, "", 0, "");
        }

        internal void ClearMonitor(ISocketMonitor monitor)
        {
            lock (_lock)
            {
                _monitor = _monitor == monitor ? null : _monitor;
            }
        }

        /// <summary>Makes the pipes to a peer; the caller tells when it is attached.</summary>
        internal Peer NewPeer(FramePipe input, FramePipe output)
        {
            return new Peer(_events, input, output);
        }

        /// <summary>A pipe with this socket's marks for what comes.</summary>
        internal FramePipe NewInput()
        {
            return new FramePipe(_context.Pool, Options.ReceiveHighWaterMark, Options.HighWaterBytes,
                Options.Conflate && SocketTypes.MayConflateInput(Type));
        }

        /// <summary>A pipe with this socket's marks for what goes.</summary>
        internal FramePipe NewOutput()
        {
            return new FramePipe(_context.Pool, Options.SendHighWaterMark, Options.HighWaterBytes,
                Options.Conflate && SocketTypes.MayConflateOutput(Type));
        }

        private void Change(byte[] prefix, bool add)
        {
            int result;
            lock (_lock)
            {
                ThrowIfClosed();
                TakeEvents();
                result = _pattern.Subscribe(prefix ?? throw new ArgumentNullException(nameof(prefix)), add);
            }

            Check(result, "subscribe");
        }

        private void ThrowIfClosed()
        {
            if (_closed)
            {
                throw new ObjectDisposedException(nameof(MessageSocket));
            }
        }

        private int Check(int result, string what)
        {
            if (result < 0)
            {
                Errno error = (Errno)(-result);
                string why = error == Errno.EALREADY ? "a " + SocketTypes.Name(Type) + " socket sends and receives in turn (EFSM)"
                    : error == Errno.EOPNOTSUPP ? "a " + SocketTypes.Name(Type) + " socket cannot (EOPNOTSUPP)" : ErrnoTable.Describe(error);
                throw new SocketException(error, what + " on a " + SocketTypes.Name(Type) + " socket: " + why);
            }

            return result;
        }
    }
}
