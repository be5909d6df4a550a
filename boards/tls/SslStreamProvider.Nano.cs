#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using System;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    /// <summary>TLS by nanoFramework's SslStream (Mbed TLS in the firmware), over the sockets of a
    /// <see cref="SystemNetStack"/>.</summary>
    public sealed class SslStreamProvider : ITlsProvider
    {
        /// <inheritdoc/>
        public int Open(INetworkStack stack, int handle, bool isServer, string host, TlsOptions options, out ITlsEngine engine,
            out TlsFailure failure)
        {
            engine = null;
            string problem = SecureStream.FindProblem(isServer, options);
            if (problem != null)
            {
                failure = new TlsFailure(Errno.EOPNOTSUPP, problem);
                return -(int)Errno.EOPNOTSUPP;
            }

            failure = null;
            SystemNetStack systemNet = stack as SystemNetStack;
            NetSockets.Socket socket = systemNet == null ? null : systemNet.GetNativeSocket(handle);
            if (socket == null)
            {
                failure = new TlsFailure(Errno.EOPNOTSUPP, "the firmware's TLS works on the sockets of a SystemNetStack only");
                return -(int)Errno.EOPNOTSUPP;
            }

            if (isServer && options.Certificate == null)
            {
                failure = new TlsFailure(Errno.EINVAL, "a TLS server needs a certificate and its private key, and has none");
                return -(int)Errno.EINVAL;
            }

            try
            {
                engine = new SslStreamEngine(stack, handle, new SecureStream(socket), isServer, host, options);
                return 0;
            }
            catch (OutOfMemoryException)
            {
                failure = new TlsFailure(Errno.ENOMEM, "there is no memory for a TLS connection");
                return -(int)Errno.ENOMEM;
            }
        }
    }
}
#endif
