using System;

namespace IoTNet
{
    // Timers, on the monotonic clock: it does not go back, and in a long it does not wrap.
    public sealed partial class EventLoop
    {
        private readonly TimerHeap _timers = new TimerHeap();

        internal void StartTimer(LoopTimer timer, int dueMs)
        {
            CheckThread();
            ThrowIfStopped();
            _timers.Set(timer, Environment.TickCount64 + dueMs);
        }

        internal void StopTimer(LoopTimer timer)
        {
            CheckThread();
            _timers.Remove(timer);
        }

        // Those that a callback starts are for the next round, or a timer that starts itself again would keep the sockets out.
        private int RunTimers()
        {
            int turn = _timers.Turn;
            long nowMs = Environment.TickCount64;
            int count = 0;
            LoopTimer timer = _timers.TakeDue(nowMs, turn);
            while (timer != null)
            {
                count++;
                try
                {
                    timer.Call();
                }
                catch (Exception error) when (Error != null)
                {
                    Error(timer, error);
                }

                timer = _timers.TakeDue(nowMs, turn);
            }

            return count;
        }
    }
}
