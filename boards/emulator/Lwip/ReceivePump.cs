namespace IoTNet.Emulator;

/// <summary>
/// Brings frames and time to all boards of the process. A thread that calls a board and thereby sends frames brings them to
/// their receivers itself, after the call and outside all locks: no other thread has to be woken. For all other frames, for
/// more than one thread should bring, and for lwIP's timers there is one thread in the background.
/// </summary>
/// <remarks>A sender never runs the receiver's stack within its own, so two boards cannot wait for each other's locks, and
/// the depth of the call stack does not depend on the network.</remarks>
internal sealed class ReceivePump
{
    /// <summary>lwIP's own timers count in steps of 100 ms and more.</summary>
    internal const int TimerStepMs = 50;

    /// <summary>How many batches of frames a calling thread brings before it leaves the rest to the background.</summary>
    private const int HelpBatches = 16;

    // Whether the thread is inside a call on a board, or brings frames already; and whether that call sent any.
    [ThreadStatic]
    private static bool t_calling;
    [ThreadStatic]
    private static bool t_posted;

    private readonly Lock _lock = new();
    private readonly WaitPoint _wake = new();
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

        }

        _wake.Pulse();
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
        bool brought = t_calling;
        t_posted |= brought;
        lock (_lock)
        {
            if (!stack.IsReady)
            {
                stack.IsReady = true;
                stack.NextReady = null;
                if (_lastReady == null)
                {
                    _firstReady = stack;
                }
                else
                {
                    _lastReady.NextReady = stack;
                }

                _lastReady = stack;
            }

        }

        if (!brought)
        {
            _wake.Pulse();
        }
    }

    /// <summary>Begins a call on a board, before its lock is taken.</summary>
    /// <returns>What to give to <see cref="EndCall"/>.</returns>
    internal static bool BeginCall()
    {
        bool nested = t_calling;
        t_calling = true;
        return nested;
    }

    /// <summary>Ends a call on a board, after its lock was given back: brings the frames that it sent, and wakes those whose
    /// sockets changed.</summary>
    /// <param name="nested">What <see cref="BeginCall"/> gave.</param>
    internal void EndCall(bool nested)
    {
        if (nested)
        {
            return;
        }

        if (t_posted)
        {
            t_posted = false;
            Help();
        }

        t_calling = false;
        WakeList.Pulse();
    }

    private void Help()
    {
        for (int i = 0; i < HelpBatches; i++)
        {
            LwipStack? stack = TakeReady();
            if (stack == null)
            {
                return;
            }

            Bring(stack);
        }

        _wake.Pulse();
    }

    private void Bring(LwipStack stack)
    {
        if (stack.ProcessFrames())
        {
            Post(stack);
        }
    }

    private void Run()
    {
        t_calling = true;
        long due = Environment.TickCount64 + TimerStepMs;
        while (true)
        {
            int seen = _wake.Version;
            LwipStack[] running = Volatile.Read(ref _running);
            LwipStack? stack = TakeReady();
            if (stack != null)
            {
                Bring(stack);
                WakeList.Pulse();
            }

            long left = due - Environment.TickCount64;
            if (left <= 0)
            {
                foreach (LwipStack each in running)
                {
                    each.RunTimers();
                }

                WakeList.Pulse();
                due = Environment.TickCount64 + TimerStepMs;
            }
            else if (stack == null)
            {
                _wake.Wait(seen, running.Length == 0 ? Timeout.Infinite : (int)left);
            }
        }
    }

    private LwipStack? TakeReady()
    {
        lock (_lock)
        {
            LwipStack? stack = _firstReady;
            if (stack != null)
            {
                _firstReady = stack.NextReady;
                if (_firstReady == null)
                {
                    _lastReady = null;
                }

                stack.NextReady = null;
                stack.IsReady = false;
            }

            return stack;
        }
    }
}
