namespace IoTNet
{
    /// <summary>The watches of a loop, by stack and handle: a hash table that allocates only when it grows.</summary>
    internal sealed class WatchTable
    {
        private WatchedSocket[] _buckets = new WatchedSocket[8];
        private int _count;

        internal WatchedSocket Find(bool isLocal, int handle)
        {
            WatchedSocket watch = _buckets[handle & (_buckets.Length - 1)];
            while (watch != null && (watch.Handle != handle || watch.IsLocal != isLocal))
            {
                watch = watch.Next;
            }

            return watch;
        }

        /// <summary>Finds the watch of a socket that is closed and has no handle any more.</summary>
        internal WatchedSocket Find(Socket socket)
        {
            for (int i = 0; i < _buckets.Length; i++)
            {
                for (WatchedSocket watch = _buckets[i]; watch != null; watch = watch.Next)
                {
                    if (watch.Socket == socket)
                    {
                        return watch;
                    }
                }
            }

            return null;
        }

        internal void Add(WatchedSocket watch)
        {
            if (++_count > _buckets.Length)
            {
                Grow();
            }

            watch.IsWatched = true;
            Link(watch);
        }

        internal void Remove(WatchedSocket watch)
        {
            int bucket = watch.Handle & (_buckets.Length - 1);
            WatchedSocket before = _buckets[bucket];
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
            watch.IsWatched = false;
            _count--;
        }

        /// <summary>Gives any of them; null when there is none.</summary>
        /// <param name="failedOnly">Of those that have failed.</param>
        internal WatchedSocket Any(bool failedOnly)
        {
            for (int i = 0; i < _buckets.Length && _count > 0; i++)
            {
                WatchedSocket watch = _buckets[i];
                while (watch != null && failedOnly && watch.Failure == Errno.None)
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

        /// <summary>Marks those as failed whose socket is closed.</summary>
        internal void FailClosed()
        {
            for (int i = 0; i < _buckets.Length; i++)
            {
                for (WatchedSocket watch = _buckets[i]; watch != null; watch = watch.Next)
                {
                    if (watch.Socket.IsClosed)
                    {
                        watch.Failure = Errno.EBADF;
                    }
                }
            }
        }

        // A handle's low bits are its slot in the stack's table (HandleTable), so they spread by themselves.
        private void Link(WatchedSocket watch)
        {
            int bucket = watch.Handle & (_buckets.Length - 1);
            watch.Next = _buckets[bucket];
            _buckets[bucket] = watch;
        }

        private void Grow()
        {
            WatchedSocket[] old = _buckets;
            _buckets = new WatchedSocket[old.Length * 2];
            for (int i = 0; i < old.Length; i++)
            {
                WatchedSocket watch = old[i];
                while (watch != null)
                {
                    WatchedSocket next = watch.Next;
                    Link(watch);
                    watch = next;
                }
            }
        }
    }
}
