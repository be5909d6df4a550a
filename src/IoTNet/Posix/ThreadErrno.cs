#if IOTNET_POSIX_NAMES
using System;
using System.Threading;

namespace IoTNet
{
    /// <summary>
    /// The error number of each thread. nanoFramework has no storage of a thread's own, so this is a table by thread: one
    /// entry for each living thread that ever failed. The entries of dead threads are taken over before the table grows, so
    /// it never has more than twice as many as there were such threads at once.
    /// </summary>
    /// <remarks>A success does not come here; a failure allocates only when it is its thread's first and the table is
    /// full.</remarks>
    internal static class ThreadErrno
    {
        private const int FirstCapacity = 4;

        private static readonly object s_lock = new object();
        private static int[] s_ids = new int[FirstCapacity];
        private static int[] s_values = new int[FirstCapacity];
        private static Thread[] s_threads = new Thread[FirstCapacity];
        private static int s_count;

        /// <summary>How many threads the table has room for.</summary>
        public static int Capacity => s_ids.Length;

        /// <summary>The error of this thread's last failed call; 0 before the first.</summary>
        public static int Get()
        {
            int id = Thread.CurrentThread.ManagedThreadId;
            lock (s_lock)
            {
                int index = Find(id);
                return index < 0 ? 0 : s_values[index];
            }
        }

        public static void Set(int value)
        {
            Thread thread = Thread.CurrentThread;
            int id = thread.ManagedThreadId;
            lock (s_lock)
            {
                int index = Find(id);
                if (index < 0)
                {
                    index = Claim();
                    s_ids[index] = id;
                    s_threads[index] = thread;
                }

                s_values[index] = value;
            }
        }

        // .NET gives the number of a dead thread to a new one, which must not inherit the error.
        private static int Find(int id)
        {
            for (int i = 0; i < s_count; i++)
            {
                if (s_ids[i] == id && s_threads[i].IsAlive)
                {
                    return i;
                }
            }

            return -1;
        }

        private static int Claim()
        {
            if (s_count == s_ids.Length)
            {
                DropDeadThreads();
            }

            if (s_count == s_ids.Length)
            {
                Grow();
            }

            return s_count++;
        }

        private static void DropDeadThreads()
        {
            int kept = 0;
            for (int i = 0; i < s_count; i++)
            {
                if (s_threads[i].IsAlive)
                {
                    s_ids[kept] = s_ids[i];
                    s_values[kept] = s_values[i];
                    s_threads[kept++] = s_threads[i];
                }
            }

            Array.Clear(s_threads, kept, s_count - kept);
            s_count = kept;
        }

        private static void Grow()
        {
            int[] ids = new int[s_count * 2];
            int[] values = new int[s_count * 2];
            Thread[] threads = new Thread[s_count * 2];
            Array.Copy(s_ids, 0, ids, 0, s_count);
            Array.Copy(s_values, 0, values, 0, s_count);
            Array.Copy(s_threads, 0, threads, 0, s_count);
            s_ids = ids;
            s_values = values;
            s_threads = threads;
        }
    }
}
#endif
