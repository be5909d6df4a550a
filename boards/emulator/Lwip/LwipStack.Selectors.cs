namespace IoTNet.Emulator;

// The selectors, which are told when a watched socket changes.
public sealed unsafe partial class LwipStack
{
    private readonly List<LwipSelector> _selectors = [];
    private LwipSocket?[] _changedSockets = new LwipSocket?[16];
    private int _changedSocketCount;

    /// <inheritdoc/>
    public ISelector OpenSelector()
    {
        LwipSelector selector = new(this);
        lock (_lock)
        {
            _selectors.Add(selector);
        }

        return selector;
    }

    /// <summary>Remembers, under the lock, a watched socket whose events may have changed.</summary>
    internal void Change(LwipSocket socket)
    {
        if (socket.Watches != null && !socket.IsChanged)
        {
            socket.IsChanged = true;
            if (_changedSocketCount == _changedSockets.Length)
            {
                Array.Resize(ref _changedSockets, _changedSockets.Length * 2);
            }

            _changedSockets[_changedSocketCount++] = socket;
        }
    }

    /// <summary>Forgets, under the lock, a selector that is closed.</summary>
    internal void Forget(LwipSelector selector)
    {
        _ = _selectors.Remove(selector);
    }

    /// <summary>Finds an open socket.</summary>
    internal LwipSocket? Find(int handle)
    {
        return _handles.Get(handle) as LwipSocket;
    }

    private void TellSelectors()
    {
        for (int i = 0; i < _changedSocketCount; i++)
        {
            LwipSocket socket = _changedSockets[i]!;
            _changedSockets[i] = null;
            socket.IsChanged = false;
            for (LwipWatch? watch = socket.Watches; watch != null; watch = watch.Next)
            {
                watch.Selector.OnChanged(watch);
            }
        }

        _changedSocketCount = 0;
    }
}
