using System;
using System.Threading;

namespace IoTNet
{
    /// <content>Waiting for events (POSIX poll()).</content>
    public partial class UnixStack
    {
        private const int AlwaysReported = (int)(PollEvents.Err | PollEvents.Hup | PollEvents.Nval);

        /// <inheritdoc/>
        public int Poll(int handle, PollEvents events, int timeoutMs)
        {
            Monitor.Enter(_lock);
            try
            {
                MemorySocket socket = Find(handle);
                if (socket == null)
                {
                    return (int)PollEvents.Nval;
                }

                Patience patience = Patience.Of(timeoutMs);
                int seen;
                do
                {
                    seen = Look(socket, (int)events);
                }
                while (seen == 0 && Pause(socket, (int)events, ReceiverFor(socket, (int)events), ref patience));

                return seen;
            }
            finally
            {
                Leave();
            }
        }

        /// <inheritdoc/>
        public int PollMany(int[] handles, int[] events, int[] results, int count, int timeoutMs)
        {
            Monitor.Enter(_lock);
            try
            {
                Patience patience = Patience.Of(timeoutMs);
                int ready = Look(handles, events, results, count);
                while (ready == 0 && !patience.IsOver)
                {
                    Waiter waiter = TakeWaiter();
                    int changeMs;
                    try
                    {
                        changeMs = Watch(waiter, handles, events, count);
                    }
                    catch (OutOfMemoryException)
                    {
                        GiveBack(waiter, false);
                        return -(int)Errno.ENOMEM;
                    }

                    Sleep(waiter, ref patience, changeMs);
                    ready = Look(handles, events, results, count);
                }

                return ready;
            }
            finally
            {
                Leave();
            }
        }

        /// <summary>The events of a socket that a poll reports.</summary>
        internal static int Look(MemorySocket socket, int events)
        {
            return socket.IsClosed ? (int)PollEvents.Nval : socket.Poll() & (events | AlwaysReported);
        }

        private int Look(int[] handles, int[] events, int[] results, int count)
        {
            int ready = 0;
            for (int i = 0; i < count; i++)
            {
                results[i] = 0;
                if (handles[i] >= 0)
                {
                    // A handle that is closed while it is waited for is unknown then.
                    MemorySocket socket = Find(handles[i]);
                    results[i] = socket == null ? (int)PollEvents.Nval : Look(socket, events[i]);
                    ready += results[i] != 0 ? 1 : 0;
                }
            }

            return ready;
        }

        // Lets a waiter watch all sockets; tells in how many ms one of them changes by itself, or -1.
        private int Watch(Waiter waiter, int[] handles, int[] events, int count)
        {
            int soonestMs = -1;
            for (int i = 0; i < count; i++)
            {
                MemorySocket socket = handles[i] < 0 ? null : Find(handles[i]);
                if (socket != null)
                {
                    waiter.Watch(socket, events[i] | Wakes.Trouble);
                    MemorySocket receiver = ReceiverFor(socket, events[i]);
                    if (receiver != null)
                    {
                        waiter.Watch(receiver, Wakes.QueueRoom);
                    }

                    int changeMs = socket.NextChangeMs;
                    soonestMs = changeMs >= 0 && (soonestMs < 0 || changeMs < soonestMs) ? changeMs : soonestMs;
                }
            }

            return soonestMs;
        }

        /// <summary>The other socket on which it depends whether one is writable; or null.</summary>
        internal static MemorySocket ReceiverFor(MemorySocket socket, int events)
        {
            return (events & (int)PollEvents.Out) != 0 ? socket.Receiver : null;
        }
    }
}
