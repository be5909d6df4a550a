namespace IoTNet.Emulator;

/// <summary>A port of a <see cref="VirtualSwitch"/> with the cable and the device at it.</summary>
public sealed class SwitchPort : IFrameWire
{
    private readonly VirtualSwitch _switch;
    private readonly Link _fromDevice;
    private readonly Link _toDevice;
    private IFrameSink? _device;
    private int _delivering;
    private int _unplugged;

    internal SwitchPort(VirtualSwitch owner, int index, string name, DelayLine delay)
    {
        _switch = owner;
        Index = index;
        Name = name;
        // Each direction has a random sequence of its own, so that the traffic of one port does not change another's faults.
        _fromDevice = new Link(
            owner, name, FrameDirection.FromDevice, delay, LinkSeed(owner.Seed, name, 0), frame => owner.Forward(this, frame));
        _toDevice = new Link(owner, name, FrameDirection.ToDevice, delay, LinkSeed(owner.Seed, name, 1), DeliverToDevice);
    }

    /// <summary>The port's name, in traces and messages.</summary>
    public string Name { get; }

    /// <summary>What the cable does to the frames that the device sends.</summary>
    public LinkConditions FromDevice
    {
        get => _fromDevice.Conditions;
        set => _fromDevice.Conditions = value;
    }

    /// <summary>What the cable does to the frames that the device gets.</summary>
    public LinkConditions ToDevice
    {
        get => _toDevice.Conditions;
        set => _toDevice.Conditions = value;
    }

    /// <summary>The port's number on the switch.</summary>
    internal int Index { get; }

    /// <summary>Sets what the cable does, in both directions.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value that cannot be; the text names it.</exception>
    public void SetConditions(LinkConditions conditions)
    {
        FromDevice = conditions;
        ToDevice = conditions;
    }

    /// <summary>How many frames of the device met a fate on its cable.</summary>
    /// <param name="fate">The fate.</param>
    /// <returns>The count since the port was made.</returns>
    public long CountFromDevice(FrameFate fate) => _fromDevice.Count(fate);

    /// <summary>How many frames for the device met a fate on its cable, or before it (Partitioned).</summary>
    /// <param name="fate">The fate.</param>
    /// <returns>The count since the port was made.</returns>
    public long CountToDevice(FrameFate fate) => _toDevice.Count(fate);

    /// <summary>Bytes of the frames that the device sent, those that its cable lost included.</summary>
    public long BytesFromDevice => _fromDevice.BytesIn;

    /// <summary>Bytes of the frames that came through the cable to the device's end.</summary>
    public long BytesToDevice => _toDevice.BytesOut;

    /// <inheritdoc/>
    public void Open(IFrameSink device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (Interlocked.CompareExchange(ref _device, device, null) is not null)
        {
            throw new InvalidOperationException($"Port {Name} has a device already; connect another port for this one.");
        }
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> frame)
    {
        if (Volatile.Read(ref _unplugged) != 0)
        {
            return;
        }

        if (frame.Length < VirtualSwitch.HeaderBytes)
        {
            _fromDevice.Drop(FrameFate.Runt, frame);
            return;
        }

        _fromDevice.Send(frame);
    }

    /// <summary>Unplugs the device and gives the port back. When it returns, the device gets no frame any more. Called from
    /// within a delivery to this very device, it does not wait for that one.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _unplugged, 1) != 0)
        {
            return;
        }

        _switch.Remove(this);
        SpinWait spin = default;
        while (Volatile.Read(ref _delivering) > Deliveries.Mine.Depth(this))
        {
            spin.SpinOnce();
        }

        Volatile.Write(ref _device, null);
    }

    internal void SendToDevice(ReadOnlySpan<byte> frame) => _toDevice.Send(frame);

    internal void DropPartitioned(ReadOnlySpan<byte> frame) => _toDevice.Drop(FrameFate.Partitioned, frame);

    // The same in every run: string.GetHashCode and HashCode are not.
    private static int LinkSeed(int seed, string name, int direction)
    {
        uint hash = 2166136261u ^ (uint)seed;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return (int)((hash ^ (uint)direction) * 16777619u);
    }

    private void DeliverToDevice(ReadOnlySpan<byte> frame)
    {
        Interlocked.Increment(ref _delivering);
        Deliveries mine = Deliveries.Mine;
        mine.Enter(this);
        try
        {
            if (Volatile.Read(ref _unplugged) == 0)
            {
                Volatile.Read(ref _device)?.Deliver(frame);
            }
        }
        finally
        {
            mine.Leave();
            Interlocked.Decrement(ref _delivering);
        }
    }

    // A device may unplug itself while it handles a frame; waiting for its own deliveries to end would never end. This is the
    // thread's stack of deliveries, as a device may answer a frame while it handles it.
    private sealed class Deliveries
    {
        [ThreadStatic]
        private static Deliveries? t_mine;

        private SwitchPort?[] _ports = new SwitchPort?[4];
        private int _depth;

        public static Deliveries Mine => t_mine ??= new Deliveries();

        public void Enter(SwitchPort port)
        {
            if (_depth == _ports.Length)
            {
                Array.Resize(ref _ports, 2 * _depth);
            }

            _ports[_depth++] = port;
        }

        public void Leave() => _ports[--_depth] = null;

        public int Depth(SwitchPort port)
        {
            int depth = 0;
            for (int i = 0; i < _depth; i++)
            {
                depth += _ports[i] == port ? 1 : 0;
            }

            return depth;
        }
    }
}
