using System.Diagnostics;

namespace IoTNet.Emulator;

// The gateway's thread: the only one that calls libslirp.
public sealed unsafe partial class HostGateway
{
    private readonly object _callsLock = new();
    private readonly Queue<Action> _calls = new();
    private readonly List<Timer> _timers = [];
    private bool _closed;

    /// <summary>Does something on the gateway's thread and waits until it is done.</summary>
    /// <exception cref="ObjectDisposedException">The gateway is gone.</exception>
    private T Call<T>(Func<T> work)
    {
        if (Thread.CurrentThread == _thread)
        {
            return work();
        }

        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_callsLock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _calls.Enqueue(() => Complete(done, work));

            // Under the lock, or the gateway may be gone already.
            _wake.Set();
        }

        return done.Task.GetAwaiter().GetResult();
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> work)
    {
        try
        {
            done.SetResult(work());
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    private void Run()
    {
        while (!Volatile.Read(ref _stop))
        {
            RunCalls();
            Wait(hasWork: TakeFrames());
            RunTimers();
        }

        lock (_callsLock)
        {
            _closed = true;
        }

        RunCalls();
        lock (s_starting)
        {
            SlirpLibrary.Cleanup(_slirp);
        }

        Free();
    }

    private void RunCalls()
    {
        while (true)
        {
            Action? call;
            lock (_callsLock)
            {
                _ = _calls.TryDequeue(out call);
            }

            if (call == null)
            {
                return;
            }

            call();
        }
    }

    // No more than the ring holds, so that boards that never stop sending do not keep the host's answers out. Packets that
    // wait for a board's Ethernet address go out in PollDone only: with its answer there is work, and no time to sleep.
    private bool TakeFrames()
    {
        bool hasNeighbour = false;
        for (int i = 0; i < FrameRing.Capacity && _frames.TryPeek(out ReadOnlySpan<byte> frame); i++)
        {
            fixed (byte* bytes = frame)
            {
                SlirpLibrary.Input(_slirp, bytes, frame.Length);
            }

            hasNeighbour |= IsNeighbourAnswer(frame);
            _frames.Release();
        }

        return hasNeighbour;
    }

    // ARP, or ICMPv6, which carries neighbour discovery.
    private static bool IsNeighbourAnswer(ReadOnlySpan<byte> frame)
    {
        const int IcmpV6 = 58;
        return frame.Length > 20 && ((frame[12] == 0x08 && frame[13] == 0x06) ||
            (frame[12] == 0x86 && frame[13] == 0xDD && frame[20] == IcmpV6));
    }

    private void Wait(bool hasWork)
    {
        uint timeout = uint.MaxValue;
        _polls.Clear();
        int wake = _polls.Add(_wake.Descriptor, HostCalls.PollIn);
        SlirpLibrary.PollFill(_slirp, &timeout, &OnAddPoll, State);
        int timeoutMs = !hasWork && _frames.TrySleep() ? UntilTimer(timeout > int.MaxValue ? Timeout.Infinite : (int)timeout) : 0;
        int ready = _polls.Wait(timeoutMs);
        _frames.Awake();
        if (ready > 0 && _polls.Result(wake) != 0)
        {
            _wake.Reset();
        }

        SlirpLibrary.PollDone(_slirp, ready < 0 ? 1 : 0, &OnGetEvents, State);
    }

    private int UntilTimer(int timeoutMs)
    {
        long now = NowMs;
        foreach (Timer timer in _timers)
        {
            if (timer.DueMs >= 0)
            {
                int left = (int)Math.Clamp(timer.DueMs - now, 0, int.MaxValue);
                timeoutMs = timeoutMs < 0 ? left : Math.Min(timeoutMs, left);
            }
        }

        return timeoutMs;
    }

    private void RunTimers()
    {
        long now = NowMs;

        // By index: a timer's work may set or make timers.
        for (int i = 0; i < _timers.Count; i++)
        {
            Timer timer = _timers[i];
            if (timer.DueMs >= 0 && timer.DueMs <= now)
            {
                timer.DueMs = -1;
                SlirpLibrary.HandleTimer(_slirp, timer.Id, timer.State);
            }
        }
    }

    private static long NowMs => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    // A timer of libslirp's; its place in the list is its handle.
    private sealed class Timer(int id, nint state)
    {
        internal int Id { get; } = id;

        internal nint State { get; } = state;

        /// <summary>When it runs; -1 = it does not.</summary>
        internal long DueMs { get; set; } = -1;
    }
}
