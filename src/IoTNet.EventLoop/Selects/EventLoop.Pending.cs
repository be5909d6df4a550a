using System;
using System.Threading;

namespace IoTNet
{
    // What is pending: from the call that could not be completed to its event, its repeat, or its end.
    public sealed partial class EventLoop
    {
        private const int Again = -(int)Errno.EAGAIN;
        private const int Closed = -(int)Errno.EBADF;

        // Of all loops, for a mailbox may have events of several. Comes to 0 after four billion calls, if ever.
        private static int s_lastHandle;

        // Held while a caller is told, so that a cancel on another thread can wait for the end of it. Taken before _lock. What
        // goes to a mailbox goes there under _lock: with a call that was told, the event is there to be taken back.
        private readonly object _telling = new object();
        private int _toldHandle;

        // Objects that are used again: no event allocates.
        private SelectQueues _freeQueues;
        private PendingSelect _freePending;

        /// <summary>Ends a pending call: no event with its handle comes afterwards, and one that is in a mailbox unread is taken
        /// out. From any thread; on another one than the loop's it waits for a caller that is being told of this very handle,
        /// and must not hold what that one waits for.</summary>
        /// <param name="info">What the call gave.</param>
        /// <returns>0; -EINVAL: no such call is pending, it was completed, repeated or cancelled; -EBADF: the socket is
        /// closed.</returns>
        public int Cancel(SelectInfo info)
        {
            int result;
            bool isTold;
            lock (_lock)
            {
                SelectQueues queues = info.Socket == null ? null : Find(info.Socket);
                PendingSelect pending = queues == null ? null : queues.For(info.Tag).Find(info.Handle);
                result = pending != null ? 0 : info.Socket != null && info.Socket.IsClosed ? Closed : -(int)Errno.EINVAL;
                if (pending != null)
                {
                    Remove(queues, pending);
                    Rearm(queues);
                }

                isTold = info.Handle != 0 && _toldHandle == info.Handle;
            }

            if (isTold && !IsLoopThread)
            {
                lock (_telling)
                {
                }
            }

            if (result != 0)
            {
                // An abort that nobody has read.
                (info.Caller as Mailbox)?.Remove(info.Handle);
            }

            return result;
        }

        private SelectQueues Find(Socket socket)
        {
            int handle = socket.Handle;
            WatchedSocket watch = handle < 0 ? _watches.Find(socket) : _watches.Find(IsLocal(socket), handle);
            return watch == null ? null : watch as SelectQueues
                ?? throw new InvalidOperationException(socket.ToString() + " has a SocketWatch in this loop.");
        }

        private SelectQueues QueuesOf(Socket socket, ISelectCaller caller)
        {
            if (caller == null)
            {
                throw new ArgumentNullException(nameof(caller));
            }

            return Find(socket ?? throw new ArgumentNullException(nameof(socket)));
        }

        private bool IsTurn(Socket socket, ISelectCaller caller, SelectTag tag)
        {
            SelectQueues queues = QueuesOf(socket, caller);
            PendingSelect first = queues == null ? null : queues.For(tag).First;
            return first == null || first.Caller == caller || socket.IsClosed;
        }

        // Ends a call: what is over leaves its place to the next one, what has to wait gets a place and a handle.
        private int Settle(Socket socket, ISelectCaller caller, SelectTag tag, int result, out SelectInfo info)
        {
            info = default;
            if (result == Closed)
            {
                return FailClosed();
            }

            SelectQueues queues = Find(socket);
            PendingSelect pending = queues == null ? null : queues.For(tag).Find(caller);
            bool waits = result == Again || result == -(int)Errno.EINPROGRESS;
            if (!waits)
            {
                if (pending != null)
                {
                    Remove(queues, pending);
                    Rearm(queues);
                }

                return result;
            }

            if (_stopping)
            {
                return Canceled;
            }

            if (pending == null || pending.IsTold)
            {
                // Before its place is looked for: that of its own unread event counts.
                pending?.Withdraw();
                Mailbox mailbox = caller as Mailbox;
                if (mailbox != null && !mailbox.Reserve())
                {
                    if (pending != null)
                    {
                        Free(queues, pending);
                        Rearm(queues);
                    }

                    return -(int)Errno.ENOBUFS;
                }
            }

            queues ??= MakeQueues(socket);
            pending ??= MakePending(queues, caller, tag);
            pending.IsTold = false;
            pending.Tag = tag;
            pending.Handle = Interlocked.Increment(ref s_lastHandle);
            int armed = Arm(queues);
            if (armed < 0)
            {
                Remove(queues, pending);
                return armed == Closed ? FailClosed() : armed;
            }

            info.Socket = socket;
            info.Caller = caller;
            info.Tag = tag;
            info.Handle = pending.Handle;
            return result;
        }

