using System.Collections.Concurrent;
using System.Globalization;

namespace IoTNet.Emulator;

// What a failed test leaves.
public sealed partial class TestNetwork
{
    /// <summary>Where capture and trace go: the folder TestNetwork beside the test's assembly.</summary>
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "TestNetwork");

    /// <summary>How often a test of a name has failed in this process: a parameterised one may do so more than once.</summary>
    private static readonly ConcurrentDictionary<string, int> s_failures = new(StringComparer.OrdinalIgnoreCase);

    private TestNetworkException Failure(IReadOnlyList<string> problems, Exception? failure)
    {
        Exception? cause = failure ?? Programs.FirstOrDefault(HasFailed)?.Failure;
        string what = string.Join(Environment.NewLine, problems);
        string seed = $"seed {Seed} ({TestSeed.Variable}={Seed} repeats it)";
        string file = Path.Combine(s_folder, FileName());
        string capture = file + ".pcapng", trace = file + ".trace.txt";
        try
        {
            Directory.CreateDirectory(s_folder);
            using (PcapWriter frames = new(capture))
            {
                _frames.Replay(frames);
            }

            using StreamWriter text = new(trace);
            WriteHeader(text, what, seed);
            Tracer tracer = new(text, address => Boards.FirstOrDefault(board => board.Options.Address.Equals(address))?.Name);
            _frames.Replay(tracer);
            tracer.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why the test failed is still the more important news.
            return new TestNetworkException(Message($"no capture: {e.Message}"), cause) { Seed = Seed };
        }

        return new TestNetworkException(Message($"capture {capture}", $"trace   {trace}"), cause)
        {
            Seed = Seed,
            CapturePath = capture,
            TracePath = trace,
        };

        string Message(params string[] evidence) => string.Join(Environment.NewLine, [what, Name + ": " + seed, .. evidence]);
    }

    // A name that all systems and CI services take. Two failures of a name get two files.
    private string FileName()
    {
        string name = string.Concat(Name.Take(100).Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
        int times = s_failures.AddOrUpdate(name, 1, (_, before) => before + 1);
        return times == 1 ? name : name + "-" + times.ToString(CultureInfo.InvariantCulture);
    }

    // The trace may have forgotten its first frames; what became of all of them stands here.
    private void WriteHeader(TextWriter text, string problems, string seed)
    {
        text.WriteLine(Name + ": " + seed);
        text.WriteLine(problems);
        foreach (BoardProgram program in Programs.Where(HasFailed))
        {
            text.WriteLine();
            text.WriteLine($"{program.Board.Name}, {program.Name}: {program.Failure}");
        }

        text.WriteLine();
        foreach (EmulatedBoard board in Boards)
        {
            SwitchPort port = PortOf(board);
            text.WriteLine($"{board}, {board.Options.Address}: frames from it {Fates(port.CountFromDevice)}; to it {Fates(port.CountToDevice)}");
        }

        text.WriteLine();
        if (_frames.Forgotten > 0)
        {
            text.WriteLine($"... {_frames.Forgotten} earlier frames");
        }
    }

    private static string Fates(Func<FrameFate, long> count)
    {
        string counts = string.Join(", ", Enum.GetValues<FrameFate>().Where(fate => count(fate) > 0).Select(fate => $"{count(fate)} {fate}"));
        return counts.Length > 0 ? counts : "none";
    }
}
