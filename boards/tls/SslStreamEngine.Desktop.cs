#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace IoTNet.Boards
{
    // One connection's engine: .NET's SslStream, driven step by step (see CipherStream).
    internal sealed class SslStreamEngine : ITlsEngine
    {
        private const int WouldBlock = -(int)Errno.EAGAIN;
        private const int Aborted = -(int)Errno.ECONNABORTED;

        // RFC 8446 5.1: what a record holds.
        private const int RecordBytes = 16384;

        private readonly CipherStream _stream;
        private readonly SslStream _ssl;
        private readonly CertificateJudge _judge;
        private readonly bool _isServer;
        private readonly string _host;
        private readonly TlsOptions _options;
        private readonly TlsCredentials _credentials;
        private Task _handshake;
        private byte[] _plain;
        private int _plainStart;
        private int _plainEnd;
        private ValueTask<int> _reading;
        private bool _isReading;
        private bool _isAtEnd;
        private int _broken;

        public SslStreamEngine(INetworkStack stack, int handle, bool isServer, string host, TlsOptions options, TlsCredentials credentials)
        {
            _isServer = isServer;
            _host = host;
            _options = options;
            _credentials = credentials;
            _judge = new CertificateJudge(isServer ? options.ClientVerification : options.Verification, isServer, host);
            _stream = new CipherStream(stack, handle);
            _ssl = new SslStream(_stream, leaveInnerStreamOpen: true);
        }

        public PollEvents Wanted => HasUnsent ? PollEvents.In | PollEvents.Out : PollEvents.In;

        public int Pending => _plainEnd - _plainStart;

        public bool HasUnsent => _stream.HasUnsent;

        public TlsFailure Failure { get; private set; }

        public TlsVerifyFlags VerifyFlags => _judge.Flags;

        public string Protocol => !_ssl.IsAuthenticated ? null : _ssl.SslProtocol == SslProtocols.Tls13 ? "TLS 1.3"
            : _ssl.SslProtocol == SslProtocols.Tls12 ? "TLS 1.2" : _ssl.SslProtocol.ToString();

        public int CipherSuite => _ssl.IsAuthenticated ? (int)_ssl.NegotiatedCipherSuite : 0;

        public string ApplicationProtocol =>
            !_ssl.IsAuthenticated || _ssl.NegotiatedApplicationProtocol.Protocol.IsEmpty ? null : _ssl.NegotiatedApplicationProtocol.ToString();

        public int Handshake()
        {
            // What the peer answers takes a while: one look for it is enough.
            bool looks = _handshake != null;
            _handshake = _handshake ?? Begin();
            while (!_handshake.IsCompleted)
            {
                if (!GoOn(looks, _handshake.IsCompleted))
                {
                    _stream.SendUnsent();
                    return WouldBlock;
                }

                looks = false;
            }

            _stream.SendUnsent();
            return _handshake.IsCompletedSuccessfully ? 0 : FailHandshake(_handshake.Exception.InnerException);
        }

        public int Fill(bool looks)
        {
            if (Pending > 0)
            {
                return Pending;
            }

            if (_isAtEnd || _broken != 0)
            {
                return _broken;
            }

            try
            {
                int count = ReadRecord(looks);
                if (count == WouldBlock)
                {
                    return WouldBlock;
                }

                if (count > 0)
                {
                    _plainStart = 0;
                    _plainEnd = count;
                    return count;
                }

                // SslStream gives 0 for both: the peer's close_notify, and a connection that ended without it.
                if (!_stream.IsAtEnd)
                {
                    _isAtEnd = true;
                    return 0;
                }

                return Break(Cut());
            }
            catch (Exception e)
            {
                _isReading = false;
                return _stream.InputError != 0 ? Break(_stream.InputError) : Break(_stream.IsAtEnd ? Cut() : HandshakeErrors.OfRecord(e));
            }
        }

        public int Take(byte[] buffer, int offset, int count, bool peek)
        {
            count = Math.Min(count, Pending);
            Array.Copy(_plain, _plainStart, buffer, offset, count);
            _plainStart += peek ? 0 : count;
            return count;
        }

        public int Send(byte[] buffer, int offset, int count)
        {
            int error = HasUnsent ? _stream.SendUnsent() : _stream.OutputError;
            if (error != 0)
            {
                return error;
            }

            int sent = 0;
            try
            {
                do
                {
                    int part = Math.Min(count - sent, RecordBytes);
                    ValueTask writing = _ssl.WriteAsync(new ReadOnlyMemory<byte>(buffer, offset + sent, part));
                    if (!writing.IsCompleted)
                    {
                        // Renegotiation is off: it never waits for the peer.
                        return -(int)Errno.EIO;
                    }

                    writing.GetAwaiter().GetResult();
                    sent += part;
                }
                while (sent < count && !HasUnsent && _stream.OutputError == 0);
            }
            catch (Exception)
            {
                return -(int)Errno.EPIPE;
            }

            return _stream.OutputError != 0 ? _stream.OutputError : sent;
        }

        public int Flush()
        {
            return _stream.SendUnsent();
        }

        public int CloseNotify()
        {
            try
            {
                _ssl.ShutdownAsync().GetAwaiter().GetResult();
            }
            catch (Exception)
            {
                return -(int)Errno.EPIPE;
            }

            return _stream.OutputError;
        }

        public void Close()
        {
            _stream.Abandon();
            _ssl.Dispose();
            if (_plain != null && (!_isReading || _reading.IsCompleted))
            {
                ArrayPool<byte>.Shared.Return(_plain);
                _plain = null;
            }

            // Nobody asks for its result any more.
            _ = _handshake?.Exception;
        }

        private Task Begin()
        {
            SslProtocols protocols = ((_options.Protocols & TlsProtocols.Tls12) != 0 ? SslProtocols.Tls12 : 0) |
                ((_options.Protocols & TlsProtocols.Tls13) != 0 ? SslProtocols.Tls13 : 0);

            // Who asks for no certificate has none to judge.
            bool asks = !_isServer || _options.ClientVerification != TlsVerification.None;
            X509ChainPolicy policy = asks ? CertificateJudge.PolicyFor(_credentials.Authorities) : null;
            RemoteCertificateValidationCallback judge = asks ? _judge.Judge : null;
            return _isServer
                ? _ssl.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = _credentials.Own,
                    ClientCertificateRequired = asks,
                    EnabledSslProtocols = protocols,
                    ApplicationProtocols = Alpn(),
                    AllowRenegotiation = false,
                    AllowTlsResume = _options.SessionCache,
                    CertificateChainPolicy = policy,
                    RemoteCertificateValidationCallback = judge,
                })
                : _ssl.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
                {
                    TargetHost = _host ?? "",
                    ClientCertificateContext = _credentials.Own,
                    EnabledSslProtocols = protocols,
                    ApplicationProtocols = Alpn(),
                    AllowRenegotiation = false,
                    AllowTlsResume = _options.SessionCache,
                    CertificateChainPolicy = policy,
                    RemoteCertificateValidationCallback = judge,
                });
        }

        private List<SslApplicationProtocol> Alpn()
        {
            if (_options.ApplicationProtocols == null)
            {
                return null;
            }

            List<SslApplicationProtocol> list = new List<SslApplicationProtocol>();
            foreach (string name in _options.ApplicationProtocols)
            {
                list.Add(new SslApplicationProtocol(name));
            }

            return list;
        }

        // The decrypted bytes of the next records; 0 at the end; EAGAIN.
        private int ReadRecord(bool looks)
        {
            // If the socket was not known to be empty, the read itself looks.
            looks &= _stream.IsDrained;
            if (!_isReading)
            {
                _plain = _plain ?? ArrayPool<byte>.Shared.Rent(RecordBytes);
                _reading = _ssl.ReadAsync(_plain.AsMemory());
                _isReading = true;
            }

            while (!_reading.IsCompleted)
            {
                if (!GoOn(looks, _reading.IsCompleted))
                {
                    return WouldBlock;
                }
            }

            _isReading = false;
            return _reading.Result;
        }

        // False when SslStream waits for bytes that are not there. It goes on within TryGoOn; should the runtime move it to
        // another thread (a deep stack), that computes without waiting, and is waited for.
        private bool GoOn(bool looks, bool isCompleted)
        {
            if (_stream.TryGoOn(looks))
            {
                return true;
            }

            if (!_stream.IsReading && !isCompleted)
            {
                Thread.Yield();
                return true;
            }

            return false;
        }

        private int FailHandshake(Exception exception)
        {
            // What the certificate lacks is known better than by the exception.
            if (_judge.Refusal != null)
            {
                Failure = new TlsFailure(Errno.ECONNABORTED, _judge.Refusal) { Flags = _judge.Flags };
                return Aborted;
            }

            if (_stream.InputError != 0)
            {
                return _stream.InputError;
            }

            Failure = _stream.IsAtEnd
                ? new TlsFailure(Errno.ECONNABORTED, "the peer closed the connection during the TLS handshake")
                : HandshakeErrors.Of(exception, _stream.Head);
            return Aborted;
        }

        private int Break(TlsFailure failure)
        {
            Failure = failure;
            return Break(Aborted);
        }

        private int Break(int error)
        {
            _broken = error;
            return error;
        }

        // RFC 8446 6.1: else whoever sits on the line could cut the stream where he likes.
        private static TlsFailure Cut()
        {
            return new TlsFailure(Errno.ECONNABORTED, "the connection ended without TLS's close_notify: what came may be cut short");
        }
    }
}
#endif
