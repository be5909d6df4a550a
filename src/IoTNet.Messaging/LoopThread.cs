using System.Threading;

namespace IoTNet
{
    /// <summary>Starts a context's thread.</summary>
    internal static class LoopThread
    {
        public static void Start(ThreadStart run)
        {
            Thread thread = new Thread(run);
#if !NANOFRAMEWORK_1_0
            // A program that forgets to close its context should still end.
            thread.IsBackground = true;
#endif
            thread.Start();
        }
    }
}
