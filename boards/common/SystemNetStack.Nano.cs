#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The board's half: what needs the platform's socket gets it here.
    public sealed partial class SystemNetStack
    {
        // For what cannot do with a socket's bytes alone: nanoFramework's SslStream. Null when the handle is not open.
        internal NetSockets.Socket GetNativeSocket(int handle)
        {
            SystemNetSocket socket = (SystemNetSocket)_sockets.Get(handle);
            return socket == null ? null : socket.Native;
        }
    }
}
#endif
