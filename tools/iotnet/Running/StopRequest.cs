using System.Runtime.InteropServices;

namespace IoTNet.Cli;

/// <summary>What ends a run from outside: Ctrl-C, SIGTERM, SIGHUP, or the time that was given.</summary>
internal sealed class StopRequest : IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _signals;
    private readonly Timer _timer;

    public StopRequest(TimeSpan limit)
    {
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
        _timer = new Timer(_ => _asked.TrySetResult(), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when somebody asks.</summary>
    public Task Asked => _asked.Task;

    public void Dispose()
    {
        _timer.Dispose();
        Array.ForEach(_signals, signal => signal.Dispose());
    }

    private void OnSignal(PosixSignalContext context)
    {
        // Apps end by themselves, with their sockets closed; the runtime's own end would not wait for that.
        context.Cancel = true;
        _asked.TrySetResult();
    }
}
