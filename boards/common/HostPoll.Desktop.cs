#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Runtime.InteropServices;

namespace IoTNet.Boards
{
    // poll(2): .NET's own Socket.Poll cannot tell POLLHUP from POLLIN, and Socket.Select allocates.
    internal static class HostPoll
    {
        private const int InterruptedBySignal = 4;

        // Waits on one socket, which cannot go away meanwhile. Gives the PollEvents seen; 0 when the time is over.
        public static int One(SafeHandle handle, int events, int timeoutMs)
        {
            bool held = false;
            try
            {
                handle.DangerousAddRef(ref held);
                Entry entry = new Entry(handle.DangerousGetHandle(), events);
                Wait(ref entry, 1, timeoutMs);
                return entry.Seen;
            }
            finally
            {
                if (held)
                {
                    handle.DangerousRelease();
                }
            }
        }

        // Waits on many sockets, whose handles the caller holds. An entry without a socket is passed over.
        public static int Many(Entry[] entries, int count, int timeoutMs)
        {
            return Wait(ref MemoryMarshal.GetArrayDataReference(entries), count, timeoutMs);
        }

        private static int Wait(ref Entry first, int count, int timeoutMs)
        {
            if (OperatingSystem.IsWindows())
            {
                return HostPollWindows.Wait(MemoryMarshal.CreateSpan(ref first, count), timeoutMs);
            }

            Deadline deadline = Deadline.After(timeoutMs);
            int left = timeoutMs;
            while (poll(ref first, (nuint)count, left) < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error != InterruptedBySignal)
                {
                    return -error;
                }

                left = deadline.RemainingMs();
            }

            return 0;
        }

        [DllImport("libc", SetLastError = true)]
        private static extern int poll(ref Entry entries, nuint count, int timeoutMs);

        // struct pollfd. The numbers of the events are PollEvents' on Linux and macOS.
        [StructLayout(LayoutKind.Sequential)]
        internal struct Entry
        {
            private readonly int _descriptor;
            private readonly short _events;
            private short _seen;

            public Entry(IntPtr descriptor, int events)
            {
                _descriptor = (int)descriptor;
                _events = (short)events;
                _seen = 0;
            }

            public static Entry None => new Entry(new IntPtr(-1), 0);

            public int Descriptor => _descriptor;

            public int Events => _events;

            public int Seen
            {
                get => _seen;
                set => _seen = (short)value;
            }
        }
    }
}
#endif
