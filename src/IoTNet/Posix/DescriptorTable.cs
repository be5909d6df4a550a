#if IOTNET_POSIX_NAMES
using System;

namespace IoTNet
{
    /// <summary>
    /// The open descriptors. POSIX 2.14: a new one is the lowest number that is free; 0, 1 and 2 belong to standard input,
    /// output and error and are never given out. The table grows with the highest number in use, up to FD_SETSIZE.
    /// </summary>
    /// <remarks>Safe for many threads; <see cref="Get"/> takes no lock. A thread inside a call holds the socket, not the
    /// number, so that a number which is closed and given out again meanwhile does it no harm.</remarks>
    internal static class DescriptorTable
    {
        public const int First = 3;
        public const int Limit = Posix.FD_SETSIZE;

        private const byte Taken = 1;
        private const byte CloseOnExec = 2;

        private static readonly object s_lock = new object();
        private static Socket[] s_sockets = new Socket[16];
        private static byte[] s_states = new byte[16];
        private static int s_lowestFree = First;

        /// <summary>The socket of a descriptor; null when it is not open.</summary>
        public static Socket Get(int fd)
        {
            Socket[] sockets = s_sockets;
            return fd >= 0 && fd < sockets.Length ? sockets[fd] : null;
        }

        /// <summary>Takes the lowest free number, which is not open before <see cref="Fill"/>.</summary>
        /// <returns>The number, or -EMFILE.</returns>
        public static int Reserve(bool closeOnExec)
        {
            lock (s_lock)
            {
                int fd = s_lowestFree;
                while (fd < s_states.Length && s_states[fd] != 0)
                {
                    fd++;
                }

                if (fd == Limit)
                {
                    return -Posix.EMFILE;
                }

                if (fd == s_states.Length)
                {
                    Grow();
                }

                s_states[fd] = closeOnExec ? (byte)(Taken | CloseOnExec) : Taken;
                s_lowestFree = fd + 1;
                return fd;
            }
        }

        /// <summary>Opens a reserved number.</summary>
        public static void Fill(int fd, Socket socket)
        {
            lock (s_lock)
            {
                s_sockets[fd] = socket;
            }
        }

        /// <summary>Gives a reserved number back that was never opened.</summary>
        public static void Cancel(int fd)
        {
            lock (s_lock)
            {
                Free(fd);
            }
        }

        /// <summary>Frees the number of an open descriptor.</summary>
        /// <returns>Its socket; null when it was not open (or another thread was first).</returns>
        public static Socket Remove(int fd)
        {
            lock (s_lock)
            {
                Socket socket = Get(fd);
                if (socket != null)
                {
                    Free(fd);
                }

                return socket;
            }
        }

        public static bool GetCloseOnExec(int fd)
        {
            lock (s_lock)
            {
                return (s_states[fd] & CloseOnExec) != 0;
            }
        }

        public static void SetCloseOnExec(int fd, bool on)
        {
            lock (s_lock)
            {
                if (s_sockets[fd] != null)
                {
                    s_states[fd] = on ? (byte)(Taken | CloseOnExec) : Taken;
                }
            }
        }

        private static void Free(int fd)
        {
            s_sockets[fd] = null;
            s_states[fd] = 0;
            s_lowestFree = fd < s_lowestFree ? fd : s_lowestFree;
        }

        private static void Grow()
        {
            int length = s_states.Length * 2 < Limit ? s_states.Length * 2 : Limit;
            Socket[] sockets = new Socket[length];
            byte[] states = new byte[length];
            Array.Copy(s_sockets, 0, sockets, 0, s_sockets.Length);
            Array.Copy(s_states, 0, states, 0, s_states.Length);
            s_sockets = sockets;
            s_states = states;
        }
    }
}
#endif
