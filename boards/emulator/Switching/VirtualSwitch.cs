namespace IoTNet.Emulator;

/// <summary>
/// A learning Ethernet switch in memory (IEEE 802.1D without spanning tree): boards, gateways and taps are plugged into its
/// ports. A frame goes to the port where its destination was last seen, or to all when that is not known, a broadcast or
/// a multicast.
/// </summary>
/// <remarks>With perfect cables a frame is delivered on the sender's thread, and nothing is allocated for it. All faults come
/// from <see cref="Seed"/>: print it, and the same traffic meets the same faults again.</remarks>
public sealed class VirtualSwitch : IDisposable
{
    /// <summary>The bytes of an Ethernet header: two addresses and the type.</summary>
    public const int HeaderBytes = 14;

    private readonly object _lock = new();
    private readonly AddressTable _addresses = new();
    private readonly HashSet<(int, int)> _partitions = [];
    private readonly DelayLine _delay;
    private readonly TimeProvider _clock;
    private SwitchPort?[] _ports = [];
    private IFrameObserver[] _observers = [];
    private bool _partitioned;
    private bool _disposed;

    /// <summary>Makes a switch.</summary>
    /// <param name="seed">Where all random faults come from.</param>
    /// <param name="clock">The clock of delays and captures; null for the system's.</param>
    public VirtualSwitch(int seed, TimeProvider? clock = null)
    {
        Seed = seed;
        _clock = clock ?? TimeProvider.System;
        _delay = new DelayLine(_clock);
    }

    /// <summary>Where all random faults come from.</summary>
    public int Seed { get; }

    /// <summary>The ports in use.</summary>
    public IReadOnlyList<SwitchPort> Ports => [.. Volatile.Read(ref _ports).OfType<SwitchPort>()];

    /// <summary>Makes a port.</summary>
    /// <param name="name">Its name, in traces and messages; one that no other port has.</param>
    /// <returns>The port: the device's end of the cable.</returns>
    /// <exception cref="ArgumentException">Another port has the name.</exception>
    /// <exception cref="ObjectDisposedException">The switch is gone.</exception>
    public SwitchPort Connect(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (Array.Exists(_ports, p => p?.Name == name))
            {
                throw new ArgumentException($"The switch has a port named {name} already; names are unique.", nameof(name));
            }

            int index = Array.IndexOf(_ports, null);
            SwitchPort?[] ports = new SwitchPort?[index < 0 ? _ports.Length + 1 : _ports.Length];
            _ports.CopyTo(ports, 0);
            index = index < 0 ? _ports.Length : index;
            SwitchPort port = new(this, index, name, _delay);
            ports[index] = port;
            Volatile.Write(ref _ports, ports);
            return port;
        }
    }

    /// <summary>Lets nothing pass between two ports any more; all other traffic goes on.</summary>
    /// <param name="a">One port.</param>
    /// <param name="b">The other port.</param>
    public void Partition(SwitchPort a, SwitchPort b) => SetPartition(a, b, true);

    /// <summary>Ends a partition.</summary>
    /// <param name="a">One port.</param>
    /// <param name="b">The other port.</param>
    public void Heal(SwitchPort a, SwitchPort b) => SetPartition(a, b, false);

    /// <summary>Shows the frames to an observer, from now on: each as it comes in, and again where it does not simply go out.</summary>
    /// <param name="observer">The observer.</param>
    public void Attach(IFrameObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        lock (_lock)
        {
            Volatile.Write(ref _observers, [.. _observers, observer]);
        }
    }

    /// <summary>Ends what <see cref="Attach"/> began.</summary>
    /// <param name="observer">The observer.</param>
    public void Detach(IFrameObserver observer)
    {
        lock (_lock)
        {
            Volatile.Write(ref _observers, [.. _observers.Where(o => !ReferenceEquals(o, observer))]);
        }
    }

    /// <summary>Unplugs everything; frames under way are dropped.</summary>
    public void Dispose()
    {
        SwitchPort?[] ports;
        lock (_lock)
        {
            _disposed = true;
            ports = _ports;
        }

        foreach (SwitchPort? port in ports)
        {
            port?.Dispose();
        }

        _delay.Dispose();
    }

    internal void Tell(string port, FrameDirection direction, FrameFate fate, ReadOnlySpan<byte> frame)
    {
        IFrameObserver[] observers = Volatile.Read(ref _observers);
        if (observers.Length == 0)
        {
            return;
        }

        FrameObservation seen = new(port, _clock.GetUtcNow(), direction, fate);
        foreach (IFrameObserver observer in observers)
        {
            observer.Observe(seen, frame);
        }
    }

    internal void Forward(SwitchPort from, ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> destination = frame[..6];
        ReadOnlySpan<byte> source = frame.Slice(6, 6);
        bool group = (destination[0] & 1) != 0;
        if ((source[0] & 1) == 0)
        {
            _addresses.Learn(source, from.Index);
        }

        SwitchPort?[] ports = Volatile.Read(ref _ports);
        int known = group ? -1 : _addresses.Find(destination);
        if (known >= 0 && known < ports.Length && ports[known] is { } only)
        {
            if (only != from)
            {
                Hand(from, only, frame);
            }

            return;
        }

        foreach (SwitchPort? to in ports)
        {
            if (to is not null && to != from)
            {
                Hand(from, to, frame);
            }
        }
    }

    internal void Remove(SwitchPort port)
    {
        lock (_lock)
        {
            SwitchPort?[] ports = (SwitchPort?[])_ports.Clone();
            ports[port.Index] = null;
            Volatile.Write(ref _ports, ports);
            _partitions.RemoveWhere(p => p.Item1 == port.Index || p.Item2 == port.Index);
            _partitioned = _partitions.Count > 0;
        }

        _addresses.Forget(port.Index);
    }

    private void Hand(SwitchPort from, SwitchPort to, ReadOnlySpan<byte> frame)
    {
        if (Volatile.Read(ref _partitioned) && IsPartitioned(from, to))
        {
            to.DropPartitioned(frame);
            return;
        }

        to.SendToDevice(frame);
    }

    private bool IsPartitioned(SwitchPort a, SwitchPort b)
    {
        lock (_lock)
        {
            return _partitions.Contains(Pair(a, b));
        }
    }

    private void SetPartition(SwitchPort a, SwitchPort b, bool apart)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        lock (_lock)
        {
            if (apart)
            {
                _partitions.Add(Pair(a, b));
            }
            else
            {
                _partitions.Remove(Pair(a, b));
            }

            Volatile.Write(ref _partitioned, _partitions.Count > 0);
        }
    }

    private static (int, int) Pair(SwitchPort a, SwitchPort b) => (Math.Min(a.Index, b.Index), Math.Max(a.Index, b.Index));
}
