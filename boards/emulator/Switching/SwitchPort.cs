namespace IoTNet.Emulator;

/// <summary>A port of a <see cref="VirtualSwitch"/> with the cable and the device at it.</summary>
public sealed class SwitchPort : IFrameWire
{
    private readonly VirtualSwitch _switch;
    private readonly Link _fromDevice;
    private readonly Link _toDevice;
    private IFrameSink? _device;
    private long _bytesFromDevice;
    private long _bytesToDevice;
    private int _delivering;
    private int _unplugged;

    internal SwitchPort(VirtualSwitch owner, int index, string name, DelayLine delay)
    {
        _switch = owner;
        Index = index;
        Name = name;
        // Each direction has a random sequence of its own, so that the traffic of one port does not change another's faults.
        _fromDevice = new Link(delay, LinkSeed(owner.Seed, name, 0), frame => owner.Forward(this, frame));
        _toDevice = new Link(delay, LinkSeed(owner.Seed, name, 1), DeliverToDevice);
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
    public long BytesFromDevice => Interlocked.Read(ref _bytesFromDevice);

    /// <summary>Bytes of the frames that the device got.</summary>
    public long BytesToDevice => Interlocked.Read(ref _bytesToDevice);

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
            _fromDevice.Note(FrameFate.Runt);
            return;
        }

        Interlocked.Add(ref _bytesFromDevice, frame.Length);
        _fromDevice.Send(frame, _switch.Observation(Name));
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
        while (Volatile.Read(ref _delivering) > Deliveries.Depth(this))
        {
            spin.SpinOnce();
        }

        Volatile.Write(ref _device, null);
    }

    internal void SendToDevice(ReadOnlySpan<byte> frame) => _toDevice.Send(frame, FrameObservation.None);

    internal void NotePartitioned() => _toDevice.Note(FrameFate.Partitioned);

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
        Deliveries.Enter(this);
        try
        {
            if (Volatile.Read(ref _unplugged) == 0)
            {
                Interlocked.Add(ref _bytesToDevice, frame.Length);
                Volatile.Read(ref _device)?.Deliver(frame);
            }
        }
        finally
        {
            Deliveries.Leave();
            Interlocked.Decrement(ref _delivering);
        }
    }

    // A device may unplug itself while it handles a frame; waiting for its own deliveries to end would never end. The list
    // is the thread's stack of deliveries, as a device may answer a frame while it handles it.
    private static class Deliveries
    {
        [ThreadStatic]
        private static List<SwitchPort>? t_stack;

        public static void Enter(SwitchPort port) => (t_stack ??= []).Add(port);

        public static void Leave() => t_stack!.RemoveAt(t_stack.Count - 1);

        public static int Depth(SwitchPort port)
        {
            int depth = 0;
            for (int i = 0; i < (t_stack?.Count ?? 0); i++)
            {
                depth += t_stack![i] == port ? 1 : 0;
            }

            return depth;
        }
    }
}
