using System;

namespace IoTNet
{
    /// <summary>How connections are secured. Read when a handshake begins; one object serves any number of sockets.</summary>
    /// <remarks>Certificates and keys are PEM or DER, in bytes (<c>Encoding.UTF8.GetBytes(pem)</c>).</remarks>
    public sealed class TlsOptions : ISocketSecurity
    {
        /// <summary>How long a handshake may take at first, in ms.</summary>
        public const int DefaultHandshakeTimeoutMs = 30000;

        private int _handshakeTimeoutMs = DefaultHandshakeTimeoutMs;

        /// <summary>Who may sign the peer's certificate: CA certificates, PEM (one or several) or DER (one). Default: null, the
        /// board's own store (nanoFramework's CA bundle; the operating system's on the desktop).</summary>
        public byte[] CaCertificates { get; set; }

        /// <summary>The certificate shown to the peer, PEM with those between it and the CA behind it, or DER. A server needs
        /// one; a client when the server asks for it. Default: null.</summary>
        public byte[] Certificate { get; set; }

        /// <summary>Its private key, PEM (PKCS #8, PKCS #1, SEC 1; PKCS #8 also encrypted) or DER (not encrypted); null when the
        /// PEM of <see cref="Certificate"/> has it.</summary>
        public byte[] PrivateKey { get; set; }

        /// <summary>The password of an encrypted private key. Default: null.</summary>
        public string Password { get; set; }

        /// <summary>Client: the name that the server's certificate must have and that is asked for (SNI); null = the one that
        /// the caller gives when it opens a socket; "" = names are not checked, and any host with a certificate of a trusted CA
        /// passes for the right one. Default: null.</summary>
        public string HostName { get; set; }

        /// <summary>Client: what is asked of the server's certificate. Default: Required. Anything less lets whoever sits on the
        /// line read and change everything.</summary>
        public TlsVerification Verification { get; set; } = TlsVerification.Required;

        /// <summary>Server: what is asked of clients' certificates. Default: None.</summary>
        public TlsVerification ClientVerification { get; set; } = TlsVerification.None;

        /// <summary>Which versions may be agreed on. Default: both.</summary>
        public TlsProtocols Protocols { get; set; } = TlsProtocols.Tls12 | TlsProtocols.Tls13;

        /// <summary>Application protocols (ALPN, RFC 7301), the preferred one first. nanoFramework's engine does not have it.
        /// Default: null.</summary>
        public string[] ApplicationProtocols { get; set; }

        /// <summary>Whether a connection may take up where an earlier one with the same peer ended, which saves most of a
        /// handshake (RFC 8446 2.2). nanoFramework's engine never does. Default: true.</summary>
        public bool SessionCache { get; set; } = true;

        /// <summary>How long a handshake may take, in ms, counted from the connection; a connect's own limit holds besides.
        /// Default: 30,000.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Set to a number below 1.</exception>
        public int HandshakeTimeoutMs
        {
            get => _handshakeTimeoutMs;
            set
            {
                if (value < 1)
                {
                    throw new ArgumentOutOfRangeException(nameof(value), "A handshake takes 1 ms or more, not " + value.ToString() + ".");
                }

                _handshakeTimeoutMs = value;
            }
        }

        /// <summary>What the engine made of the credentials, for it to find again with the next connection. Not for
        /// applications.</summary>
        public object Prepared { get; set; }

        /// <inheritdoc/>
        public Socket Open(NetworkStack stacks, AddressFamily family, string host)
        {
            if (stacks == null)
            {
                throw new ArgumentNullException(nameof(stacks));
            }

            TlsStack stack = stacks.Network as TlsStack;
            if (stack == null)
            {
                throw new SocketException(Errno.EPROTONOSUPPORT, "open a TLS socket: the board's stack, " + stacks.Network.Name +
                    ", has no TLS; give it to NetworkStack.Use within a TlsStack");
            }

            Socket socket = new Socket(stacks, family, SocketType.Stream,
                (Protocols & TlsProtocols.Tls12) != 0 ? ProtocolType.Tls12 : ProtocolType.Tls13);
            stack.Configure(socket.Handle, this, host);
            return socket;
        }

        internal TlsOptions Clone()
        {
            TlsOptions copy = new TlsOptions();
            copy.CaCertificates = CaCertificates;
            copy.Certificate = Certificate;
            copy.PrivateKey = PrivateKey;
            copy.Password = Password;
            copy.HostName = HostName;
            copy.Verification = Verification;
            copy.ClientVerification = ClientVerification;
            copy.Protocols = Protocols;
            copy.ApplicationProtocols = ApplicationProtocols;
            copy.SessionCache = SessionCache;
            copy._handshakeTimeoutMs = _handshakeTimeoutMs;
            copy.Prepared = Prepared;
            return copy;
        }
    }
}
