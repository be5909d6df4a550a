#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Runtime.InteropServices;

namespace IoTNet.Boards
{
    // WSAPoll: the same call with a wider descriptor and other numbers. Written after Microsoft's reference and never run:
    // there is no Windows where this project is tested.
    internal static class HostPollWindows
    {
        private const int ReadNormal = 0x100;
        private const int WriteNormal = 0x10;
        private const int Failed = 0x1;
        private const int HungUp = 0x2;
        private const int Invalid = 0x4;

        [ThreadStatic]
        private static Entry[] t_entries;

        public static int Wait(Span<HostPoll.Entry> sockets, int timeoutMs)
        {
            Entry[] entries = t_entries;
            if (entries == null || entries.Length < sockets.Length)
            {
                entries = new Entry[sockets.Length < 8 ? 8 : sockets.Length];
                t_entries = entries;
            }

            for (int i = 0; i < sockets.Length; i++)
            {
                int events = sockets[i].Events;
                entries[i].Descriptor = new IntPtr(sockets[i].Descriptor);
                entries[i].Events = (short)(((events & (int)PollEvents.In) != 0 ? ReadNormal : 0)
                    | ((events & (int)PollEvents.Out) != 0 ? WriteNormal : 0));
                entries[i].Seen = 0;
            }

            if (WSAPoll(entries, (uint)sockets.Length, timeoutMs) < 0)
            {
                return SystemNetErrors.Of(Marshal.GetLastPInvokeError(), NetCall.Other);
            }

            for (int i = 0; i < sockets.Length; i++)
            {
                int seen = entries[i].Seen;
                sockets[i].Seen = (int)(((seen & ReadNormal) != 0 ? PollEvents.In : 0)
                    | ((seen & WriteNormal) != 0 ? PollEvents.Out : 0)
                    | ((seen & Failed) != 0 ? PollEvents.Err : 0)
                    | ((seen & HungUp) != 0 ? PollEvents.Hup : 0)
                    | ((seen & Invalid) != 0 ? PollEvents.Nval : 0));
            }

            return 0;
        }

        [DllImport("ws2_32", SetLastError = true)]
        private static extern int WSAPoll([In, Out] Entry[] entries, uint count, int timeoutMs);

        [StructLayout(LayoutKind.Sequential)]
        private struct Entry
        {
            public IntPtr Descriptor;
            public short Events;
            public short Seen;
        }
    }
}
#endif
