namespace IoTNet.Emulator;

/// <summary>
/// The selector of an emulated board's stack. What changes on a watched socket is looked at when the lock is given back, and
/// its watch queued when it is ready; a wait looks at the queued ones only.
/// </summary>
/// <remarks>Guarded by the stack's lock, which is not held while a thread waits or another selector is woken.</remarks>
internal sealed class LwipSelector : ISelector
{
    private readonly LwipStack _stack;
    private readonly WaitPoint _point = new();
    private readonly Queue<LwipWatch> _queue = new();
    private readonly List<LwipWatch> _all = [];
    private LwipWatch? _free;
    private ISelector? _target;
    private bool _woken;
    private bool _closed;

    internal LwipSelector(LwipStack stack)
    {
        _stack = stack;
    }

    public int Watch(int handle, PollEvents events, bool once, int key)
    {
        lock (_stack.Gate)
        {
            LwipSocket? socket = _closed ? null : _stack.Find(handle);
            if (socket == null || socket.IsClosed)
            {
                return -(int)Errno.EBADF;
            }

            LwipWatch watch = FindOf(socket) ?? Begin(socket, handle);
            watch.Events = (int)events;
            watch.Key = key;
            watch.IsOnce = once;
            Enqueue(watch);
        }

        _point.Pulse();
        return 0;
    }

    public void Unwatch(int handle)
    {
        lock (_stack.Gate)
        {
            LwipSocket? socket = _stack.Find(handle);
            LwipWatch? watch = socket != null ? FindOf(socket) : FindClosed(handle);
            if (watch != null)
            {
                End(watch);
            }
        }
    }

    public int Wait(int[] keys, int[] seen, int timeoutMs)
    {
        Deadline deadline = Deadline.After(timeoutMs);
        while (true)
        {
            int left = deadline.RemainingMs();
            int version = _point.Version;
            ISelector? told;
            int count;
            lock (_stack.Gate)
            {
                if (_closed)
                {
                    return -(int)Errno.EBADF;
                }

                bool woken = _woken;
                _woken = false;
                count = Report(keys, seen);
                if (count == 0 && !woken && left != 0)
                {
                    told = null;
                    if (_stack.IsOff)
                    {
                        return -(int)Errno.ENETDOWN;
                    }
                }
                else
                {
                    left = 0;
                    told = _queue.Count > 0 ? _target : null;
                }
            }

            if (left == 0)
            {
                told?.Wake();
                return count;
            }

            _point.Wait(version, left);
        }
    }

    public void Wake()
    {
        lock (_stack.Gate)
        {
            _woken = true;
        }

        _point.Pulse();
    }

    public bool Forward(ISelector other)
    {
        lock (_stack.Gate)
        {
            _target = other;
            _point.Target = other;
        }

        _point.Pulse();
        return true;
    }

    public void Close()
    {
        lock (_stack.Gate)
        {
            foreach (LwipWatch watch in _all)
            {
                if (watch.Socket != null)
                {
                    End(watch);
                }
            }

            _closed = true;
            _stack.Forget(this);
            _target = null;
            _point.Target = null;
        }

        _point.Pulse();
    }

    /// <summary>Something changed on a watched socket; under the stack's lock.</summary>
    internal void OnChanged(LwipWatch watch)
    {
        // Each ACK makes room: only what is asked for ends a wait.
        if (!watch.IsQueued && watch.Look() != 0)
        {
            Enqueue(watch);
            WakeList.Add(_point);
        }
    }

    /// <summary>The stack has ended; under its lock.</summary>
    internal void OnOff()
    {
        WakeList.Add(_point);
    }

    private void Enqueue(LwipWatch watch)
    {
        if (!watch.IsQueued)
        {
            watch.IsQueued = true;
            _queue.Enqueue(watch);
        }
    }

    private int Report(int[] keys, int[] seen)
    {
        int reported = 0;
        for (int left = _queue.Count; left > 0 && reported < keys.Length; left--)
        {
            LwipWatch watch = _queue.Dequeue();
            watch.IsQueued = false;
            if (watch.Socket == null)
            {
                Free(watch);
                continue;
            }

            int events = watch.Look();
            if (events == 0)
            {
                continue;
            }

            keys[reported] = watch.Key;
            seen[reported++] = events;
            if (watch.IsOnce || watch.Socket.IsClosed)
            {
                End(watch);
            }
            else
            {
                Enqueue(watch);
            }
        }

        return reported;
    }

    private LwipWatch? FindOf(LwipSocket socket)
    {
        LwipWatch? watch = socket.Watches;
        while (watch != null && watch.Selector != this)
        {
            watch = watch.Next;
        }

        return watch;
    }

    // A socket that is closed is not found by its handle.
    private LwipWatch? FindClosed(int handle)
    {
        foreach (LwipWatch watch in _all)
        {
            if (watch.Socket != null && watch.Handle == handle)
            {
                return watch;
            }
        }

        return null;
    }

    private LwipWatch Begin(LwipSocket socket, int handle)
    {
        LwipWatch? watch = _free;
        if (watch == null)
        {
            watch = new LwipWatch(this);
            _all.Add(watch);
        }
        else
        {
            _free = watch.Next;
        }

        watch.Socket = socket;
        watch.Handle = handle;
        watch.Next = socket.Watches;
        socket.Watches = watch;
        return watch;
    }

    private void End(LwipWatch watch)
    {
        LwipSocket socket = watch.Socket!;
        if (socket.Watches == watch)
        {
            socket.Watches = watch.Next;
        }
        else
        {
            LwipWatch before = socket.Watches!;
            while (before.Next != watch)
            {
                before = before.Next!;
            }

            before.Next = watch.Next;
        }

        watch.Socket = null;
        watch.Next = null;
        if (!watch.IsQueued)
        {
            Free(watch);
        }
    }

    private void Free(LwipWatch watch)
    {
        watch.Next = _free;
        _free = watch;
    }
}
