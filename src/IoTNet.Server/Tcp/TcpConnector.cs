using System;

namespace IoTNet
{
    /// <summary>Takes the end of a connect.</summary>
    /// <param name="connection">The connection; null when there is none. Its events are told after this call.</param>
    /// <param name="error">Why there is none: what was tried, and how each address failed. A <see cref="DnsException"/> when the
    /// name was not found.</param>
    public delegate void ConnectHandler(Connection connection, SocketException error);

    /// <summary>
    /// Connects on a loop, to numeric addresses and to names.
    /// <code>
    /// new TcpConnector(loop).Connect("example.com:80", 10000, OnConnected);
    /// </code>
    /// </summary>
    /// <remarks>
    /// <para><b>Names.</b> The resolver blocks, so each lookup has a thread of its own until it ends or its time is over, also
    /// when it is cancelled; on a board that is the thread's stack and the resolver's one or two sockets. It runs on the
    /// stack of the calling thread (<see cref="NetworkStack.Current"/>). An address given as a number needs none of it.</para>
    /// <para><b>Order.</b> All addresses of a name, sorted by RFC 6724, then IPv6 and IPv4 in turn (RFC 8305 4); but one after the
    /// other, not in a race, as boards have few sockets. Each gets its share of the time that is left, so that one which
    /// does not answer leaves some for the others.</para>
    /// <para><b>Stop.</b> A loop that is stopped forgets what goes on: cancel it, or its socket stays open.</para>
    /// </remarks>
    public sealed class TcpConnector
    {
        private readonly ConnectionSet _set;

        /// <summary>Makes a connector with the default limits.</summary>
        /// <param name="loop">The loop.</param>
        /// <exception cref="ArgumentNullException">No loop was given.</exception>
        public TcpConnector(EventLoop loop)
            : this(loop, new ConnectionOptions(), null)
        {
        }

        /// <summary>Makes a connector.</summary>
        /// <param name="loop">The loop.</param>
        /// <param name="options">The limits of its connections.</param>
        /// <exception cref="ArgumentNullException">Loop or options are missing.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        public TcpConnector(EventLoop loop, ConnectionOptions options)
            : this(loop, options, options?.Security)
        {
        }

        /// <summary>Makes a connector whose sockets are secured, or not, whatever its options say.</summary>
        /// <param name="loop">The loop.</param>
        /// <param name="options">The limits of its connections.</param>
        /// <param name="security">As <see cref="ConnectionOptions.Security"/>.</param>
        /// <exception cref="ArgumentNullException">Loop or options are missing.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        public TcpConnector(EventLoop loop, ConnectionOptions options, ISocketSecurity security)
        {
            if (loop == null)
            {
                throw new ArgumentNullException(nameof(loop));
            }

            (options ?? throw new ArgumentNullException(nameof(options))).Check();
            _set = new ConnectionSet(loop, options, security, null);
        }

        /// <summary>Refuses what <see cref="Connect(string,string,int,ConnectHandler)"/> of a plain connector would refuse.</summary>
        /// <param name="uri">The URI.</param>
        /// <param name="localUri">The local URI, or null.</param>
        /// <exception cref="ArgumentNullException">There is no URI.</exception>
        /// <exception cref="ArgumentException">One is wrong (EINVAL; the text names the part that is).</exception>
        public static void Check(string uri, string localUri)
        {
            TcpUri.Parse(uri, false);
            ParseLocal(localUri, false);
        }

        /// <summary>Begins to connect; on the loop's thread, or any one while the loop does not run.</summary>
        /// <param name="uri"><c>tcp://HOST:PORT</c> (tcp:// may be left out; an IPv6 address in brackets), <c>PORT</c> on
        /// 127.0.0.1, <c>unix://PATH</c>, <c>unix://@NAME</c>; tls:// instead of tcp:// with
        /// <see cref="ConnectionOptions.Security"/>.</param>
        /// <param name="timeoutMs">For all of it, lookup included, in ms, 1 or more; -1 = as long as the stack takes.</param>
        /// <param name="handler">Called once, in a later round of the loop, unless it is cancelled. ETIMEDOUT when the time is
        /// over, else the error of the address tried last.</param>
        /// <returns>What goes on, to be cancelled.</returns>
        /// <exception cref="ArgumentNullException">No URI or no handler was given.</exception>
        /// <exception cref="ArgumentException">The URI is wrong (EINVAL; the text names the part that is).</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is 0, or below -1.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public PendingConnect Connect(string uri, int timeoutMs, ConnectHandler handler)
        {
            return Connect(uri, null, timeoutMs, handler);
        }

        /// <summary>As <see cref="Connect(string,int,ConnectHandler)"/>, from an address of this board that is chosen by the
        /// caller.</summary>
        /// <param name="uri">Where to connect to.</param>
        /// <param name="localUri">Where from: <c>tcp://ADDRESS:PORT</c> with a number, not a name; port 0 = any. Addresses of the
        /// other family are passed over (EAFNOSUPPORT). Null = the stack chooses.</param>
        /// <param name="timeoutMs">For all of it, in ms, 1 or more; -1 = as long as the stack takes.</param>
        /// <param name="handler">As above; EADDRNOTAVAIL when the board has no such address.</param>
        /// <returns>What goes on, to be cancelled.</returns>
        /// <exception cref="ArgumentNullException">No URI or no handler was given.</exception>
        /// <exception cref="ArgumentException">A URI is wrong (EINVAL; the text names the part that is).</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is 0, or below -1.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public PendingConnect Connect(string uri, string localUri, int timeoutMs, ConnectHandler handler)
        {
            bool isSecure = _set.Security != null;
            TcpUri parsed = TcpUri.Parse(uri, isSecure);
            EndPoint local = ParseLocal(localUri, isSecure);
            ConnectionOptions.CheckTimeout(timeoutMs, nameof(timeoutMs));
            PendingConnect pending = new PendingConnect(_set, uri, parsed, local, timeoutMs, handler ?? throw new ArgumentNullException(nameof(handler)));
            pending.Begin();
            return pending;
        }

        private static EndPoint ParseLocal(string uri, bool isSecure)
        {
            if (uri == null)
            {
                return null;
            }

            TcpUri parsed = TcpUri.Parse(uri, isSecure);
            return parsed.Address ?? throw parsed.Wrong("expected a local address, not the name \"" + parsed.Host + "\"");
        }
    }
}
