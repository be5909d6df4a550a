#if !NANOFRAMEWORK_1_0
using System;
using System.Threading;
#endif

namespace IoTNet
{
    /// <summary>A look or two before a thread sleeps: to sleep and be woken for each message takes far longer than the message
    /// when its sender is at work on another processor.</summary>
    internal static class ShortWait
    {
#if NANOFRAMEWORK_1_0
        // One processor: nothing happens while this thread runs.
        public static bool For(PeerEvents events)
        {
            return events.HasAny;
        }
#else
        private const int Rounds = 20;
        private const int PausesPerRound = 8;

        private static readonly bool s_isUseful = Environment.ProcessorCount > 1;

        public static bool For(PeerEvents events)
        {
            for (int i = 0; i < Rounds && s_isUseful && !events.HasAny; i++)
            {
                Thread.SpinWait(PausesPerRound);
            }

            return events.HasAny;
        }
#endif
    }
}
