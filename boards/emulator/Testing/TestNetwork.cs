using System.Runtime.CompilerServices;

namespace IoTNet.Emulator;

/// <summary>
/// A fresh network for one test, with any test framework: add boards, set what their cables do, run the firmware's code on
/// them, assert. The test fails by itself when a program threw or does not end, or when a socket is left open; a failed
/// test leaves its frames (NAME.pcapng), a trace (NAME.trace.txt) and the seed.
/// </summary>
/// <remarks>
/// <para><c>TestNetwork.Run(net => { ... })</c> holds the whole test, so nothing has to be called at its end and nothing can
/// be forgotten. Networks do not know of each other: tests may run in parallel.</para>
/// <para><b>Repeatable</b>: which frames of a cable are lost, corrupted, doubled or held back, the first, the second and so
/// on in each direction, is the seed's alone. <b>Not repeatable</b>: when a frame is sent. lwIP's timers, delays and the
/// programs' threads run in real time, so traffic of several threads may meet the same faults in another order.</para>
/// </remarks>
public sealed partial class TestNetwork : EmulatedNetwork
{
    private const int KeptFrameBytes = 8 * 1024 * 1024;

    private readonly FrameMemory _frames = new(KeptFrameBytes);
    private TimeSpan _patience = TimeSpan.FromSeconds(10);

    private TestNetwork(string name)
        : base(TestSeed.Of(name))
    {
        Name = name;
        Switch.Attach(_frames);
    }

    /// <summary>The test's name: class and method. Capture and trace bear it, and the seed is made from it.</summary>
    public string Name { get; }

    /// <summary>How long programs may take to end, and sockets to be closed, when somebody waits for it: <see cref="Wait"/>,
    /// and the test's end. Default 10 s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0 or above a day.</exception>
    public TimeSpan Patience
    {
        get => _patience;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
            _patience = value;
        }
    }

    /// <summary>Runs a test on a fresh network.</summary>
    /// <param name="test">The test; it fails by throwing, as any assertion does.</param>
    /// <param name="name">Its name, the calling method's by default; give those of a parameterised test names of their
    /// own.</param>
    /// <param name="file">The file that it is in: the class, in the name.</param>
    /// <exception cref="TestNetworkException">The test failed. Exceptions by which a framework skips a test pass
    /// through.</exception>
    /// <exception cref="ArgumentException">The test is async (<see cref="RunAsync"/> is for those), or IOTNET_SEED is no
    /// number.</exception>
    public static void Run(Action<TestNetwork> test, [CallerMemberName] string name = "", [CallerFilePath] string file = "")
    {
        ArgumentNullException.ThrowIfNull(test);
        if (test.Method.IsDefined(typeof(AsyncStateMachineAttribute), false))
        {
            throw new ArgumentException("Run would not wait for an async test: call RunAsync, and await it or return its task.", nameof(test));
        }

        using TestNetwork network = new(FullName(name, file));
        Exception? failure = null;
        try
        {
            test(network);
        }
        catch (Exception e)
        {
            failure = e;
        }

        network.Judge(failure);
    }

    /// <summary>Runs an async test on a fresh network; the rest is as in <see cref="Run"/>.</summary>
    /// <param name="test">The test.</param>
    /// <param name="name">Its name.</param>
    /// <param name="file">The file that it is in.</param>
    /// <returns>The test's task; give it to the framework.</returns>
    /// <exception cref="TestNetworkException">The test failed.</exception>
    /// <exception cref="ArgumentException">IOTNET_SEED is no number.</exception>
    public static async Task RunAsync(
        Func<TestNetwork, Task> test, [CallerMemberName] string name = "", [CallerFilePath] string file = "")
    {
        ArgumentNullException.ThrowIfNull(test);
        using TestNetwork network = new(FullName(name, file));
        Exception? failure = null;
        try
        {
            await test(network).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        network.Judge(failure);
    }

    /// <summary>Waits until programs have ended; fails the test at once when any program of the network throws, and after
    /// <see cref="Patience"/>.</summary>
    /// <param name="programs">What to wait for; nothing = all programs of all boards.</param>
    /// <exception cref="TestNetworkException">A program threw, or still runs.</exception>
    public void Wait(params BoardProgram[] programs)
    {
        BoardProgram[] wanted = programs.Length > 0 ? programs : [.. Programs];
        long started = Environment.TickCount64;
        for (;;)
        {
            BoardProgram? failed = Programs.FirstOrDefault(HasFailed);
            if (failed != null)
            {
                throw new TestNetworkException(DescribeFailure(failed), failed.Failure);
            }

            BoardProgram? running = wanted.FirstOrDefault(IsRunning);
            if (running == null)
            {
                return;
            }

            TimeSpan left = Patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - started);
            if (left <= TimeSpan.Zero)
            {
                throw new TestNetworkException(DescribeRunning(running), null);
            }

            Task[] ends = [.. Programs.Where(IsRunning).Append(running).Select(program => program.Ended)];
            _ = Task.WaitAny(ends, left);
        }
    }

    /// <inheritdoc/>
    private protected override void OnSwitchMade(VirtualSwitch network) => network.Attach(_frames);

    private static string FullName(string name, string file)
    {
        // The compiler gives the path as it is on the machine that compiled, which may have been the other kind.
        string type = file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
        type = type.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? type[..^3] : type;
        return type.Length > 0 ? type + "." + name : name;
    }
}
