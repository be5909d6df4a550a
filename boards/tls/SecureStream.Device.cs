#if NANOFRAMEWORK_1_0
using System;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // A board: nanoFramework's SslStream.
    internal sealed class SecureStream
    {
        private readonly SslStream _stream;
        private readonly NetSockets.Socket _socket;

        public SecureStream(NetSockets.Socket socket)
        {
            _socket = socket;
            _stream = new SslStream(socket);
        }

        public bool DataAvailable => _stream.DataAvailable;

        // Null: the firmware can do what the options ask for.
        public static string FindProblem(bool isServer, TlsOptions options)
        {
            TlsVerification verification = isServer ? options.ClientVerification : options.Verification;
            return verification == TlsVerification.Optional ? "the firmware's TLS verifies certificates, or does not: Optional is not there"
                : options.ApplicationProtocols != null ? "the firmware's TLS has no application protocols (ALPN)"
                : isServer && options.CaCertificates != null
                    ? "the firmware's TLS checks clients against its own CA bundle (CertificateManager.AddCaCertificateBundle), not against others"
                : null;
        }

        public void Authenticate(bool isServer, string host, TlsOptions options, int timeoutMs)
        {
            BoundReads(timeoutMs);
            TlsVerification verification = isServer ? options.ClientVerification : options.Verification;

            // Of its four values the firmware verifies with this one only, servers too.
            _stream.SslVerification = verification == TlsVerification.Required
                ? SslVerification.CertificateRequired
                : SslVerification.NoVerification;
            SslProtocols protocols = (SslProtocols)(
                ((options.Protocols & TlsProtocols.Tls12) != 0 ? (int)SslProtocols.Tls12 : 0) |
                ((options.Protocols & TlsProtocols.Tls13) != 0 ? (int)SslProtocols.Tls13 : 0));
            X509Certificate2 own = options.Certificate == null ? null
                : new X509Certificate2(Terminated(options.Certificate), Terminated(options.PrivateKey ?? options.Certificate),
                    options.Password ?? "");
            if (isServer)
            {
                _stream.AuthenticateAsServer(own, protocols);
                return;
            }

            X509Certificate authorities = options.CaCertificates == null ? null : new X509Certificate(Terminated(options.CaCertificates));
            _stream.AuthenticateAsClient(host ?? "", own, authorities, protocols);
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            return _stream.Read(buffer, offset, count);
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            _stream.Write(buffer, offset, count);
        }

        public void Close()
        {
            _stream.Dispose();
        }

        public static int ErrorOf(Exception exception, NetCall call)
        {
            return SystemNetErrors.Of(exception, call);
        }

        public static string Describe(Exception exception)
        {
            NetSockets.SocketException failure = exception as NetSockets.SocketException;
            return failure == null ? "the firmware says " + exception.ToString() : "the firmware says " + failure.ErrorCode.ToString();
        }

        // The firmware waits for each message of the handshake without end, unless lwIP ends it. Whole seconds are laid out the
        // same in a timeval of 8 and of 16 bytes. A firmware without the option takes as long as the peer.
        private void BoundReads(int timeoutMs)
        {
            byte[] time = new byte[16];
            int seconds = (timeoutMs / 1000) + (timeoutMs % 1000 == 0 ? 0 : 1);
            seconds = seconds < 1 ? 1 : seconds;
            for (int i = 0; i < 4; i++)
            {
                time[i] = (byte)(seconds >> (8 * i));
            }

            try
            {
                _socket.SetSocketOption(NetSockets.SocketOptionLevel.Socket, NetSockets.SocketOptionName.ReceiveTimeout, time);
            }
            catch (NetSockets.SocketException)
            {
                // As the firmware was built.
            }
        }

        // Mbed TLS knows PEM by the NUL at its end.
        private static byte[] Terminated(byte[] bytes)
        {
            if (bytes.Length == 0 || bytes[0] == 0x30 || bytes[bytes.Length - 1] == 0)
            {
                return bytes;
            }

            byte[] terminated = new byte[bytes.Length + 1];
            Array.Copy(bytes, 0, terminated, 0, bytes.Length);
            return terminated;
        }
    }
}
#endif
