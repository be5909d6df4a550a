namespace IoTNet
{
    /// <summary>Something that the context's loop does when it is asked to (<see cref="MessageContext.Schedule"/>).</summary>
    internal abstract class LoopWork
    {
        /// <summary>Whether it waits to be done; the context's.</summary>
        internal bool IsQueued;

        /// <summary>What is done after it; the context's.</summary>
        internal LoopWork NextWork;

        /// <summary>Does it, on the loop's thread.</summary>
        internal abstract void Run();

        /// <summary>The loop has ended: nothing is done any more. Whoever waits is to be told.</summary>
        internal virtual void Abandon()
        {
        }
    }
}
