using System;

namespace IoTNet
{
    // Endpoints: bind and connect.
    public sealed partial class MessageSocket
    {
        private const string Inproc = "inproc://";
        private const string Tcp = "tcp://";
        private const string Ipc = "ipc://";

        // libzmq: an inproc name has at most 256 characters.
        private const int MaxInprocName = 256;

        /// <summary>Takes connections at an endpoint: <c>inproc://NAME</c>, <c>tcp://ADDRESS:PORT</c> (<c>*</c> = any address, or a
        /// free port), <c>ipc://PATH</c>, <c>ipc://@NAME</c> (abstract).</summary>
        /// <param name="endpoint">The endpoint.</param>
        /// <exception cref="ArgumentException">It is malformed; the text says where.</exception>
        /// <exception cref="SocketException">EADDRINUSE, EADDRNOTAVAIL, EACCES, ENFILE.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Bind(string endpoint)
        {
            lock (_lock)
            {
                ThrowIfClosed();
                IEndpoint bound;
                if (IsInproc(endpoint))
                {
                    bound = _context.Inproc.Bind(this, endpoint) ??
                        throw new SocketException(Errno.EADDRINUSE, "bind " + endpoint + ": " + ErrnoTable.Describe(Errno.EADDRINUSE));
                }
                else
                {
                    bound = _context.Listen(this, endpoint, ToUri(endpoint, true));
                }

                _endpoints.Add(bound);
                LastEndpoint = bound.Name;
            }
        }

        /// <summary>Connects to an endpoint, now and again whenever the connection is lost. Returns at once: what is sent meanwhile
        /// waits.</summary>
        /// <param name="endpoint">As in <see cref="Bind"/>, but with a host: an address or a name.</param>
        /// <exception cref="ArgumentException">It is malformed; the text says where.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Connect(string endpoint)
        {
            lock (_lock)
            {
                ThrowIfClosed();
                IEndpoint connected = IsInproc(endpoint) ? _context.Inproc.Connect(this, endpoint)
                    : _context.Connect(this, endpoint, ToUri(endpoint, false));
                _endpoints.Add(connected);
                LastEndpoint = endpoint;
                TakeEvents();
            }
        }

        /// <summary>Ends what was bound or connected under a name (zmq_unbind, zmq_disconnect).</summary>
        /// <param name="endpoint">As given, or as <see cref="LastEndpoint"/> told.</param>
        /// <exception cref="SocketException">ENOENT: there is none.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Disconnect(string endpoint)
        {
            lock (_lock)
            {
                ThrowIfClosed();
                for (int i = 0; i < _endpoints.Count; i++)
                {
                    IEndpoint found = (IEndpoint)_endpoints[i];
                    if (found.Name == endpoint)
                    {
                        _endpoints.RemoveAt(i);
                        found.Close();
                        return;
                    }
                }
            }

            throw new SocketException(Errno.ENOENT, "disconnect " + endpoint + ": " + ErrnoTable.Describe(Errno.ENOENT));
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
