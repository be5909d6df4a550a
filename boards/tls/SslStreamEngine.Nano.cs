#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using System;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // One connection's engine: nanoFramework's SslStream. Its handshake is one call, in which the whole interpreter waits; so
    // it is made when the peer has something to say, or we begin. Reads are made when there is something, and end after 1 ms
    // when it was not a whole record; writes when the socket has room, and of no more than fits then.
    internal sealed class SslStreamEngine : ITlsEngine
    {
        private const int WouldBlock = -(int)Errno.EAGAIN;

        // As SystemNetSocket's: a piece for which lwIP has room when it says that it has any. A record adds some 30 bytes.
        private const int SendBytes = 1024;
        private const int ReceiveBytes = 512;

        private readonly INetworkStack _stack;
        private readonly int _handle;
        private readonly SecureStream _stream;
        private readonly bool _isServer;
        private readonly string _host;
        private readonly TlsOptions _options;
        private readonly Deadline _handshakeEnd;
        private byte[] _plain;
        private int _plainStart;
        private int _plainEnd;
        private bool _isAtEnd;
        private int _broken;

        public SslStreamEngine(INetworkStack stack, int handle, SecureStream stream, bool isServer, string host, TlsOptions options)
        {
            _stack = stack;
            _handle = handle;
            _stream = stream;
            _isServer = isServer;
            _host = host;
            _options = options;
            _handshakeEnd = Deadline.After(options.HandshakeTimeoutMs);
        }

        public PollEvents Wanted => PollEvents.In;

        public int Pending => _plainEnd - _plainStart;

        public bool HasUnsent => false;

        public TlsFailure Failure { get; private set; }

        public TlsVerifyFlags VerifyFlags => TlsVerifyFlags.None;

        public string Protocol => null;

        public int CipherSuite => 0;

        public string ApplicationProtocol => null;

        public int Handshake()
        {
            // A client that says nothing must not hold the interpreter.
            if (_isServer && !HasInput())
            {
                return WouldBlock;
            }

            if (!_isServer && _host == null && _options.Verification != TlsVerification.None)
            {
                Failure = new TlsFailure(Errno.ECONNABORTED, "there is no host name to check the server's certificate against");
                Failure.Flags = TlsVerifyFlags.NameMismatch;
                return -(int)Errno.ECONNABORTED;
            }

            try
            {
                _stream.Authenticate(_isServer, _host, _options, _handshakeEnd.RemainingMs());
                _plain = new byte[ReceiveBytes];
                return 0;
            }
            catch (Exception e)
            {
                bool isLate = _handshakeEnd.RemainingMs() == 0;
                Failure = new TlsFailure(isLate ? Errno.ETIMEDOUT : Errno.ECONNABORTED, isLate
                    ? "the TLS handshake was not done in time: the peer stalled"
                    : "the TLS handshake failed: " + SecureStream.Describe(e));
                return -(int)Failure.Errno;
            }
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

            if (!_stream.DataAvailable && (!looks || !HasInput()))
            {
                return WouldBlock;
            }

            try
            {
                int count = _stream.Read(_plain, 0, _plain.Length);
                _isAtEnd = count == 0;
                _plainStart = 0;
                _plainEnd = count;
                return count;
            }
            catch (Exception e)
            {
                int error = SecureStream.ErrorOf(e, NetCall.Receive);
                if (error == -(int)Errno.ETIMEDOUT || error == WouldBlock)
                {
                    return WouldBlock;
                }

                if (error == -(int)Errno.EIO)
                {
                    error = -(int)Errno.ECONNABORTED;
                    Failure = new TlsFailure(Errno.ECONNABORTED, "a TLS record is not in order: " + SecureStream.Describe(e));
                }

                _broken = error;
                return error;
            }
        }

        public int Take(byte[] buffer, int offset, int count, bool peek)
        {
            count = count < Pending ? count : Pending;
            Array.Copy(_plain, _plainStart, buffer, offset, count);
            _plainStart += peek ? 0 : count;
            return count;
        }

        public int Send(byte[] buffer, int offset, int count)
        {
            if (_stack.Poll(_handle, PollEvents.Out, 0) == 0)
            {
                return WouldBlock;
            }

            count = count < SendBytes ? count : SendBytes;
            try
            {
                _stream.Write(buffer, offset, count);
                return count;
            }
            catch (Exception e)
            {
                int error = SecureStream.ErrorOf(e, NetCall.Send);
                return error == -(int)Errno.ETIMEDOUT ? WouldBlock : error == -(int)Errno.EIO ? -(int)Errno.EPIPE : error;
            }
        }

        public int Flush()
        {
            return 0;
        }

        public int CloseNotify()
        {
            return -(int)Errno.EOPNOTSUPP;
        }

        public void Close()
        {
            _stream.Close();
        }

        private bool HasInput()
        {
            return _stack.Poll(_handle, PollEvents.In, 0) != 0;
        }
    }
}
#endif
