using System.Runtime.InteropServices;

namespace IoTNet.Bench;

/// <summary>
/// Keeps threads on one processor. Waking a thread on another one costs several times a whole round trip, and an unpinned
/// run jumps between the two.
/// </summary>
internal static partial class Pinning
{
    private const int MaskBytes = 128;
    private static readonly int s_processor = OperatingSystem.IsLinux() ? LastAllowed() : -1;

    public static string Description => s_processor < 0
        ? "NOT pinned to one processor (only Linux lets a thread choose): expect jumps"
        : $"both sides pinned to processor {s_processor}";

    /// <summary>Moves the calling thread there.</summary>
    public static void Apply()
    {
        if (s_processor < 0)
        {
            return;
        }

        var mask = new byte[MaskBytes];
        mask[s_processor / 8] = (byte)(1 << (s_processor % 8));
        if (SetAffinity(0, MaskBytes, mask) != 0)
        {
            throw new InvalidOperationException($"sched_setaffinity: error {Marshal.GetLastSystemError()}");
        }
    }

    // The last one: interrupts tend to be served by the first.
    private static int LastAllowed()
    {
        var mask = new byte[MaskBytes];
        if (GetAffinity(0, MaskBytes, mask) < 0)
        {
            throw new InvalidOperationException($"sched_getaffinity: error {Marshal.GetLastSystemError()}");
        }

        return Enumerable.Range(0, MaskBytes * 8).Last(i => (mask[i / 8] & (1 << (i % 8))) != 0);
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint size, byte[] mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nint size, [Out] byte[] mask);
}