        // A selector tells of a closed socket only while it watches for those who wait.
        private int FailClosed()
        {
            _watches.FailClosed();
            WakeForFailed();
            return Closed;
        }

        private SelectQueues MakeQueues(Socket socket)
        {
            SelectQueues queues = _freeQueues ?? new SelectQueues(this);
            _freeQueues = queues.NextFree;
            queues.Failure = Errno.None;
            queues.IsArmed = false;
            queues.Turn(socket, IsLocal(socket));
            _watches.Add(queues);
            return queues;
        }

        private PendingSelect MakePending(SelectQueues queues, ISelectCaller caller, SelectTag tag)
        {
            PendingSelect pending = _freePending ?? new PendingSelect();
            _freePending = pending.Next;
            pending.Next = null;
            pending.Caller = caller;
            queues.For(tag).Add(pending);
            return pending;
        }

        // Takes a call out, and the watch with the last one.
        private void Remove(SelectQueues queues, PendingSelect pending)
        {
            pending.Withdraw();
            Free(queues, pending);
        }

        private void Free(SelectQueues queues, PendingSelect pending)
        {
            queues.For(pending.Tag).Remove(pending);
            pending.Caller = null;
            pending.Next = _freePending;
            _freePending = pending;
            if (queues.IsEmpty)
            {
                Forget(queues);
                queues.NextFree = _freeQueues;
                _freeQueues = queues;
            }
        }

        private int Arm(SelectQueues queues)
        {
            PollEvents waited = queues.Waited;
            return !queues.HasUntold || (queues.IsArmed && queues.WantedEvents == waited) ? 0 : Arm(queues, waited);
        }

        // For those who are pending already: they hear of a failure by an abort.
        private void Rearm(SelectQueues queues)
        {
            int result = Arm(queues);
            if (result < 0)
            {
                queues.Failure = (Errno)(-result);
                WakeForFailed();
            }
        }

        private void WakeForFailed()
        {
            _hasFailed = true;
            if (!IsLoopThread && !_over)
            {
                _network.Wake();
            }
        }

        // Tells one caller of what was seen on the socket, and waits on for the others.
        private int TellSelect(SelectQueues queues, int handle, PollEvents seen)
        {
            lock (_telling)
            {
                SelectEvent selected = default;
                ISelectCaller caller = null;
                lock (_lock)
                {
                    // Meanwhile another thread may have cancelled, and used the object again.
                    if (!queues.IsWatched || queues.Handle != handle || queues.IsLocal != _seenLocal)
                    {
                        return 0;
                    }

                    queues.IsArmed = false;
                    if ((seen & PollEvents.Nval) != 0)
                    {
                        queues.Failure = Errno.EBADF;
                        _hasFailed = true;
                        return 0;
                    }

                    PendingSelect chosen = queues.Choose(seen);
                    if (chosen != null)
                    {
                        chosen.IsTold = true;
                        caller = Describe(queues, chosen, Errno.None, ref selected);
                    }

                    if (caller != null || queues.Waited != PollEvents.None)
                    {
                        Rearm(queues);
                    }
                }

                return caller == null ? 0 : Deliver(caller, selected);
            }
        }

        // Aborts the oldest call of a socket that has failed; those that were told already learn it by their repeat.
        private int TellAbort(SelectQueues queues)
        {
            lock (_telling)
            {
                SelectEvent selected = default;
                ISelectCaller caller = null;
                lock (_lock)
                {
                    // Meanwhile another thread may have cancelled, and used the object again.
                    if (!queues.IsWatched || queues.Failure == Errno.None)
                    {
                        return 0;
                    }

                    PendingSelect pending = queues.In.FirstUntold ?? queues.Out.FirstUntold;
                    if (pending != null)
                    {
                        caller = Describe(queues, pending, queues.Failure, ref selected);
                    }

                    PendingSelect ended = pending ?? queues.In.First ?? queues.Out.First;
                    Free(queues, ended);
                }

                return caller == null ? 0 : Deliver(caller, selected);
            }
        }

        private ISelectCaller Describe(SelectQueues queues, PendingSelect pending, Errno reason, ref SelectEvent selected)
        {
            selected.Socket = queues.Socket;
            selected.Tag = pending.Tag;
            selected.Handle = pending.Handle;
            selected.Reason = reason;
            Mailbox mailbox = pending.Caller as Mailbox;
            if (mailbox == null)
            {
                _toldHandle = pending.Handle;
            }
            else
            {
                mailbox.Keep(selected);
            }

            return pending.Caller;
        }

        private int Deliver(ISelectCaller caller, SelectEvent selected)
        {
            try
            {
                caller.OnSelect(selected);
            }
            catch (Exception error) when (Error != null)
            {
                Error(selected.Socket, error);
            }
            finally
            {
                _toldHandle = 0;
            }

            return 1;
        }
    }
}
