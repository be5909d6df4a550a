using System;

namespace IoTNet
{
    /// <summary>The limits of an <see cref="EventLoop"/>, read when it is made.</summary>
    public sealed class EventLoopOptions
    {
        /// <summary>How much posted work may wait, 1 to 65,536. Default 256. Too small: posts are refused with ENOBUFS when the
        /// loop is held up; too large: two references of memory for each, once they were needed.</summary>
        public int PostLimit { get; set; } = 256;

        /// <summary>How many ready sockets one wait takes, 1 to 4,096. Default 32. Too small: more waits under load; too large:
        /// 8 bytes for each, and timers wait behind that many callbacks.</summary>
        public int EventsPerWait { get; set; } = 32;

        internal void Check()
        {
            Check(PostLimit, 65536, nameof(PostLimit));
            Check(EventsPerWait, 4096, nameof(EventsPerWait));
        }

        internal static void Check(int value, int most, string name)
        {
            if (value < 1 || value > most)
            {
                throw new ArgumentOutOfRangeException(name, "Expected 1 to " + most.ToString() + ", not " + value.ToString() + ".");
            }
        }
    }
}
