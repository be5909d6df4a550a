namespace IoTNet
{
    /// <summary>The pending calls of one socket, both ways, and the watch that waits for them.</summary>
    internal sealed class SelectQueues
    {
        internal readonly SelectQueue In = new SelectQueue();
        internal readonly SelectQueue Out = new SelectQueue();
        internal readonly SocketWatch Watch;

        /// <summary>The next one that is free for another socket.</summary>
        internal SelectQueues NextFree;

        internal SelectQueues(EventLoop loop)
        {
            Watch = new SocketWatch(loop, this);
        }

        internal bool IsEmpty => In.First == null && Out.First == null;

        internal bool HasUntold => In.FirstUntold != null || Out.FirstUntold != null;

        /// <summary>What the first ones wait for.</summary>
        internal PollEvents Wanted => (Untold(In) != null ? PollEvents.In : PollEvents.None) |
            (Untold(Out) != null ? PollEvents.Out : PollEvents.None);

        internal SelectQueue For(SelectTag tag)
        {
            return tag < SelectTag.Connect ? In : Out;
        }

        /// <summary>Whom to tell of what was seen: one of the first ones; null when they do not wait for it.</summary>
        internal PendingSelect Choose(PollEvents seen)
        {
            // Err and Hup end every wait: the repeated call gives the error.
            bool both = (seen & (PollEvents.Err | PollEvents.Hup)) != 0;
            PendingSelect chosen = both || (seen & PollEvents.In) != 0 ? Untold(In) : null;
            return chosen == null && (both || (seen & PollEvents.Out) != 0) ? Untold(Out) : chosen;
        }

        private static PendingSelect Untold(SelectQueue queue)
        {
            return queue.First != null && !queue.First.IsTold ? queue.First : null;
        }
    }
}
