namespace IoTNet.Emulator;

/// <summary>A program that runs on an emulated board: a thread, and those that it starts, whose sockets are the
/// board's.</summary>
public sealed class BoardProgram
{
    private readonly Thread _thread;
    private readonly Action _entryPoint;
    private readonly LwipStack _network;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _endedWithoutPower;

    internal BoardProgram(EmulatedBoard board, LwipStack network, Action entryPoint, string name)
    {
        Board = board;
        Name = name;
        _network = network;
        _entryPoint = entryPoint;
        _thread = new Thread(Run) { IsBackground = true, Name = board.Name + " " + name };
    }

    /// <summary>The board that it runs on.</summary>
    public EmulatedBoard Board { get; }

    /// <summary>The name of its thread.</summary>
    public string Name { get; }

    /// <summary>Whether the board's power was cut before the program ended; on a device it is no more then, here its calls
    /// on sockets fail.</summary>
    public bool LostPower => HasEnded ? _endedWithoutPower : _network.IsOff;

    /// <summary>The exception that ended it; null when there was none. As on the device, it ends only its own
    /// thread.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether the entry point has returned.</summary>
    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Completes when the entry point has returned; never fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Waits for the end.</summary>
    /// <param name="timeoutMs">Milliseconds, -1 = for ever.</param>
    /// <returns>Whether it has ended.</returns>
    public bool Join(int timeoutMs)
    {
        return _ended.Task.Wait(timeoutMs);
    }

    internal void Start()
    {
        _thread.Start();
    }

    private void Run()
    {
        try
        {
            _entryPoint();
        }
        catch (Exception e)
        {
            Failure = e;
        }
        finally
        {
            _endedWithoutPower = _network.IsOff;
            _ended.SetResult();
        }
    }
}
