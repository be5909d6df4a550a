using System.Buffers;

namespace IoTNet.Emulator;

/// <summary>One direction of one cable: applies the conditions to each frame, counts what became of it, and tells it.</summary>
internal sealed class Link
{
    private readonly object _lock = new();
    private readonly FrameCounters _counters = new();
    private readonly VirtualSwitch _switch;
    private readonly string _port;
    private readonly FrameDirection _direction;
    private readonly DelayLine _delay;
    private readonly Random _random;
    private readonly FrameArrival _arrive;
    private LinkConditions _conditions = LinkConditions.Perfect;
    private LinkConditions? _faults;
    private long _lineFree;
    private long _lastDue;

    /// <summary>Makes a perfect link of a port.</summary>
    /// <param name="owner">Whose observers are told.</param>
    /// <param name="port">The port's name.</param>
    /// <param name="direction">Which of the port's two it is.</param>
    /// <param name="delay">Holds the frames that take their time.</param>
    /// <param name="seed">Where its faults come from.</param>
    /// <param name="arrive">Takes the frames at the link's end.</param>
    public Link(VirtualSwitch owner, string port, FrameDirection direction, DelayLine delay, int seed, FrameArrival arrive)
    {
        _switch = owner;
        _port = port;
        _direction = direction;
        _delay = delay;
        _random = new Random(seed);
        _arrive = arrive;
    }

    /// <summary>What takes the frames at the link's end.</summary>
    public delegate void FrameArrival(ReadOnlySpan<byte> frame);

    public LinkConditions Conditions
    {
        get => Volatile.Read(ref _conditions);
        set
        {
            lock (_lock)
            {
                Volatile.Write(ref _conditions, value.Validated());
                Volatile.Write(ref _faults, value.IsPerfect ? null : value);
            }
        }
    }

    /// <summary>Bytes of the frames that went in, those that the link lost included.</summary>
    public long BytesIn => _counters.BytesIn;

    /// <summary>Bytes of the frames that came out.</summary>
    public long BytesOut => _counters.BytesOut;

    public long Count(FrameFate fate) => _counters.Count(fate);

    /// <summary>Counts and tells a frame that does not come as far as this link.</summary>
    public void Drop(FrameFate fate, ReadOnlySpan<byte> frame)
    {
        _counters.Note(fate);
        Tell(fate, frame);
    }

    /// <summary>Sends a frame through the link.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        LinkConditions? faults = Volatile.Read(ref _faults);
        if (faults is null)
        {
            _counters.Pass(frame.Length);
            Tell(FrameFate.Passed, frame);
            _arrive(frame);
            return;
        }

        Passage passage = Plan(faults, frame.Length);
        _counters.Enter(frame.Length);
        _counters.Note(passage.Fate);
        if (passage.Fate != FrameFate.Corrupted)
        {
            Tell(passage.Fate, frame);
            Forward(passage, frame);
            return;
        }

        byte[] copy = ArrayPool<byte>.Shared.Rent(frame.Length);
        Span<byte> corrupted = copy.AsSpan(0, frame.Length);
        frame.CopyTo(corrupted);
        corrupted[passage.TurnedBit >> 3] ^= (byte)(1 << (passage.TurnedBit & 7));
        Tell(passage.Fate, corrupted);
        Forward(passage, corrupted);
        ArrayPool<byte>.Shared.Return(copy);
    }

    /// <summary>Hands a frame on at the link's end, when its time has come.</summary>
    public void Arrive(ReadOnlySpan<byte> frame)
    {
        _counters.Leave(frame.Length);
        _arrive(frame);
    }

    // On the way out only what goes wrong is news.
    private void Tell(FrameFate fate, ReadOnlySpan<byte> frame)
    {
        if (_direction == FrameDirection.FromDevice || fate != FrameFate.Passed)
        {
            _switch.Tell(_port, _direction, fate, frame);
        }
    }

    // All that is to become of a frame is known before anyone is told: the queue's decision too.
    private Passage Plan(LinkConditions conditions, int length)
    {
        lock (_lock)
        {
            FrameFate fate = Draw(conditions, length, out int turnedBit);
            if (fate.IsDropped() || !conditions.IsTimed)
            {
                return new Passage(fate, turnedBit, IsTimed: false, 0, 0);
            }

            long copyDue = 0;
            if (!TryBook(conditions, length, fate == FrameFate.Reordered, out long due))
            {
                fate = FrameFate.QueueFull;
            }
            else if (fate == FrameFate.Duplicated && !TryBook(conditions, length, false, out copyDue))
            {
                // There was room for one: it goes on as if it had not been doubled.
                fate = FrameFate.Passed;
            }

            return new Passage(fate, turnedBit, IsTimed: true, due, copyDue);
        }
    }

    // Every choice draws the same number of random values, so that changing one share does not shift the others' fates.
    private FrameFate Draw(LinkConditions conditions, int length, out int turnedBit)
    {
        double loss = _random.NextDouble();
        double corruption = _random.NextDouble();
        double duplication = _random.NextDouble();
        double reordering = _random.NextDouble();
        turnedBit = (int)(_random.NextDouble() * length * 8);
        return !conditions.Up ? FrameFate.LinkDown
            : conditions.Mtu > 0 && length > conditions.Mtu + VirtualSwitch.HeaderBytes ? FrameFate.TooLong
            : loss < conditions.Loss ? FrameFate.Lost
            : corruption < conditions.Corruption ? FrameFate.Corrupted
            : duplication < conditions.Duplication ? FrameFate.Duplicated
            : reordering < conditions.Reordering ? FrameFate.Reordered
            : FrameFate.Passed;
    }

    // Finds a frame's time of arrival and takes its place on the line; false when too much waits for it.
    private bool TryBook(LinkConditions conditions, int length, bool heldBack, out long due)
    {
        due = 0;
        long through = _delay.Now;
        if (conditions.BandwidthBitsPerSecond > 0)
        {
            double bytesPerTick = conditions.BandwidthBitsPerSecond / 8.0 / _delay.Ticks(TimeSpan.FromSeconds(1));
            if ((_lineFree - through) * bytesPerTick > conditions.QueueBytes)
            {
                return false;
            }

            _lineFree = Math.Max(_lineFree, through) + (long)Math.Ceiling(length / bytesPerTick);
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

        return true;
    }

    private void Forward(in Passage passage, ReadOnlySpan<byte> frame)
    {
        if (passage.Fate.IsDropped())
        {
            return;
        }

        ForwardOnce(passage, frame, passage.Due);
        if (passage.Fate == FrameFate.Duplicated)
        {
            ForwardOnce(passage, frame, passage.CopyDue);
        }
    }

    private void ForwardOnce(in Passage passage, ReadOnlySpan<byte> frame, long due)
    {
        if (passage.IsTimed)
        {
            _delay.Hold(this, frame, due);
        }
        else
        {
            Arrive(frame);
        }
    }

    /// <summary>What is to become of a frame, and when it and its copy are due.</summary>
    private readonly record struct Passage(FrameFate Fate, int TurnedBit, bool IsTimed, long Due, long CopyDue);
}
