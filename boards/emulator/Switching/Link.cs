using System.Buffers;

namespace IoTNet.Emulator;

/// <summary>One direction of one cable: applies the conditions to each frame and counts what became of it.</summary>
internal sealed class Link
{
    private readonly object _lock = new();
    private readonly long[] _fates = new long[Enum.GetValues<FrameFate>().Length];
    private readonly FrameArrival _arrive;
    private readonly DelayLine _delay;
    private readonly Random _random;
    private LinkConditions _conditions = LinkConditions.Perfect;
    private long _lineFree;
    private long _lastDue;

    public Link(DelayLine delay, int seed, FrameArrival arrive)
    {
        _delay = delay;
        _random = new Random(seed);
        _arrive = arrive;
    }

    /// <summary>What takes the frames at the link's end.</summary>
    public delegate void FrameArrival(ReadOnlySpan<byte> frame);

    public LinkConditions Conditions
    {
        get => Volatile.Read(ref _conditions);
        set => Volatile.Write(ref _conditions, value.Validated());
    }

    public long Count(FrameFate fate) => Volatile.Read(ref _fates[(int)fate]);

    public void Note(FrameFate fate) => Interlocked.Increment(ref _fates[(int)fate]);

    public void Arrive(ReadOnlySpan<byte> frame) => _arrive(frame);

    /// <summary>Sends a frame through the link; tells an observer, if there is one, what becomes of it.</summary>
    public void Send(ReadOnlySpan<byte> frame, FrameObservation observation)
    {
        LinkConditions conditions = Conditions;
        if (conditions.IsPerfect)
        {
            Note(FrameFate.Passed);
            observation.Tell(FrameFate.Passed, frame);
            _arrive(frame);
            return;
        }

        FrameFate fate = Decide(conditions, frame.Length, out int turnedBit);
        Note(fate);
        if (fate != FrameFate.Corrupted)
        {
            observation.Tell(fate, frame);
            Forward(conditions, frame, fate);
            return;
        }

        byte[] copy = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(copy);
        copy[turnedBit >> 3] ^= (byte)(1 << (turnedBit & 7));
        observation.Tell(fate, copy.AsSpan(0, frame.Length));
        Forward(conditions, copy.AsSpan(0, frame.Length), fate);
        ArrayPool<byte>.Shared.Return(copy);
    }

    // Every choice draws the same number of random values, so that changing one share does not shift the others' fates.
    private FrameFate Decide(LinkConditions conditions, int length, out int turnedBit)
    {
        double loss, corruption, duplication, reordering, bit;
        lock (_lock)
        {
            loss = _random.NextDouble();
            corruption = _random.NextDouble();
            duplication = _random.NextDouble();
            reordering = _random.NextDouble();
            bit = _random.NextDouble();
        }

        turnedBit = (int)(bit * length * 8);
        return !conditions.Up ? FrameFate.LinkDown
            : conditions.Mtu > 0 && length > conditions.Mtu + VirtualSwitch.HeaderBytes ? FrameFate.TooLong
            : loss < conditions.Loss ? FrameFate.Lost
            : corruption < conditions.Corruption ? FrameFate.Corrupted
            : duplication < conditions.Duplication ? FrameFate.Duplicated
            : reordering < conditions.Reordering ? FrameFate.Reordered
            : FrameFate.Passed;
    }

    private void Forward(LinkConditions conditions, ReadOnlySpan<byte> frame, FrameFate fate)
    {
        switch (fate)
        {
            case FrameFate.Passed:
            case FrameFate.Corrupted:
            case FrameFate.Reordered:
                ForwardOnce(conditions, frame, fate == FrameFate.Reordered);
                break;
            case FrameFate.Duplicated:
                ForwardOnce(conditions, frame, false);
                ForwardOnce(conditions, frame, false);
                break;
        }
    }

    private void ForwardOnce(LinkConditions conditions, ReadOnlySpan<byte> frame, bool heldBack)
    {
        if (!conditions.IsTimed)
        {
            _arrive(frame);
            return;
        }

        long due;
        lock (_lock)
        {
            long now = _delay.Now;
            long through = now;
            if (conditions.BandwidthBitsPerSecond > 0)
            {
                double bytesPerTick = conditions.BandwidthBitsPerSecond / 8.0 / _delay.Ticks(TimeSpan.FromSeconds(1));
                if ((_lineFree - now) * bytesPerTick > conditions.QueueBytes)
                {
                    Note(FrameFate.QueueFull);
                    return;
                }

                _lineFree = Math.Max(_lineFree, now) + (long)Math.Ceiling(frame.Length / bytesPerTick);
                through = _lineFree;
            }

            due = through + _delay.Ticks(conditions.Delay) + (long)(_random.NextDouble() * _delay.Ticks(conditions.Jitter));
            if (heldBack)
            {
                due += _delay.Ticks(conditions.ReorderingDelay);
            }
            else
            {
                // Jitter stretches the gaps between frames; only reordering changes their order.
                due = Math.Max(due, _lastDue);
                _lastDue = due;
            }
        }

        _delay.Hold(this, frame, due);
    }
}
