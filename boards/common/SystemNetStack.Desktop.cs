#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;

namespace IoTNet.Boards
{
    // On Linux the host has a selector: epoll(7). Elsewhere the one that polls serves, as on a board.
    public sealed partial class SystemNetStack : ISelectorStack
    {
        /// <inheritdoc/>
        public ISelector OpenSelector()
        {
            return OperatingSystem.IsLinux() ? HostSelector.TryOpen(this) : null;
        }

        // Without entering it: only for what the socket's own lock guards.
        internal SystemNetSocket Find(int handle)
        {
            return (SystemNetSocket)_sockets.Get(handle);
        }
    }
}
#endif
