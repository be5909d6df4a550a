namespace IoTNet.Tests.Loopback.Support;

/// <summary>Threads that start together, and whose failures fail the test.</summary>
internal sealed class Crew(int seed)
{
    private const int HangMs = 30_000;

    private readonly List<Thread> _threads = new();
    private readonly ManualResetEventSlim _start = new();
    private readonly long _began = Environment.TickCount64;
    private Exception? _failure;

    public void Add(Action work)
    {
        Thread thread = new(() =>
        {
            _start.Wait();
            try
            {
                work();
            }
            catch (Exception failure)
            {
                _failure = failure;
            }
        }) { IsBackground = true };
        _threads.Add(thread);
        thread.Start();
    }

    public void Join()
    {
        _start.Set();
        foreach (Thread thread in _threads)
        {
            // A thread that failed leaves its partner waiting.
            while (!thread.Join(100) && _failure == null && Environment.TickCount64 - _began < HangMs)
            {
            }

            Assert.IsNull(_failure, $"seed {seed}: {_failure}");
            Assert.IsFalse(thread.IsAlive, $"seed {seed}: a thread still waits.");
        }
    }
}
