#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IoTNet.Boards
{
    // epoll(7), and the eventfd(2) that ends a wait. The numbers of its events are PollEvents'.
    internal sealed class HostEpoll : IDisposable
    {
        public const int Add = 1;
        public const int Delete = 2;
        public const int Modify = 3;

        // EPOLLONESHOT
        public const int Once = 1 << 30;

        // The data that the system gives back with the wake-up; no watch has it.
        public const int WakeIndex = -1;

        private const int CloseOnExec = 0x80000;
        private const int NonBlocking = 0x800;
        private const int EdgeTriggered = 1 << 31;
        private const int InterruptedBySignal = 4;

        // struct epoll_event: 32 bits of events, 64 of data; on x86 without the gap between them.
        private static readonly int s_ints =
            RuntimeInformation.ProcessArchitecture == Architecture.X64 || RuntimeInformation.ProcessArchitecture == Architecture.X86 ? 3 : 4;

        private readonly SafeFileHandle _epoll;
        private readonly SafeFileHandle _wake;
        private readonly int[] _change = new int[4];
        private int[] _seen = new int[64];

        private HostEpoll(SafeFileHandle epoll, SafeFileHandle wake)
        {
            _epoll = epoll;
            _wake = wake;
        }

        // Null when the system has no more descriptors to give.
        public static HostEpoll TryOpen()
        {
            HostEpoll opened = new HostEpoll(new SafeFileHandle(new IntPtr(epoll_create1(CloseOnExec)), true),
                new SafeFileHandle(new IntPtr(eventfd(0, CloseOnExec | NonBlocking)), true));

            // Each write is an edge, so nobody has to read the event away.
            if (opened._epoll.IsInvalid || opened._wake.IsInvalid
                || opened.Control(Add, (int)opened._wake.DangerousGetHandle(), (int)PollEvents.In | EdgeTriggered, WakeIndex, 0) < 0)
            {
                opened.Dispose();
                return null;
            }

            return opened;
        }

        // Not by two threads at once. Gives 0 or -errno.
        public int Control(int operation, int descriptor, int events, int index, int generation)
        {
            _change[0] = events;
            _change[s_ints - 2] = index;
            _change[s_ints - 1] = generation;
            return epoll_ctl(_epoll, operation, descriptor, ref _change[0]) < 0 ? -Marshal.GetLastPInvokeError() : 0;
        }

        // Gives how many were seen, or -errno. One thread.
        public int Wait(int most, int timeoutMs)
        {
            if (_seen.Length < most * s_ints)
            {
                _seen = new int[most * s_ints];
            }

            int count = epoll_wait(_epoll, ref _seen[0], most, timeoutMs);
            if (count >= 0)
            {
                return count;
            }

            int error = Marshal.GetLastPInvokeError();
            return error == InterruptedBySignal ? 0 : -error;
        }

        public int EventsAt(int position, out int index, out int generation)
        {
            int at = position * s_ints;
            index = _seen[at + s_ints - 2];
            generation = _seen[at + s_ints - 1];
            return _seen[at];
        }

        public void Wake()
        {
            long one = 1;
            write(_wake, ref one, new IntPtr(sizeof(long)));
        }

        // A wait that goes on keeps the descriptors until it ends.
        public void Dispose()
        {
            _epoll.Dispose();
            _wake.Dispose();
        }

        [DllImport("libc", SetLastError = true)]
        private static extern int epoll_create1(int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern int eventfd(uint initial, int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern int epoll_ctl(SafeFileHandle epoll, int operation, int descriptor, ref int change);

        [DllImport("libc", SetLastError = true)]
        private static extern int epoll_wait(SafeFileHandle epoll, ref int seen, int most, int timeoutMs);

        [DllImport("libc", SetLastError = true)]
        private static extern IntPtr write(SafeFileHandle descriptor, ref long value, IntPtr count);
    }
}
#endif
