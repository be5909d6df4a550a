using System;

namespace IoTNet
{
    /// <summary>The moment until which a call may wait, on the monotonic clock (setting the time does not move it).</summary>
    public struct Deadline
    {
        private const long Never = long.MaxValue;
        private long _endMs;

        /// <summary>Begins to count.</summary>
        /// <param name="timeoutMs">Milliseconds from now; -1 = never over.</param>
        /// <returns>The deadline.</returns>
        public static Deadline After(int timeoutMs)
        {
            Deadline deadline;
            deadline._endMs = timeoutMs < 0 ? Never : Environment.TickCount64 + timeoutMs;
            return deadline;
        }

        /// <summary>What is left, to be given to a call that waits.</summary>
        /// <returns>Milliseconds, 0 when it is over, -1 when it never is.</returns>
        public int RemainingMs()
        {
            if (_endMs == Never)
            {
                return -1;
            }

            long left = _endMs - Environment.TickCount64;
            return left <= 0 ? 0 : (int)left;
        }
    }
}
