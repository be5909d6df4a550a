using System.Diagnostics;

namespace IoTNet.Emulator;

/// <summary>
/// The one thread that brings frames and time to all boards of the process: it takes a board's lock once for a batch of
/// frames, and looks at every board's timers each <see cref="TimerStepMs"/> ms.
/// </summary>
/// <remarks>A sender never runs the receiver's stack, so two boards cannot wait for each other's locks, and the depth of
/// the call stack does not depend on the network.</remarks>
internal sealed class ReceivePump
{
    /// <summary>lwIP's own timers count in steps of 100 ms and more.</summary>
    internal const int TimerStepMs = 50;

    private readonly object _lock = new();
    private readonly List<LwipStack> _stacks = [];
    private LwipStack[] _running = [];
    private LwipStack? _firstReady;
    private LwipStack? _lastReady;
    private Thread? _thread;

    /// <summary>The process's pump. Its thread starts with the first board and sleeps when there is none.</summary>
    internal static ReceivePump Shared { get; } = new();

    /// <summary>Begins to serve a board.</summary>
    internal void Attach(LwipStack stack)
    {
        lock (_lock)
        {
            _stacks.Add(stack);
            _running = [.. _stacks];
            if (_thread == null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "emulator pump" };
                _thread.Start();
            }

            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Ends serving a board. The pump may be inside its stack for the last time when this returns; the board's
    /// own lock tells.</summary>
    internal void Detach(LwipStack stack)
    {
        lock (_lock)
        {
            _ = _stacks.Remove(stack);
            _running = [.. _stacks];
        }
    }

    /// <summary>Tells that frames wait for a board.</summary>
    internal void Post(LwipStack stack)
    {
        lock (_lock)
        {
            if (stack.IsReady)
            {
                return;
            }

            stack.IsReady = true;
            stack.NextReady = null;
            if (_lastReady == null)
            {
                _firstReady = stack;
                Monitor.Pulse(_lock);
            }
            else
            {
                _lastReady.NextReady = stack;
            }

            _lastReady = stack;
        }
    }

    private void Run()
    {
        long step = Stopwatch.Frequency * TimerStepMs / 1000;
        long due = Stopwatch.GetTimestamp() + step;
        while (true)
        {
            LwipStack? stack = Next(due);
            if (stack != null && stack.ProcessFrames())
            {
                Post(stack);
            }

            long now = Stopwatch.GetTimestamp();
            if (now >= due)
            {
                foreach (LwipStack each in Volatile.Read(ref _running))
                {
                    each.RunTimers();
                }

                due = now + step;
            }
        }
    }

    // The next board with frames; null when it is time for the timers.
    private LwipStack? Next(long due)
    {
        lock (_lock)
        {
            while (_firstReady == null)
            {
                long left = due - Stopwatch.GetTimestamp();
                if (_stacks.Count > 0 && left <= 0)
                {
                    return null;
                }

                // Rounded up, or the last millisecond would be spent spinning.
                _ = Monitor.Wait(_lock, _stacks.Count == 0 ? Timeout.Infinite : (int)(left * 1000 / Stopwatch.Frequency) + 1);
            }

            LwipStack stack = _firstReady;
            _firstReady = stack.NextReady;
            if (_firstReady == null)
            {
                _lastReady = null;
            }

            stack.NextReady = null;
            stack.IsReady = false;
            return stack;
        }
    }
}
