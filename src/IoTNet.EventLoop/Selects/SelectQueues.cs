namespace IoTNet
{
    /// <summary>The pending calls of one socket, both ways, which is watched for them; for one socket after the other, each time
    /// for once.</summary>
    internal sealed class SelectQueues : WatchedSocket
    {
        internal readonly SelectQueue In = new SelectQueue();
        internal readonly SelectQueue Out = new SelectQueue();
        private readonly EventLoop _loop;

        /// <summary>The next one that is free for another socket.</summary>
        internal SelectQueues NextFree;

        internal SelectQueues(EventLoop loop)
            : base(null)
        {
            _loop = loop;
        }

        public override EventLoop Loop => _loop;

        internal bool IsEmpty => In.First == null && Out.First == null;

        internal bool HasUntold => In.FirstUntold != null || Out.FirstUntold != null;

        /// <summary>What the first ones wait for.</summary>
        internal PollEvents Waited => (Untold(In) != null ? PollEvents.In : PollEvents.None) |
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

        // The loop tells of selects under its own lock.
        protected internal override void OnReady(PollEvents events)
        {
        }

        private static PendingSelect Untold(SelectQueue queue)
        {
            return queue.First != null && !queue.First.IsTold ? queue.First : null;
        }
    }
}
