using System;

namespace IoTNet
{
    /// <summary>Timers in the order in which they are due: a binary heap, the earliest first. The time is given to it, so that
    /// it knows no clock.</summary>
    internal sealed class TimerHeap
    {
        private LoopTimer[] _timers = new LoopTimer[4];
        private int _count;
        private int _turn;

        internal TimerHeap()
            : this(0)
        {
        }

        /// <param name="turn">Where the marks begin: they may wrap.</param>
        internal TimerHeap(int turn)
        {
            _turn = turn;
        }

        /// <summary>The mark of the last timer that was set: <see cref="TakeDue"/> up to here leaves out later ones.</summary>
        internal int Turn => _turn;

        /// <summary>How long until the first is due.</summary>
        /// <returns>Milliseconds; 0 when it is, -1 when there is none.</returns>
        internal int NextMs(long nowMs)
        {
            if (_count == 0)
            {
                return -1;
            }

            long left = _timers[0].DueMs - nowMs;
            return left <= 0 ? 0 : (int)left;
        }

        internal void Set(LoopTimer timer, long dueMs)
        {
            Remove(timer);
            if (_count == _timers.Length)
            {
                LoopTimer[] larger = new LoopTimer[_count * 2];
                Array.Copy(_timers, 0, larger, 0, _count);
                _timers = larger;
            }

            timer.DueMs = dueMs;
            timer.Turn = ++_turn;
            _count++;
            Rise(timer, _count - 1);
        }

        internal void Remove(LoopTimer timer)
        {
            int index = timer.Index;
            if (index < 0)
            {
                return;
            }

            timer.Index = -1;
            LoopTimer last = _timers[--_count];
            _timers[_count] = null;
            if (last != timer)
            {
                Rise(last, index);
                Sink(last, last.Index);
            }
        }

        /// <summary>Takes the earliest timer that is due; one with a period is set again.</summary>
        /// <param name="nowMs">The time.</param>
        /// <param name="turn">Leaves out those that were set after this mark.</param>
        /// <returns>The timer; null when none is left.</returns>
        internal LoopTimer TakeDue(long nowMs, int turn)
        {
            LoopTimer timer = _timers[0];
            // The difference, as the mark may wrap.
            if (_count == 0 || timer.DueMs > nowMs || timer.Turn - turn > 0)
            {
                return null;
            }

            if (timer.PeriodMs == 0)
            {
                Remove(timer);
            }
            else
            {
                long late = nowMs - timer.DueMs;
                Set(timer, nowMs - (late % timer.PeriodMs) + timer.PeriodMs);
            }

            return timer;
        }

        internal void Clear()
        {
            while (_count > 0)
            {
                Remove(_timers[_count - 1]);
            }
        }

        private static bool IsEarlier(LoopTimer one, LoopTimer other)
        {
            return one.DueMs != other.DueMs ? one.DueMs < other.DueMs : one.Turn - other.Turn < 0;
        }

        private void Rise(LoopTimer timer, int index)
        {
            while (index > 0 && IsEarlier(timer, _timers[(index - 1) / 2]))
            {
                Place(_timers[(index - 1) / 2], index);
                index = (index - 1) / 2;
            }

            Place(timer, index);
        }

        private void Sink(LoopTimer timer, int index)
        {
            while (true)
            {
                int child = (index * 2) + 1;
                if (child + 1 < _count && IsEarlier(_timers[child + 1], _timers[child]))
                {
                    child++;
                }

                if (child >= _count || !IsEarlier(_timers[child], timer))
                {
                    break;
                }

                Place(_timers[child], index);
                index = child;
            }

            Place(timer, index);
        }

        private void Place(LoopTimer timer, int index)
        {
            _timers[index] = timer;
            timer.Index = index;
        }
    }
}
