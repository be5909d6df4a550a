#if IOTNET_NANO_API && !NANOFRAMEWORK_1_0
using System;
using System.IO;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The desktop, through the nano half: .NET's SslStream used as nanoFramework's, blocking, bounded by the socket's timeouts.
    internal sealed class SecureStream
    {
        private readonly NetSockets.Socket _socket;
        private readonly SslStream _stream;
        private bool _mayHaveMore;

        public SecureStream(NetSockets.Socket socket)
        {
            _socket = socket;
            _stream = new SslStream(new NetSockets.NetworkStream(socket, false), false);
        }

        // A read that filled its buffer may have left something.
        public bool DataAvailable => _mayHaveMore;

        public static string FindProblem(bool isServer, TlsOptions options)
        {
            return options.ApplicationProtocols != null ? "the firmware's TLS has no application protocols (ALPN)" : null;
        }

        public void Authenticate(bool isServer, string host, TlsOptions options, int timeoutMs)
        {
            int guardMs = _socket.ReceiveTimeout;
            _socket.ReceiveTimeout = timeoutMs < 1 ? 1 : timeoutMs;
            try
            {
                if (isServer)
                {
                    _stream.AuthenticateAsServer(new SslServerAuthenticationOptions { ServerCertificate = Own(options) });
                }
                else
                {
                    X509ChainPolicy policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust };
                    policy.RevocationMode = X509RevocationMode.NoCheck;
                    policy.CustomTrustStore.ImportFromPem(Encoding.ASCII.GetString(options.CaCertificates));
                    _stream.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = policy });
                }
            }
            finally
            {
                _socket.ReceiveTimeout = guardMs;
            }
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            _mayHaveMore = false;
            int read = _stream.Read(buffer, offset, count);
            _mayHaveMore = read == count;
            return read;
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            _stream.Write(buffer, offset, count);
        }

        // nanoFramework's tells the peer and closes the socket.
        public void Close()
        {
            try
            {
                _stream.ShutdownAsync().Wait();
            }
            catch (Exception)
            {
                // The connection has gone.
            }

            _stream.Dispose();
            _socket.Close();
        }

        public static int ErrorOf(Exception exception, NetCall call)
        {
            NetSockets.SocketException failure = exception as NetSockets.SocketException
                ?? (exception is IOException ? exception.InnerException as NetSockets.SocketException : null);
            return failure != null ? SystemNetErrors.Of(failure, call) : -(int)Errno.EIO;
        }

        public static string Describe(Exception exception)
        {
            return exception is AuthenticationException && exception.InnerException != null
                ? exception.InnerException.Message
                : exception.Message;
        }

        private static X509Certificate2 Own(TlsOptions options)
        {
            return X509Certificate2.CreateFromPem(
                Encoding.ASCII.GetString(options.Certificate), Encoding.ASCII.GetString(options.PrivateKey));
        }
    }
}
#endif
