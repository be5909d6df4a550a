#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Threading;

namespace IoTNet.Boards
{
    // The host's selector: what a wait reports.
    internal sealed partial class HostSelector
    {
        private HostWatch _firstOwn;
        private HostWatch _lastOwn;
        private int _ownCount;
        private bool _ownComeFirst;
        private int _woken;
        private int _waiting;

        public int Wait(int[] keys, int[] seen, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            Interlocked.Increment(ref _waiting);
            try
            {
                while (!Volatile.Read(ref _isClosed))
                {
                    // The mark and the count are set before the event that ends a wait: one of both is seen.
                    int left = deadline.RemainingMs();
                    int own = Volatile.Read(ref _ownCount);
                    bool looks = left == 0 || own > 0 || Volatile.Read(ref _woken) != 0;
                    int reported = own > 0 && _ownComeFirst ? ReportOwn(keys, seen, 0) : 0;
                    int count = 0;
                    if (reported < keys.Length)
                    {
                        count = _epoll.Wait(keys.Length - reported, looks ? 0 : left);
                    }

                    reported = count > 0 ? ReportSystem(count, keys, seen, reported) : reported;
                    if (reported < keys.Length && Volatile.Read(ref _ownCount) > 0 && !(own > 0 && _ownComeFirst))
                    {
                        reported = ReportOwn(keys, seen, reported);
                    }

                    // In turn, should each alone fill all the room.
                    _ownComeFirst = own > 0 && !_ownComeFirst;
                    bool isWoken = Interlocked.Exchange(ref _woken, 0) != 0;
                    if (Volatile.Read(ref _isClosed))
                    {
                        break;
                    }

                    // What the system gave may have been the wake-up alone, or over: then something else may be ready.
                    if (reported > 0 || isWoken || (left == 0 && count <= 0))
                    {
                        return reported;
                    }

                    if (count < 0)
                    {
                        return count == -(int)Errno.ENOMEM ? count : -(int)Errno.EIO;
                    }
                }

                return -(int)Errno.EBADF;
            }
            finally
            {
                if (Interlocked.Decrement(ref _waiting) == 0 && Volatile.Read(ref _isClosed))
                {
                    _epoll.Dispose();
                }
            }
        }

        public void Wake()
        {
            if (Interlocked.Exchange(ref _woken, 1) == 0)
            {
                EndWait();
            }
        }

        // What ends it was set before; who is not in a wait yet finds that there.
        private void EndWait()
        {
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _waiting) == 0)
            {
                return;
            }

            try
            {
                _epoll.Wake();
            }
            catch (ObjectDisposedException)
            {
                // Closed: nobody waits.
            }
        }

        private int ReportSystem(int count, int[] keys, int[] seen, int reported)
        {
            lock (_lock)
            {
                for (int i = 0; i < count; i++)
                {
                    int events = _epoll.EventsAt(i, out int index, out int generation);
                    HostWatch watch = index == HostEpoll.WakeIndex ? null : _watches[index];

                    // What was changed or ended since is seen again, if it is still so.
                    if (watch == null || watch.Generation != generation || !watch.IsArmed || watch.IsOwn)
                    {
                        continue;
                    }

                    if (watch.Socket.MayHaveOwnEvents)
                    {
                        events = LookAt(watch, events);
                        if (events == 0)
                        {
                            continue;
                        }
                    }

                    keys[reported] = watch.Key;
                    seen[reported++] = events;
                    watch.IsArmed = !watch.IsOnce;
                }
            }

            return reported;
        }

        private int ReportOwn(int[] keys, int[] seen, int reported)
        {
            lock (_lock)
            {
                for (int left = _ownCount; left > 0 && reported < keys.Length; left--)
                {
                    HostWatch watch = _firstOwn;
                    RemoveOwn(watch);
                    int events = watch.IsClosed ? (int)PollEvents.Nval : LookAt(watch, 0);
                    if (events == 0)
                    {
                        // It is being closed, and will be here again.
                        continue;
                    }

                    keys[reported] = watch.Key;
                    seen[reported++] = events;
                    if (watch.IsClosed)
                    {
                        Free(watch);
                    }
                    else if (watch.IsOnce)
                    {
                        watch.IsArmed = false;
                    }
                    else
                    {
                        AddOwn(watch);
                    }
                }
            }

            return reported;
        }

        // What a poll would tell; 0 when the socket is being closed.
        private static int LookAt(HostWatch watch, int events)
        {
            if (!watch.Socket.Enter())
            {
                return 0;
            }

            try
            {
                if (watch.Socket.TryGetOwnEvents(watch.Events, out int own))
                {
                    events = own;
                }
            }
            catch (Exception)
            {
                // As in Poll.
                events = (int)PollEvents.Err;
            }

            return watch.Socket.LeavePoll(events) & ~(int)PollEvents.Nval;
        }

        private void AddOwn(HostWatch watch)
        {
            if (watch.IsOwn)
            {
                return;
            }

            watch.IsOwn = true;
            watch.PreviousOwn = _lastOwn;
            if (_lastOwn == null)
            {
                _firstOwn = watch;
            }
            else
            {
                _lastOwn.NextOwn = watch;
            }

            _lastOwn = watch;
            Volatile.Write(ref _ownCount, _ownCount + 1);
        }

        private void RemoveOwn(HostWatch watch)
        {
            if (!watch.IsOwn)
            {
                return;
            }

            if (watch.PreviousOwn == null)
            {
                _firstOwn = watch.NextOwn;
            }
            else
            {
                watch.PreviousOwn.NextOwn = watch.NextOwn;
            }

            if (watch.NextOwn == null)
            {
                _lastOwn = watch.PreviousOwn;
            }
            else
            {
                watch.NextOwn.PreviousOwn = watch.PreviousOwn;
            }

            watch.IsOwn = false;
            watch.PreviousOwn = null;
            watch.NextOwn = null;
            Volatile.Write(ref _ownCount, _ownCount - 1);
        }
    }
}
#endif
