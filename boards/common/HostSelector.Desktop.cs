#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Threading;

namespace IoTNet.Boards
{
    // The host's selector: epoll(7). What the system does not know of (a socket that was closed, or whose connect was given
    // up) the selector reports on its own.
    internal sealed partial class HostSelector : ISelector
    {
        private const int OutOfSpace = 28;
        private const int Askable = (int)(PollEvents.In | PollEvents.Pri | PollEvents.Out);

        private readonly SystemNetStack _stack;
        private readonly HostEpoll _epoll;

        // Guards the watches; not held during a wait. A socket's lock may be taken within it, not the other way round.
        private readonly object _lock = new object();
        private HostWatch[] _watches = new HostWatch[16];
        private int _count;
        private HostWatch _free;
        private bool _isClosed;

        private HostSelector(SystemNetStack stack, HostEpoll epoll)
        {
            _stack = stack;
            _epoll = epoll;
        }

        // Null when the system has no more descriptors to give.
        public static HostSelector TryOpen(SystemNetStack stack)
        {
            HostEpoll epoll = HostEpoll.TryOpen();
            return epoll == null ? null : new HostSelector(stack, epoll);
        }

        public int Watch(int handle, PollEvents events, bool once, int key)
        {
            SystemNetSocket socket = _stack.Find(handle);
            if (socket == null)
            {
                return -(int)Errno.EBADF;
            }

            lock (_lock)
            {
                if (_isClosed)
                {
                    return -(int)Errno.EBADF;
                }

                HostWatch watch = socket.FindWatch(this);
                bool isNew = watch == null;
                if (isNew)
                {
                    watch = Take();
                    if (!socket.TryAttach(watch, out bool isLost))
                    {
                        Free(watch);
                        return -(int)Errno.EBADF;
                    }

                    watch.Socket = socket;
                    watch.Handle = handle;
                    watch.IsInSystem = !isLost;
                }

                watch.Events = (int)events;
                watch.Key = key;
                watch.IsOnce = once;
                watch.IsArmed = true;
                watch.Generation++;
                int result = Arm(watch, isNew);
                if (result < 0)
                {
                    watch.IsInSystem = false;
                    Remove(watch);
                }

                return result;
            }
        }

        public void Unwatch(int handle)
        {
            lock (_lock)
            {
                HostWatch watch = _stack.Find(handle)?.FindWatch(this) ?? FindClosed(handle);
                if (watch != null)
                {
                    Remove(watch);
                }
            }
        }

        // Sockets' readiness is seen by a thread that waits here, and by nobody else.
        public bool Forward(ISelector other)
        {
            return false;
        }

        public void Close()
        {
            lock (_lock)
            {
                for (int i = 0; i < _count; i++)
                {
                    if (_watches[i].Socket != null)
                    {
                        Remove(_watches[i]);
                    }
                }

                if (_isClosed)
                {
                    return;
                }

                // A thread that waits gives the descriptors back itself: epoll would lose the event of one that is closed.
                Volatile.Write(ref _isClosed, true);
                _epoll.Wake();
                Interlocked.MemoryBarrier();
                if (Volatile.Read(ref _waiting) == 0)
                {
                    _epoll.Dispose();
                }
            }
        }

        // The system's socket is about to go; called without a lock, by the thread that closes it.
        internal void OnEnded(SystemNetSocket socket, HostWatch watch, bool isClosed)
        {
            lock (_lock)
            {
                // It may have been unwatched meanwhile, and even be another socket's.
                if (watch.Socket != socket)
                {
                    return;
                }

                LeaveSystem(watch);
                watch.IsClosed = isClosed;
                if (watch.IsArmed)
                {
                    AddOwn(watch);
                    EndWait();
                }
                else if (isClosed)
                {
                    Free(watch);
                }
            }
        }

        private int Arm(HostWatch watch, bool isNew)
        {
            if (!watch.IsInSystem)
            {
                AddOwn(watch);
                EndWait();
                return 0;
            }

            int events = (watch.Events & Askable) | (watch.IsOnce ? HostEpoll.Once : 0);
            int result = _epoll.Control(isNew ? HostEpoll.Add : HostEpoll.Modify, watch.Socket.Descriptor, events, watch.Index, watch.Generation);

            // ENOSPC: the user's limit of watches (/proc/sys/fs/epoll/max_user_watches).
            return result == 0 ? 0 : result == -OutOfSpace ? -(int)Errno.ENFILE
                : result == -(int)Errno.ENOMEM ? result : -(int)Errno.EIO;
        }

        private void LeaveSystem(HostWatch watch)
        {
            if (watch.IsInSystem)
            {
                watch.IsInSystem = false;
                _epoll.Control(HostEpoll.Delete, watch.Socket.Descriptor, 0, 0, 0);
            }
        }

        private void Remove(HostWatch watch)
        {
            LeaveSystem(watch);
            watch.Socket.Detach(watch);
            Free(watch);
        }

        private HostWatch Take()
        {
            HostWatch watch = _free;
            if (watch != null)
            {
                _free = watch.NextFree;
                watch.NextFree = null;
                return watch;
            }

            if (_count == _watches.Length)
            {
                Array.Resize(ref _watches, _count * 2);
            }

            watch = new HostWatch(this, _count);
            _watches[_count++] = watch;
            return watch;
        }

        private void Free(HostWatch watch)
        {
            RemoveOwn(watch);
            watch.Socket = null;
            watch.IsClosed = false;
            watch.IsArmed = false;
            watch.Generation++;
            watch.NextFree = _free;
            _free = watch;
        }

        // A socket that is closed is not found by its handle.
        private HostWatch FindClosed(int handle)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_watches[i].Socket != null && _watches[i].Handle == handle)
                {
                    return _watches[i];
                }
            }

            return null;
        }
    }
}
#endif
