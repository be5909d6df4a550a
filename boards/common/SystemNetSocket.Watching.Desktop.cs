#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
namespace IoTNet.Boards
{
    // Who watches the socket. A selector is told before the system's socket goes: epoll would drop it without a word, and
    // the system gives its number to the next one.
    internal sealed partial class SystemNetSocket
    {
        private HostWatch _watches;
        private bool _isLost;

        /// <summary>Whether <see cref="TryGetOwnEvents"/> may know more than the system.</summary>
        internal bool MayHaveOwnEvents => _state == ConnectState.Connecting || PendingError != 0;

        /// <summary>The system's number; valid while a live watch is attached and its selector's lock is held.</summary>
        internal int Descriptor => (int)_nativeHandle.DangerousGetHandle();

        /// <summary>Finds a selector's watch.</summary>
        internal HostWatch FindWatch(HostSelector selector)
        {
            lock (this)
            {
                HostWatch watch = _watches;
                while (watch != null && watch.Selector != selector)
                {
                    watch = watch.NextOfSocket;
                }

                return watch;
            }
        }

        /// <summary>Attaches a watch, whose selector will be told of the end.</summary>
        /// <param name="watch">The watch.</param>
        /// <param name="isLost">Whether the system's socket is gone already, though this one is open.</param>
        /// <returns>False when the socket is closed.</returns>
        internal bool TryAttach(HostWatch watch, out bool isLost)
        {
            lock (this)
            {
                // Close sets the mark first and looks for watches afterwards, so one sees the other.
                isLost = _isLost;
                if (IsClosed)
                {
                    return false;
                }

                watch.NextOfSocket = _watches;
                _watches = watch;
                return true;
            }
        }

        /// <summary>Takes a watch off; it may be off already.</summary>
        internal void Detach(HostWatch watch)
        {
            lock (this)
            {
                HostWatch before = null;
                HostWatch at = _watches;
                while (at != null && at != watch)
                {
                    before = at;
                    at = at.NextOfSocket;
                }

                if (at == null)
                {
                    return;
                }

                if (before == null)
                {
                    _watches = watch.NextOfSocket;
                }
                else
                {
                    before.NextOfSocket = watch.NextOfSocket;
                }

                watch.NextOfSocket = null;
            }
        }

        // The system's socket goes for good. A selector's lock is never taken within a socket's.
        private void CloseWatches()
        {
            HostWatch watch;
            do
            {
                lock (this)
                {
                    watch = _watches;
                    if (watch != null)
                    {
                        _watches = watch.NextOfSocket;
                        watch.NextOfSocket = null;
                    }
                }

                watch?.Selector.OnEnded(this, watch, true);
            }
            while (watch != null);
        }

        // The system's socket goes, this one stays: its connect was given up.
        private void LoseWatches()
        {
            HostWatch[] watches;
            lock (this)
            {
                _isLost = true;
                int count = 0;
                for (HostWatch watch = _watches; watch != null; watch = watch.NextOfSocket)
                {
                    count++;
                }

                watches = new HostWatch[count];
                for (HostWatch watch = _watches; watch != null; watch = watch.NextOfSocket)
                {
                    watches[--count] = watch;
                }
            }

            foreach (HostWatch watch in watches)
            {
                watch.Selector.OnEnded(this, watch, false);
            }
        }
    }
}
#endif
