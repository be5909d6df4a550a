using System;
using System.Text;

namespace IoTNet
{
    // The options of a session; once a handshake has begun they can only be read.
    internal sealed partial class TlsSession
    {
        private const int MaxTags = 8;

        // RFC 1035 2.3.4, as text.
        private const int MaxHostBytes = 253;

        public void Configure(TlsOptions options, string host)
        {
            lock (_lock)
            {
                _options = options;
                _host = host;
            }
        }

        public int TakeError()
        {
            lock (_lock)
            {
                Advance(false, true);
                int error = TakePendingError();
                return error != 0 || _state != TlsState.Open ? error : InnerError();
            }
        }

        public int CountAvailable()
        {
            int signs;
            int count;
            lock (_lock)
            {
                signs = Signs();
                Advance(true, true);
                count = Pending;
                signs = NewSigns(signs);
            }

            Tell(signs, null);
            return count;
        }

        public int GetOption(SocketOptionName name, byte[] value, int length)
        {
            lock (_lock)
            {
                switch (name)
                {
                    case TlsOptionName.CipherSuiteUsed:
                        return _state != TlsState.Open || _engine == null ? -(int)Errno.ENOTCONN
                            : TlsValue.WriteInt(_engine.CipherSuite, value, length);
                    case TlsOptionName.CertVerifyResult:
                        TlsVerifyFlags flags = Failure != null ? Failure.Flags : _engine != null ? _engine.VerifyFlags : TlsVerifyFlags.None;
                        return TlsValue.WriteInt((int)flags, value, length);
                    case TlsOptionName.HandshakeTimeout:
                        return TlsValue.WriteInt(_options.HandshakeTimeoutMs, value, length);
                    case TlsOptionName.SessionCache:
                        return TlsValue.WriteInt(_options.SessionCache ? 1 : 0, value, length);
                    case TlsOptionName.AlpnList:
                        return WriteText(_engine == null ? null : _engine.ApplicationProtocol, value, length);
                    default:
                        return -(int)Errno.ENOPROTOOPT;
                }
            }
        }

        public int SetOption(SocketOptionName name, byte[] value, int length)
        {
            lock (_lock)
            {
                if (!IsPlain)
                {
                    return -(int)Errno.EISCONN;
                }

                // Handshakes that go on may be reading the present ones, and see none that is half changed.
                TlsOptions options = _options.Clone();
                int result = Set(options, name, value, length);
                if (result == 0)
                {
                    _options = options;
                }

                return result;
            }
        }

        /// <summary>What was agreed on, for people; null before that.</summary>
        public string Protocol
        {
            get
            {
                lock (_lock)
                {
                    return _state == TlsState.Open && _engine != null ? _engine.Protocol : null;
                }
            }
        }

        /// <summary>The application protocol that was agreed on; null for none.</summary>
        public string ApplicationProtocol
        {
            get
            {
                lock (_lock)
                {
                    return _state == TlsState.Open && _engine != null ? _engine.ApplicationProtocol : null;
                }
            }
        }

        private int Set(TlsOptions options, SocketOptionName name, byte[] value, int length)
        {
            switch (name)
            {
                case TlsOptionName.SecTagList:
                    return SetTags(options, value, length);
                case TlsOptionName.HostName:
                    return SetHostName(options, value, length);
                case TlsOptionName.AlpnList:
                    return SetAlpn(options, value, length);
                case TlsOptionName.PeerVerify:
                case TlsOptionName.SessionCache:
                case TlsOptionName.HandshakeTimeout:
                    return length < 4 ? -(int)Errno.EINVAL : SetNumber(options, name, TlsValue.ReadInt(value, 0));
                default:
                    return -(int)Errno.ENOPROTOOPT;
            }
        }

        private int SetTags(TlsOptions options, byte[] value, int length)
        {
            if (length % 4 != 0 || length > 4 * MaxTags)
            {
                return -(int)Errno.EINVAL;
            }

            for (int i = 0; i < length; i += 4)
            {
                int result = _stack.Credentials.Read(TlsValue.ReadInt(value, i), options);
                if (result < 0)
                {
                    return result;
                }
            }

            return 0;
        }

        private static int SetHostName(TlsOptions options, byte[] value, int length)
        {
            length = WithoutNul(value, length);
            if (length > MaxHostBytes)
            {
                return -(int)Errno.EINVAL;
            }

            options.HostName = length == 0 ? "" : Encoding.UTF8.GetString(value, 0, length);
            return 0;
        }

        private static int SetAlpn(TlsOptions options, byte[] value, int length)
        {
            int count = 0;
            int begin = 0;
            for (int i = 0; i < length; i++)
            {
                if (value[i] == 0)
                {
                    // RFC 7301 3.1: names of 1 to 255 bytes.
                    if (i == begin || i - begin > 255)
                    {
                        return -(int)Errno.EINVAL;
                    }

                    begin = i + 1;
                    count++;
                }
            }

            if (begin != length)
            {
                return -(int)Errno.EINVAL;
            }

            string[] names = new string[count];
            begin = 0;
            for (int i = 0; i < count; i++)
            {
                int end = begin;
                while (value[end] != 0)
                {
                    end++;
                }

                names[i] = Encoding.UTF8.GetString(value, begin, end - begin);
                begin = end + 1;
            }

            options.ApplicationProtocols = count == 0 ? null : names;
            return 0;
        }

        private static int SetNumber(TlsOptions options, SocketOptionName name, int number)
        {
            switch (name)
            {
                case TlsOptionName.HandshakeTimeout:
                    if (number < 1)
                    {
                        return -(int)Errno.EINVAL;
                    }

                    options.HandshakeTimeoutMs = number;
                    return 0;
                case TlsOptionName.SessionCache:
                    options.SessionCache = number != 0;
                    return 0;
                default:
                    if (number < (int)TlsVerification.None || number > (int)TlsVerification.Required)
                    {
                        return -(int)Errno.EINVAL;
                    }

                    options.Verification = (TlsVerification)number;
                    options.ClientVerification = (TlsVerification)number;
                    return 0;
            }
        }

        // C programs count the NUL, or do not.
        private static int WithoutNul(byte[] value, int length)
        {
            return length > 0 && value[length - 1] == 0 ? length - 1 : length;
        }

        private static int WriteText(string text, byte[] value, int length)
        {
            byte[] bytes = text == null ? new byte[0] : Encoding.UTF8.GetBytes(text);
            int count = bytes.Length < length ? bytes.Length : length;
            Array.Copy(bytes, 0, value, 0, count);
            return count;
        }
    }
}
