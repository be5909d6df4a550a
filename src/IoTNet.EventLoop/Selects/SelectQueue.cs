namespace IoTNet
{
    /// <summary>The pending calls of one direction of a socket, the oldest first. Only the first is told; it keeps its place
    /// until it repeats the call or cancels, so that nobody overtakes it.</summary>
    internal sealed class SelectQueue
    {
        internal PendingSelect First { get; private set; }

        internal PendingSelect Find(ISelectCaller caller)
        {
            PendingSelect pending = First;
            while (pending != null && pending.Caller != caller)
            {
                pending = pending.Next;
            }

            return pending;
        }

        internal PendingSelect Find(int handle)
        {
            PendingSelect pending = First;
            while (pending != null && pending.Handle != handle)
            {
                pending = pending.Next;
            }

            return pending;
        }

        /// <summary>The oldest that was not told; null when there is none.</summary>
        internal PendingSelect FirstUntold => First == null || !First.IsTold ? First : First.Next;

        internal void Add(PendingSelect pending)
        {
            if (First == null)
            {
                First = pending;
                return;
            }

            PendingSelect last = First;
            while (last.Next != null)
            {
                last = last.Next;
            }

            last.Next = pending;
        }

        internal void Remove(PendingSelect pending)
        {
            if (First == pending)
            {
                First = pending.Next;
            }
            else
            {
                PendingSelect before = First;
                while (before.Next != pending)
                {
                    before = before.Next;
                }

                before.Next = pending.Next;
            }

            pending.Next = null;
        }
    }
}
