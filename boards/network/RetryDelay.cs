using System;

namespace IoTNet.Boards
{
    /// <summary>How long to wait before the next try: doubled with each failure, bounded, and drawn from the upper half ("equal
    /// jitter").</summary>
    internal sealed class RetryDelay
    {
        private readonly int _initialMs;
        private readonly int _maximumMs;
        private readonly Random _random;

        internal RetryDelay(int initialMs, int maximumMs, Random random)
        {
            _initialMs = initialMs;
            _maximumMs = maximumMs;
            _random = random;
        }

        /// <summary>Failures since the last reset.</summary>
        internal int Failures { get; private set; }

        internal void Reset()
        {
            Failures = 0;
        }

        /// <summary>Counts a failure.</summary>
        /// <returns>How long to wait, in ms.</returns>
        internal int Next()
        {
            int limitMs = _initialMs;
            for (int i = 0; i < Failures && limitMs < _maximumMs; i++)
            {
                // Without overflow: nanoFramework's arithmetic does not tell of one.
                limitMs = limitMs > _maximumMs / 2 ? _maximumMs : limitMs * 2;
            }

            Failures++;
            int half = limitMs / 2;
            return limitMs - (half == 0 ? 0 : _random.Next(half + 1));
        }
    }
}
