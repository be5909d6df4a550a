using System.Threading;

namespace IoTNet
{
    /// <summary>A thread that waits for a socket.</summary>
    internal sealed class EventWaiter
    {
        public EventWaiter(AutoResetEvent signal)
        {
            Signal = signal;
        }

        public AutoResetEvent Signal { get; }

        public EventWaiter Next { get; set; }
    }
}
