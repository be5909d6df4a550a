using System;

namespace IoTNet
{
    // Endpoints: bind and connect.
    public sealed partial class MessageSocket
    {
        private const string Inproc = "inproc://";
        internal const string Tcp = "tcp://";
        private const string Ipc = "ipc://";

        // libzmq: an inproc name has at most 256 characters.
        private const int MaxInprocName = 256;

        /// <summary>Takes connections at an endpoint: <c>inproc://NAME</c>, <c>tcp://ADDRESS:PORT</c> (<c>*</c> = any address, or a
        /// free port), <c>ipc://PATH</c>, <c>ipc://@NAME</c> (abstract).</summary>
        /// <param name="endpoint">The endpoint.</param>
        /// <exception cref="ArgumentException">It is malformed; the text says where.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the text names it.</exception>
        /// <exception cref="SocketException">EADDRINUSE, EADDRNOTAVAIL, EACCES, ENFILE.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Bind(string endpoint)
        {
            ThrowIfClosed();
            Options.Check();
            IEndpoint bound;
            if (IsInproc(endpoint))
            {
                bound = _context.Inproc.Bind(this, endpoint) ??
                    throw new SocketException(Errno.EADDRINUSE, "bind " + endpoint + ": " + ErrnoTable.Describe(Errno.EADDRINUSE));
            }
            else
            {
                // Without the lock, as it waits for the loop.
                bound = _context.Listen(this, endpoint, ToUri(endpoint, true));
            }

            lock (_lock)
            {
                if (!_closed)
                {
                    _endpoints.Add(bound);
                    LastEndpoint = bound.Name;
                    TellMonitor(SocketEventKind.Listening, bound.Name, 0, "");
                    return;
                }
            }

            bound.Close();
            ThrowIfClosed();
        }

        /// <summary>Connects to an endpoint, now and again whenever the connection is lost. Returns at once: what is sent meanwhile
        /// waits.</summary>
        /// <param name="endpoint">As in <see cref="Bind"/>, but with a host: an address or a name; also
        /// <c>tcp://LOCAL:PORT;HOST:PORT</c>, from an address of this board (PORT <c>*</c> or 0: any).</param>
        /// <exception cref="ArgumentException">It is malformed; the text says where.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the text names it.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Connect(string endpoint)
        {
            Options.Check();
            lock (_lock)
            {
                ThrowIfClosed();
                IEndpoint connected = IsInproc(endpoint) ? _context.Inproc.Connect(this, endpoint) : ConnectOverNetwork(endpoint);
                _endpoints.Add(connected);
                LastEndpoint = endpoint;
                TakeEvents();
            }
        }

        /// <summary>Ends what was bound or connected under a name (zmq_unbind, zmq_disconnect). A bound name is free again
        /// afterwards; connections that were accepted stay. Of what was connected, messages not received yet are lost, and
        /// those sent go out for as long as <see cref="MessageSocketOptions.LingerMs"/> says.</summary>
        /// <param name="endpoint">As given, or as <see cref="LastEndpoint"/> told.</param>
        /// <exception cref="SocketException">ENOENT: there is none.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Disconnect(string endpoint)
        {
            if (!TryDisconnect(endpoint))
            {
                throw new SocketException(Errno.ENOENT, "disconnect " + endpoint + ": " + ErrnoTable.Describe(Errno.ENOENT));
            }

            // It may have been connected several times.
            while (TryDisconnect(endpoint))
            {
            }
        }

        private bool TryDisconnect(string endpoint)
        {
            IEndpoint found;
            lock (_lock)
            {
                ThrowIfClosed();
                TakeEvents();
                found = TakeOut(endpoint);
                if (found == null)
                {
                    return false;
                }

                found.Close();
                if (found.Peer != null)
                {
                    Drop(found.Peer);
                }
            }

            found.AwaitEnd();
            return true;
        }

        private IEndpoint ConnectOverNetwork(string endpoint)
        {
            int semicolon = endpoint.StartsWith(Tcp) ? endpoint.IndexOf(';') : -1;
            if (semicolon < 0)
            {
                return _context.Connect(this, endpoint, ToUri(endpoint, false), null);
            }

            string local = ToUri(endpoint.Substring(0, semicolon), true);
            return _context.Connect(this, endpoint, Tcp + endpoint.Substring(semicolon + 1), local);
        }

        private IEndpoint TakeOut(string endpoint)
        {
            for (int i = 0; i < _endpoints.Count; i++)
            {
                IEndpoint found = (IEndpoint)_endpoints[i];
                if (found.Name == endpoint)
                {
                    _endpoints.RemoveAt(i);
                    return found;
                }
            }

            return null;
        }

        private static bool IsInproc(string endpoint)
        {
            if (endpoint == null)
            {
                throw new ArgumentNullException(nameof(endpoint));
            }

            if (!endpoint.StartsWith(Inproc))
            {
                return false;
            }

            int length = endpoint.Length - Inproc.Length;
            return length > 0 && length <= MaxInprocName ? true
                : throw Wrong(endpoint, "an inproc name has 1 to 256 characters, not " + length.ToString());
        }

        // To the form that the server's and the connector's URIs have.
        private static string ToUri(string endpoint, bool binds)
        {
            if (endpoint.StartsWith(Ipc))
            {
                return "unix://" + endpoint.Substring(Ipc.Length);
            }

            if (!endpoint.StartsWith(Tcp))
            {
                throw Wrong(endpoint, "expected inproc://, tcp:// or ipc://");
            }

            int colon = endpoint.LastIndexOf(':');
            if (!binds || colon < Tcp.Length)
            {
                return endpoint;
            }

            string host = endpoint.Substring(Tcp.Length, colon - Tcp.Length);
            string port = endpoint.Substring(colon + 1);
            return Tcp + (host == "*" ? "0.0.0.0" : host) + ":" + (port == "*" ? "0" : port);
        }

        private static ArgumentException Wrong(string endpoint, string why)
        {
            return new ArgumentException("Invalid endpoint \"" + endpoint + "\" (EINVAL): " + why + ".");
        }
    }
}
