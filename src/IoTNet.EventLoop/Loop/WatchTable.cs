namespace IoTNet
{
    /// <summary>The watches of a loop, by selector and handle: a hash table that allocates only when it grows.</summary>
    internal sealed class WatchTable
    {
        private SocketWatch[] _buckets = new SocketWatch[8];
        private int _count;

        internal SocketWatch Find(ISelector selector, int handle)
        {
            SocketWatch watch = _buckets[handle & (_buckets.Length - 1)];
            while (watch != null && (watch.Handle != handle || watch.Selector != selector))
            {
                watch = watch.Next;
            }

            return watch;
        }

        /// <summary>Finds the watch of a socket that is closed and has no handle any more.</summary>
        internal SocketWatch Find(Socket socket)
        {
            for (int i = 0; i < _buckets.Length; i++)
            {
                for (SocketWatch watch = _buckets[i]; watch != null; watch = watch.Next)
                {
                    if (watch.Socket == socket)
                    {
                        return watch;
                    }
                }
            }

            return null;
        }

        internal void Add(SocketWatch watch)
        {
            if (++_count > _buckets.Length)
            {
                Grow();
            }

            Link(watch);
        }

        internal void Remove(SocketWatch watch)
        {
            int bucket = watch.Handle & (_buckets.Length - 1);
            SocketWatch before = _buckets[bucket];
            if (before == watch)
            {
                _buckets[bucket] = watch.Next;
            }
            else
            {
                while (before.Next != watch)
                {
                    before = before.Next;
                }

                before.Next = watch.Next;
            }

            watch.Next = null;
            _count--;
        }

        /// <summary>Gives any of them; null when there is none.</summary>
        /// <param name="failedOnly">Of those that have failed.</param>
        internal SocketWatch Any(bool failedOnly)
        {
            for (int i = 0; i < _buckets.Length && _count > 0; i++)
            {
                SocketWatch watch = _buckets[i];
                while (watch != null && failedOnly && watch.Failure == 0)
                {
                    watch = watch.Next;
                }

                if (watch != null)
                {
                    return watch;
                }
            }

            return null;
        }

        /// <summary>Marks all as failed, or those alone whose socket is closed.</summary>
        internal void Fail(int failure, bool closedOnly)
        {
            for (int i = 0; i < _buckets.Length; i++)
            {
                for (SocketWatch watch = _buckets[i]; watch != null; watch = watch.Next)
                {
                    if (!closedOnly || watch.Socket.IsClosed)
                    {
                        watch.Failure = failure;
                    }
                }
            }
        }

        // A handle's low bits are its slot in the stack's table (HandleTable), so they spread by themselves.
        private void Link(SocketWatch watch)
        {
            int bucket = watch.Handle & (_buckets.Length - 1);
            watch.Next = _buckets[bucket];
            _buckets[bucket] = watch;
        }

        private void Grow()
        {
            SocketWatch[] old = _buckets;
            _buckets = new SocketWatch[old.Length * 2];
            for (int i = 0; i < old.Length; i++)
            {
                SocketWatch watch = old[i];
                while (watch != null)
                {
                    SocketWatch next = watch.Next;
                    Link(watch);
                    watch = next;
                }
            }
        }
    }
}
