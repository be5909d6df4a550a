#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Security.Cryptography;

namespace IoTNet.Boards
{
    /// <summary>TLS by .NET's SslStream, over the sockets of any stack: the host's, an emulated board's, in memory.</summary>
    public sealed class SslStreamProvider : ITlsProvider
    {
        /// <inheritdoc/>
        public int Open(INetworkStack stack, int handle, bool isServer, string host, TlsOptions options, out ITlsEngine engine,
            out TlsFailure failure)
        {
            engine = null;
            failure = null;
            try
            {
                TlsCredentials credentials = TlsCredentials.Of(options);
                if (isServer && credentials.Own == null)
                {
                    failure = new TlsFailure(Errno.EINVAL, "a TLS server needs a certificate and its private key, and has none");
                    return -(int)Errno.EINVAL;
                }

                engine = new SslStreamEngine(stack, handle, isServer, host, options, credentials);
                return 0;
            }
            catch (Exception e) when (e is CryptographicException || e is ArgumentException || e is FormatException)
            {
                failure = new TlsFailure(Errno.EINVAL, "a certificate or private key cannot be read: " + e.Message);
                return -(int)Errno.EINVAL;
            }
        }
    }
}
#endif
