using System.Buffers;

namespace IoTNet.Emulator;

/// <summary>Holds frames until their time has come, then hands them on in the order of their times, equal times in the
/// order of arrival. One for a whole switch; its timer runs only while something waits.</summary>
internal sealed class DelayLine : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly object _lock = new();
    private readonly object _handOver = new();
    private readonly PriorityQueue<Held, (long Due, long Sequence)> _held = new();
    private long _sequence;
    private bool _disposed;

    public DelayLine(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(_ => HandOverDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public long Now => _clock.GetTimestamp();

    public long Ticks(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds * _clock.TimestampFrequency);

    public void Hold(Link link, ReadOnlySpan<byte> frame, long due)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(copy);
        lock (_lock)
        {
            if (_disposed)
            {
                ArrayPool<byte>.Shared.Return(copy);
                return;
            }

            _held.Enqueue(new Held(link, copy, frame.Length), (due, _sequence++));
            Arm();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            while (_held.TryDequeue(out Held held, out _))
            {
                ArrayPool<byte>.Shared.Return(held.Frame);
            }
        }

        _timer.Dispose();
    }

    private void HandOverDue()
    {
        // Two timer ticks may run at once; only one hands over, or frames would overtake one another.
        lock (_handOver)
        {
            while (TakeDue(out Held held))
            {
                held.Link.Arrive(held.Frame.AsSpan(0, held.Length));
                ArrayPool<byte>.Shared.Return(held.Frame);
            }
        }
    }

    private bool TakeDue(out Held held)
    {
        lock (_lock)
        {
            if (_held.TryPeek(out held, out var at) && at.Due <= Now)
            {
                _held.Dequeue();
                return true;
            }

            Arm();
            return false;
        }
    }

    private void Arm()
    {
        if (!_disposed && _held.TryPeek(out _, out var at))
        {
            // Rounded up to the timer's millisecond: a frame may be late, never early.
            long ticks = Math.Max(0, at.Due - Now);
            double milliseconds = Math.Ceiling(ticks * 1000.0 / _clock.TimestampFrequency);
            _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        }
    }

    private readonly record struct Held(Link Link, byte[] Frame, int Length);
}
