#if IOTNET_POSIX_NAMES
// POSIX.1-2017 <sys/socket.h> and its neighbours; numbers and undefined corners as Linux (LP64).
using System;

namespace IoTNet
{
    /// <summary>
    /// The socket API under its POSIX names, for <c>using static IoTNet.Posix;</c>: integer descriptors, -1 and
    /// <see cref="errno"/>. Every function is a short forward to its canonical call, such as <see cref="Socket.TryReceive"/>,
    /// which "is also exposed as recv() when IOTNET_POSIX_NAMES is defined" (as Zephyr did with
    /// CONFIG_NET_SOCKETS_POSIX_NAMES before 4.1). Library code never calls a name of this class.
    /// </summary>
    /// <remarks>
    /// <para><b>Answers</b> are POSIX's: -1 (or null, or 0, where C has it so) and <see cref="errno"/>, which a success leaves
    /// alone. Each function names its own errors; all that take a descriptor give EBADF for one that is not open. An
    /// expired SO_RCVTIMEO or SO_SNDTIMEO is EAGAIN, a call whose descriptor another thread closed ends with EINTR or EBADF.
    /// There are no signals: a send without a reader gives EPIPE as with MSG_NOSIGNAL.</para>
    /// <para><b>Numbers</b> are Linux's on every board, so AF_INET6 is 10 and ETIMEDOUT 110, whatever the stack below
    /// uses.</para>
    /// <para><b>Memory.</b> A C pointer to bytes is an array (with an offset where arithmetic is usual); what lies past
    /// its end is EFAULT, as is null. A C struct that is passed by address is an object over bytes
    /// (<see cref="OctetView"/>): <c>new sockaddr_in(storage)</c> is the cast <c>(struct sockaddr_in *)&amp;storage</c>. All
    /// fields hold the bytes of a little-endian machine, so <see cref="htons"/> is always needed, and does the same
    /// everywhere.</para>
    /// <code>
    /// int fd = socket(AF_INET, SOCK_STREAM, 0);
    /// sockaddr_in to = new sockaddr_in { sin_family = AF_INET, sin_port = htons(7) };
    /// inet_pton(AF_INET, "192.0.2.1", to.sin_addr);
    /// if (connect(fd, to, sockaddr_in.SizeOf) &lt; 0 &amp;&amp; errno == ECONNREFUSED) ...
    /// </code>
    /// </remarks>
    public static partial class Posix
    {
        private static readonly byte[] s_nothing = new byte[0];

        // The canonical calls give -(int)Errno, whose numbers are Linux's.
        private static int Return(int result)
        {
            return result >= 0 ? result : Fail(-result);
        }

        private static int Fail(int error)
        {
            ThreadErrno.Set(error);
            return -1;
        }

        // Whether the caller owns the bytes that it names.
        private static int CheckMemory(ref byte[] buffer, int offset, int count)
        {
            if (count < 0)
            {
                return -EINVAL;
            }

            if (buffer == null && count == 0)
            {
                buffer = s_nothing;
                return 0;
            }

            return Arguments.IsBufferValid(buffer, offset, count) ? 0 : -EFAULT;
        }

        private static int WaitMs(Socket socket, int settingMs)
        {
            return !socket.Blocking ? 0 : settingMs == 0 ? -1 : settingMs;
        }
    }
}
#endif
