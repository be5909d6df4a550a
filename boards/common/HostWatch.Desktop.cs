#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
namespace IoTNet.Boards
{
    // One socket's watch by one selector, whose lock guards it. Reused.
    internal sealed class HostWatch
    {
        public readonly HostSelector Selector;

        // Its place in the selector's table.
        public readonly int Index;

        // Null when it is free.
        public SystemNetSocket Socket;
        public int Handle;
        public int Events;
        public int Key;
        public bool IsOnce;

        // Changes with each change of the watch, so that what the system saw for the old one is known as that.
        public int Generation;

        // False once a watch for once is over: kept for the next time, as the system keeps its own.
        public bool IsArmed;

        // Whether the system watches its socket; if not, the selector reports it on its own.
        public bool IsInSystem;
        public bool IsClosed;

        // The watches that the selector reports on its own.
        public bool IsOwn;
        public HostWatch PreviousOwn;
        public HostWatch NextOwn;

        // The other selectors' watches of the socket; guarded by the socket's lock.
        public HostWatch NextOfSocket;

        public HostWatch NextFree;

        public HostWatch(HostSelector selector, int index)
        {
            Selector = selector;
            Index = index;
        }
    }
}
#endif
