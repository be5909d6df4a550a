namespace IoTNet.Emulator;

/// <summary>
/// Where threads wait for a socket, or for any of a board's sockets, to change. A thread looks at the socket under the
/// board's lock, remembers <see cref="Version"/>, lets go of the lock and waits: a change in between is not missed.
/// </summary>
internal sealed class WaitPoint
{
    private readonly object _gate = new();
    private int _version;
    private int _waiters;

    /// <summary>Counts the changes.</summary>
    internal int Version => Volatile.Read(ref _version);

    /// <summary>The next one of those that changed under the lock that is held now.</summary>
    internal WaitPoint? NextChanged { get; set; }

    /// <summary>Whether it is among those.</summary>
    internal bool IsChanged { get; set; }

    /// <summary>Wakes all that wait.</summary>
    internal void Pulse()
    {
        lock (_gate)
        {
            _version++;
            if (_waiters > 0)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits for a change.</summary>
    /// <param name="seen">The version that was looked at.</param>
    /// <param name="timeoutMs">Milliseconds, -1 = for ever.</param>
    internal void Wait(int seen, int timeoutMs)
    {
        lock (_gate)
        {
            if (_version != seen)
            {
                return;
            }

            _waiters++;
            try
            {
                _ = Monitor.Wait(_gate, timeoutMs);
            }
            finally
            {
                _waiters--;
            }
        }
    }
}
