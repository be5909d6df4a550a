using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    /// <summary>Measures how long a call took that must end by its timeout.</summary>
    internal sealed class Stopwatch
    {
        // What the scheduler of a busy machine may add on top of any wait.
        private const int SlackMs = 1000;

        private readonly long _startMs = Environment.TickCount64;

        /// <summary>Not before the timeout (clocks of 16 ms ticks allowed for), and not beyond 1.5 times of it.</summary>
        public void AssertTook(int timeoutMs)
        {
            long tookMs = Environment.TickCount64 - _startMs;
            Assert.IsTrue(tookMs >= timeoutMs - 16, "a timeout of " + timeoutMs.ToString() + " ms was over after " + tookMs.ToString());
            Assert.IsTrue(tookMs <= (timeoutMs * 3 / 2) + SlackMs, "a timeout of " + timeoutMs.ToString() + " ms took " + tookMs.ToString());
        }

        /// <summary>The call must have ended long before the bound.</summary>
        public void AssertBelow(int boundMs)
        {
            long tookMs = Environment.TickCount64 - _startMs;
            Assert.IsTrue(tookMs < boundMs, "took " + tookMs.ToString() + " ms, expected below " + boundMs.ToString());
        }
    }
}
