using System;

namespace IoTNet
{
    /// <summary>A timer of an <see cref="EventLoop"/>: made once, started as often as needed without allocating. Its members
    /// belong to the loop's thread.</summary>
    public sealed class LoopTimer
    {
        /// <summary>When it is due, on the monotonic clock, in ms.</summary>
        internal long DueMs;

        /// <summary>Decides between timers that are due in the same millisecond: the one that was set first.</summary>
        internal int Turn;

        /// <summary>Where in the heap, or -1.</summary>
        internal int Index = -1;

        private readonly EventLoop _loop;
        private readonly LoopCallback _callback;
        private readonly object _state;

        /// <summary>Makes a timer that does not run yet.</summary>
        /// <param name="loop">The loop.</param>
        /// <param name="callback">Called each time it is due.</param>
        /// <param name="state">Given to the callback.</param>
        /// <exception cref="ArgumentNullException">No loop or no callback was given.</exception>
        public LoopTimer(EventLoop loop, LoopCallback callback, object state)
        {
            _loop = loop ?? throw new ArgumentNullException(nameof(loop));
            _callback = callback ?? throw new ArgumentNullException(nameof(callback));
            _state = state;
        }

        /// <summary>Whether it waits to be due.</summary>
        public bool IsRunning => Index >= 0;

        /// <summary>How often it repeats, in ms; 0 = not.</summary>
        internal int PeriodMs { get; private set; }

        /// <summary>Starts it, anew when it runs already.</summary>
        /// <param name="dueMs">Milliseconds until the first call; 0 = in the next round.</param>
        /// <param name="periodMs">Milliseconds between the calls after it; 0 = none. Beats are counted from the first one, so
        /// that they do not drift; those that a busy loop missed are left out.</param>
        /// <exception cref="ArgumentOutOfRangeException">A time is below 0.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        /// <exception cref="ObjectDisposedException">The loop has been stopped, and this is no callback of it.</exception>
        public void Start(int dueMs, int periodMs)
        {
            if (dueMs < 0 || periodMs < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(dueMs), "A timer's times are 0 ms or more, not " +
                    dueMs.ToString() + " and " + periodMs.ToString() + ".");
            }

            PeriodMs = periodMs;
            _loop.StartTimer(this, dueMs);
        }

        /// <summary>Stops it: no call comes afterwards, not even one that is due already.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Stop()
        {
            _loop.StopTimer(this);
        }

        internal void Call()
        {
            _callback(_state);
        }
    }
}
