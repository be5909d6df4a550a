using System.Runtime.InteropServices;

namespace IoTNet.Tests
{
    /// <summary>The C library itself. Each call gives the result, or -errno; a null array is NULL.</summary>
    internal static unsafe class Libc
    {
        public static int Socket(int domain, int type, int protocol) => Answer(socket(domain, type, protocol));

        public static int Socketpair(int domain, int type, int protocol, int[] sv)
        {
            fixed (int* at = sv)
            {
                return Answer(socketpair(domain, type, protocol, at));
            }
        }

        public static int Close(int fd) => Answer(close(fd));

        public static int Listen(int fd, int backlog) => Answer(listen(fd, backlog));

        public static int Shutdown(int fd, int how) => Answer(shutdown(fd, how));

        public static int Fcntl(int fd, int command, int argument) => Answer(fcntl(fd, command, argument));

        public static int Ioctl(int fd, int request, ref int value)
        {
            fixed (int* at = &value)
            {
                return Answer(ioctl(fd, (nuint)(uint)request, at));
            }
        }

        public static int Bind(int fd, byte[] address, int length)
        {
            fixed (byte* at = address)
            {
                return Answer(bind(fd, at, length));
            }
        }

        public static int Connect(int fd, byte[] address, int length)
        {
            fixed (byte* at = address)
            {
                return Answer(connect(fd, at, length));
            }
        }

        public static int Accept(int fd, byte[] address, ref int length)
        {
            fixed (byte* at = address)
            fixed (int* lengthAt = &length)
            {
                return Answer(accept(fd, at, lengthAt));
            }
        }

        public static int GetName(bool ofPeer, int fd, byte[] address, ref int length)
        {
            fixed (byte* at = address)
            fixed (int* lengthAt = &length)
            {
                return Answer(ofPeer ? getpeername(fd, at, lengthAt) : getsockname(fd, at, lengthAt));
            }
        }

        public static int Send(int fd, byte[] bytes, int count, int flags, byte[] address, int length)
        {
            fixed (byte* at = bytes)
            fixed (byte* addressAt = address)
            {
                return Answer((int)sendto(fd, at, (nuint)(uint)count, flags, addressAt, length));
            }
        }

        public static int Receive(int fd, byte[] bytes, int count, int flags, byte[] address, ref int length)
        {
            fixed (byte* at = bytes)
            fixed (byte* addressAt = address)
            fixed (int* lengthAt = &length)
            {
                return Answer((int)recvfrom(fd, at, (nuint)(uint)count, flags, addressAt, lengthAt));
            }
        }

        public static int GetOption(int fd, int level, int name, byte[] value, ref int length)
        {
            fixed (byte* at = value)
            fixed (int* lengthAt = &length)
            {
                return Answer(getsockopt(fd, level, name, at, lengthAt));
            }
        }

        public static int SetOption(int fd, int level, int name, byte[] value, int length)
        {
            fixed (byte* at = value)
            {
                return Answer(setsockopt(fd, level, name, at, length));
            }
        }

        public static int Poll(Posix.pollfd[] entries, int count, int timeoutMs)
        {
            fixed (Posix.pollfd* at = entries)
            {
                return Answer(poll(at, (nuint)count, timeoutMs));
            }
        }

        public static int Select(int count, int[] read, int[] write, int[] except, long[] time)
        {
            fixed (int* readAt = read)
            fixed (int* writeAt = write)
            fixed (int* exceptAt = except)
            fixed (long* timeAt = time)
            {
                return Answer(select(count, readAt, writeAt, exceptAt, timeAt));
            }
        }

        public static int TextToAddress(int family, string text, byte[] address)
        {
            fixed (byte* at = address)
            {
                return Answer(inet_pton(family, text, at));
            }
        }

        public static string AddressToText(int family, byte[] address)
        {
            byte* text = stackalloc byte[64];
            fixed (byte* at = address)
            {
                return inet_ntop(family, at, text, 64) == null ? null : Marshal.PtrToStringAnsi((nint)text);
            }
        }

        public static int OldTextToAddress(string text, byte[] address)
        {
            fixed (byte* at = address)
            {
                return inet_aton(text, at);
            }
        }

        public static uint InterfaceIndex(string name) => if_nametoindex(name);

        private static int Answer(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;

        [DllImport("libc", SetLastError = true)]
        private static extern int socket(int domain, int type, int protocol);

        [DllImport("libc", SetLastError = true)]
        private static extern int socketpair(int domain, int type, int protocol, int* sv);

        [DllImport("libc", SetLastError = true)]
        private static extern int close(int fd);

        [DllImport("libc", SetLastError = true)]
        private static extern int listen(int fd, int backlog);

        [DllImport("libc", SetLastError = true)]
        private static extern int shutdown(int fd, int how);

        [DllImport("libc", SetLastError = true)]
        private static extern int fcntl(int fd, int command, int argument);

        [DllImport("libc", SetLastError = true)]
        private static extern int ioctl(int fd, nuint request, int* value);

        [DllImport("libc", SetLastError = true)]
        private static extern int bind(int fd, byte* address, int length);

        [DllImport("libc", SetLastError = true)]
        private static extern int connect(int fd, byte* address, int length);

        [DllImport("libc", SetLastError = true)]
        private static extern int accept(int fd, byte* address, int* length);

        [DllImport("libc", SetLastError = true)]
        private static extern int getsockname(int fd, byte* address, int* length);

        [DllImport("libc", SetLastError = true)]
        private static extern int getpeername(int fd, byte* address, int* length);

        [DllImport("libc", SetLastError = true)]
        private static extern nint sendto(int fd, byte* bytes, nuint count, int flags, byte* address, int length);

        [DllImport("libc", SetLastError = true)]
        private static extern nint recvfrom(int fd, byte* bytes, nuint count, int flags, byte* address, int* length);

        [DllImport("libc", SetLastError = true)]
        private static extern int getsockopt(int fd, int level, int name, byte* value, int* length);

        [DllImport("libc", SetLastError = true)]
        private static extern int setsockopt(int fd, int level, int name, byte* value, int length);

        [DllImport("libc", SetLastError = true)]
        private static extern int poll(Posix.pollfd* entries, nuint count, int timeoutMs);

        [DllImport("libc", SetLastError = true)]
        private static extern int select(int count, int* read, int* write, int* except, long* time);

        [DllImport("libc", SetLastError = true)]
        private static extern int inet_pton(int family, string text, byte* address);

        [DllImport("libc")]
        private static extern byte* inet_ntop(int family, byte* address, byte* text, int size);

        [DllImport("libc")]
        private static extern int inet_aton(string text, byte* address);

        [DllImport("libc")]
        private static extern uint if_nametoindex(string name);
    }
}
