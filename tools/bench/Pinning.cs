using System.Runtime.InteropServices;

namespace IoTNet.Bench;

/// <summary>
/// Keeps threads on one processor. Waking a thread on another one costs several times a whole round trip, and an unpinned
/// run jumps between the two.
/// </summary>
internal static partial class Pinning
{
    private const int MaskBytes = 128;
    private static readonly int[] s_allowed = OperatingSystem.IsLinux() ? Allowed() : [-1];
    private static readonly int s_processor = Last;

    public static string Description => s_processor < 0
        ? "NOT pinned to one processor (only Linux lets a thread choose): expect jumps"
        : $"both sides pinned to processor {s_processor}";

    /// <summary>The first processor that this program may use; -1 where it cannot choose.</summary>
    public static int First => s_allowed[0];

    /// <summary>The last one: interrupts tend to be served by the first.</summary>
    public static int Last => s_allowed[^1];

    /// <summary>Moves the calling thread there.</summary>
    public static void Apply() => ApplyTo(s_processor);

    /// <summary>Moves the calling thread to a processor.</summary>
    public static void ApplyTo(int processor)
    {
        if (processor < 0)
        {
            return;
        }

        var mask = new byte[MaskBytes];
        mask[processor / 8] = (byte)(1 << (processor % 8));
        if (SetAffinity(0, MaskBytes, mask) != 0)
        {
            throw new InvalidOperationException($"sched_setaffinity: error {Marshal.GetLastSystemError()}");
        }
    }

    private static int[] Allowed()
    {
        var mask = new byte[MaskBytes];
        if (GetAffinity(0, MaskBytes, mask) < 0)
        {
            throw new InvalidOperationException($"sched_getaffinity: error {Marshal.GetLastSystemError()}");
        }

        return Enumerable.Range(0, MaskBytes * 8).Where(i => (mask[i / 8] & (1 << (i % 8))) != 0).ToArray();
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint size, byte[] mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nint size, [Out] byte[] mask);
}
