#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;

namespace IoTNet.Boards
{
    // The desktop half of waiting: poll(2) does all of it.
    internal sealed partial class SystemNetSocket
    {
        private const int AwaitableEvents = (int)(PollEvents.In | PollEvents.Pri | PollEvents.Out);

        // What the system's socket cannot tell: a connect whose failure was already taken from it, or that was given up.
        internal bool TryGetOwnEvents(int events, out int seen)
        {
            FinishConnect();
            seen = (events & (int)(PollEvents.In | PollEvents.Out)) | (int)PollEvents.Hup;
            if (PendingError != 0)
            {
                seen |= (int)PollEvents.Err;
                return true;
            }

            return _nativeHandle.IsClosed;
        }

        // Keeps the system's socket from going away during a wait; false when it is gone already.
        internal bool TryHold(int events, out HostPoll.Entry entry)
        {
            bool held = false;
            try
            {
                _nativeHandle.DangerousAddRef(ref held);
            }
            catch (ObjectDisposedException)
            {
                entry = HostPoll.Entry.None;
                return false;
            }

            entry = new HostPoll.Entry(_nativeHandle.DangerousGetHandle(), events & AwaitableEvents);
            return true;
        }

        internal void Release()
        {
            _nativeHandle.DangerousRelease();
        }

        private int NativePoll(int events, int timeoutMs)
        {
            int seen;
            return TryGetOwnEvents(events, out seen) ? seen : HostPoll.One(_nativeHandle, events & AwaitableEvents, timeoutMs);
        }
    }

    internal static class SystemNetPoll
    {
        [ThreadStatic]
        private static HostPoll.Entry[] t_entries;

        [ThreadStatic]
        private static SystemNetSocket[] t_sockets;

        public static int Many(SystemNetStack stack, int[] handles, int[] events, int[] results, int count, int timeoutMs)
        {
            if (t_entries == null || t_entries.Length < count)
            {
                t_entries = new HostPoll.Entry[count < 16 ? 16 : count];
                t_sockets = new SystemNetSocket[t_entries.Length];
            }

            HostPoll.Entry[] entries = t_entries;
            SystemNetSocket[] sockets = t_sockets;
            bool known = EnterAll(stack, handles, events, results, count);
            int error = HostPoll.Many(entries, count, known ? 0 : timeoutMs);
            int ready = 0;
            for (int i = 0; i < count; i++)
            {
                SystemNetSocket socket = sockets[i];
                if (socket != null)
                {
                    sockets[i] = null;
                    socket.Release();
                    results[i] = socket.LeavePoll(entries[i].Seen);
                }

                if (results[i] != 0)
                {
                    ready++;
                }
            }

            return error < 0 ? error : ready;
        }

        private static bool MustWait(SystemNetSocket socket, int events, out int seen, out HostPoll.Entry entry)
        {
            entry = HostPoll.Entry.None;
            try
            {
                return !socket.TryGetOwnEvents(events, out seen) && socket.TryHold(events, out entry);
            }
            catch (Exception)
            {
                // As in Poll: the system's socket went meanwhile.
                seen = (int)PollEvents.Err;
                return false;
            }
        }

        // Fills the thread's entries. True when some result stands already, so that nothing may be waited for.
        private static bool EnterAll(SystemNetStack stack, int[] handles, int[] events, int[] results, int count)
        {
            bool known = false;
            for (int i = 0; i < count; i++)
            {
                t_entries[i] = HostPoll.Entry.None;
                results[i] = 0;
                if (handles[i] < 0)
                {
                    continue;
                }

                SystemNetSocket socket = stack.Enter(handles[i]);
                if (socket == null)
                {
                    results[i] = (int)PollEvents.Nval;
                }
                else if (MustWait(socket, events[i], out results[i], out t_entries[i]))
                {
                    results[i] = 0;
                    t_sockets[i] = socket;
                }
                else
                {
                    results[i] = socket.LeavePoll(results[i]);
                }

                known = known || results[i] != 0;
            }

            return known;
        }
    }
}
#endif
