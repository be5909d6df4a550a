using System.Globalization;

namespace IoTNet.SystemNet.Tests;

/// <summary>A call on a thread of its own, of which one can know that it waits in the system.</summary>
internal sealed class Blocked<T>
{
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _started = new();
    private int _threadId;
    private T _result = default!;

    public Blocked(Func<T> call)
    {
        _thread = new Thread(() =>
        {
            _threadId = CurrentThreadId();
            _started.Set();
            _result = call();
        })
        { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Looks at the thread's state, as the system tells it, until it sleeps in the kernel.</summary>
    public void WaitUntilItWaits()
    {
        _started.Wait();
        int asleep = 0;
        while (_thread.IsAlive && asleep < 3)
        {
            asleep = StateOf(_threadId) == 'S' ? asleep + 1 : 0;
            Thread.Sleep(1);
        }
    }

    public T Result()
    {
        _thread.Join();
        return _result;
    }

    private static int CurrentThreadId()
    {
        // /proc/thread-self points to <process>/task/<thread>.
        string target = new FileInfo("/proc/thread-self").LinkTarget!;
        return int.Parse(Path.GetFileName(target), CultureInfo.InvariantCulture);
    }

    private static char StateOf(int threadId)
    {
        try
        {
            string stat = File.ReadAllText("/proc/self/task/" + threadId.ToString(CultureInfo.InvariantCulture) + "/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return 'X';
        }
    }
}
