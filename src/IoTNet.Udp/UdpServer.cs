using System;

namespace IoTNet
{
    /// <summary>
    /// Serves datagrams, and answers each from the address that it came to (Ruby's <c>Socket.udp_server_sockets</c> and
    /// <c>udp_server_loop_on</c>).
    /// <code>
    /// Socket[] sockets = UdpServer.Sockets(null, 7);
    /// UdpServer.LoopOn(sockets, (buffer, offset, count, source) =&gt; source.Reply(buffer, offset, count));
    /// </code>
    /// </summary>
    /// <remarks>No datagram allocates, but those that come to a socket on <c>::</c>: the stack tells where each was sent to by an
    /// object of some 50 bytes.</remarks>
    public sealed partial class UdpServer : ISocketWatcher, IDisposable
    {
        /// <summary>The default size of the buffer, in bytes: what an Ethernet frame holds (1,500 less IPv4's and UDP's
        /// headers).</summary>
        public const int DefaultDatagramBytes = 1472;

        // So that a socket whose queue never gets empty leaves the loop's others their turn.
        private const int DatagramsPerRound = 16;

        private readonly EventLoop _loop;
        private readonly UdpHandler _handler;
        private readonly byte[] _buffer;
        private readonly UdpSource[] _sources;
        private readonly SocketWatch[] _watches;
        private int _open;

        // Whether the loop is there for this server alone.
        private bool _ownsLoop;

        /// <summary>Serves on an event loop. Exceptions of the handler go to <see cref="EventLoop.Error"/>, and the server goes
        /// on.</summary>
        /// <param name="loop">The loop.</param>
        /// <param name="sockets">Bound datagram sockets. The server reads them until each of them is closed, or all by
        /// <see cref="Close"/>.</param>
        /// <param name="handler">Takes each datagram.</param>
        /// <param name="datagramBytes">How many bytes of a datagram are taken, 1 to 65,535; the rest of a longer one is lost
        /// (<see cref="UdpSource.IsTruncated"/>). All sockets share one buffer of that size.</param>
        /// <exception cref="ArgumentNullException">Something is missing.</exception>
        /// <exception cref="ArgumentException">There are no sockets, or one is another board's.</exception>
        /// <exception cref="ArgumentOutOfRangeException">datagramBytes is out of its range.</exception>
        /// <exception cref="ObjectDisposedException">A socket is closed, or the loop has been stopped.</exception>
        public UdpServer(EventLoop loop, Socket[] sockets, UdpHandler handler, int datagramBytes = DefaultDatagramBytes)
        {
            _loop = loop ?? throw new ArgumentNullException(nameof(loop));
            _handler = handler ?? throw new ArgumentNullException(nameof(handler));
            if (sockets == null)
            {
                throw new ArgumentNullException(nameof(sockets));
            }

            if (sockets.Length == 0)
            {
                throw new ArgumentException("There are no sockets to serve.", nameof(sockets));
            }

            if (datagramBytes < 1 || datagramBytes > 65535)
            {
                throw new ArgumentOutOfRangeException(nameof(datagramBytes), "Expected 1 to 65535 bytes, not " + datagramBytes.ToString() + ".");
            }

            _buffer = new byte[datagramBytes];
            _sources = new UdpSource[sockets.Length];
            _watches = new SocketWatch[sockets.Length];
            bool done = false;
            try
            {
                for (; _open < sockets.Length; _open++)
                {
                    _sources[_open] = new UdpSource(sockets[_open]);
                    _watches[_open] = loop.Watch(sockets[_open], PollEvents.In, this);
                }

                done = true;
            }
            finally
            {
                for (int i = 0; i < _open && !done; i++)
                {
                    _watches[i].Close();
                }
            }
        }

        /// <summary>Serves until the last socket is closed, which any thread may do, the handler too; the sockets are read as
        /// they get ready. An exception of the handler leaves this call; the sockets stay open, and it may be called
        /// again.</summary>
        /// <param name="sockets">Bound datagram sockets of the current board, such as <see cref="Sockets(string, int)"/>
        /// gives.</param>
        /// <param name="handler">Takes each datagram, on this thread.</param>
        /// <exception cref="ArgumentNullException">Something is missing.</exception>
        /// <exception cref="ArgumentException">There are no sockets, or one is another board's.</exception>
        /// <exception cref="ObjectDisposedException">A socket is closed already.</exception>
        public static void LoopOn(Socket[] sockets, UdpHandler handler)
        {
            LoopOn(sockets, handler, null);
        }

        /// <summary>As the other form, but tells of the handler's exceptions and goes on.</summary>
        /// <param name="sockets">As there.</param>
        /// <param name="handler">As there.</param>
        /// <param name="onError">Is told of each exception; null: it leaves this call.</param>
        public static void LoopOn(Socket[] sockets, UdpHandler handler, LoopErrorHandler onError)
        {
            using (EventLoop loop = new EventLoop())
            {
                loop.Error += onError;
                UdpServer server = new UdpServer(loop, sockets, handler) { _ownsLoop = true };
                loop.Run();
            }
        }

        /// <summary>Ends the server and closes its sockets; no call of the handler comes afterwards. Closing again does
        /// nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close()
        {
            for (int i = 0; i < _watches.Length; i++)
            {
                _watches[i].Close();
                _watches[i].Socket.Close();
            }
        }

        /// <summary>As <see cref="Close"/>.</summary>
        public void Dispose()
        {
            Close();
        }

        void ISocketWatcher.OnReady(SocketWatch watch, PollEvents events)
        {
            if ((events & PollEvents.Nval) != 0)
            {
                if (--_open == 0 && _ownsLoop)
                {
                    _loop.Stop();
                }

                return;
            }

            UdpSource source = Find(watch);
            for (int i = 0; i < DatagramsPerRound && !watch.IsClosed; i++)
            {
                int count = source.Receive(_buffer);
                if (count >= 0)
                {
                    _handler(_buffer, 0, count, source);
                }
                else if (!IsPassing((Errno)(-count)))
                {
                    throw new SocketException((Errno)(-count), "receive on " + watch.Socket.ToString() + ": " + ErrnoTable.Name((Errno)(-count)));
                }
                else if (count == -(int)Errno.EAGAIN || count == -(int)Errno.EBADF)
                {
                    // Another one took it, or the socket is closed, which the watch will tell.
                    return;
                }
            }
        }

        // RFC 1122 4.1.3.3: what an earlier datagram met with on its way is told by the next call, and is over then.
        private static bool IsPassing(Errno error)
        {
            return error == Errno.EAGAIN || error == Errno.EBADF || error == Errno.EINTR || error == Errno.ECONNREFUSED ||
                error == Errno.ECONNRESET || error == Errno.EHOSTUNREACH || error == Errno.ENETUNREACH;
        }

        private UdpSource Find(SocketWatch watch)
        {
            int index = 0;
            while (_watches[index] != watch)
            {
                index++;
            }

            return _sources[index];
        }
    }
}
