namespace IoTNet
{
    /// <summary>Something that the context's loop does when it is asked to (<see cref="MessageContext.Schedule"/>).</summary>
    internal interface ILoopWork
    {
        /// <summary>Whether it waits to be done; the context's.</summary>
        bool IsQueued { get; set; }

        /// <summary>What is done after it; the context's.</summary>
        ILoopWork NextWork { get; set; }

        /// <summary>Does it, on the loop's thread.</summary>
        void Run();

        /// <summary>The loop has ended: nothing is done any more. Whoever waits is to be told.</summary>
        void Abandon();
    }
}
