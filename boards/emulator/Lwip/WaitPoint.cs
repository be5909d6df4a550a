using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>
/// Where threads wait for something to change: a socket, any of a board's sockets, frames to bring. A thread remembers
/// <see cref="Version"/>, looks at what it waits for under that thing's lock, lets go of the lock and waits: a change in
/// between is not missed.
/// </summary>
/// <remarks>A futex, as a wake-up through Monitor costs several times as much, and it is half of a round trip.</remarks>
internal sealed unsafe partial class WaitPoint
{
    private const int FutexWait = 0, FutexWake = 1, FutexPrivate = 128;

    private static readonly nint s_futex = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    // Pinned, as the kernel knows the word by its address.
    private readonly int[] _version = GC.AllocateArray<int>(1, pinned: true);
    private int _waiters;

    /// <summary>Counts the changes.</summary>
    internal int Version => Volatile.Read(ref _version[0]);

    /// <summary>Whether it is among those that changed under the lock that is held now.</summary>
    internal bool IsChanged { get; set; }

    /// <summary>A selector to wake, too; or null.</summary>
    internal ISelector? Target { get; set; }

    /// <summary>Wakes all that wait.</summary>
    internal void Pulse()
    {
        _ = Interlocked.Increment(ref _version[0]);
        if (Volatile.Read(ref _waiters) > 0)
        {
            fixed (int* word = _version)
            {
                _ = Futex(s_futex, word, FutexWake | FutexPrivate, int.MaxValue, null);
            }
        }

        Target?.Wake();
    }

    /// <summary>Waits for a change; may also return without one.</summary>
    /// <param name="seen">The version that was looked at.</param>
    /// <param name="timeoutMs">Milliseconds, -1 = for ever.</param>
    internal void Wait(int seen, int timeoutMs)
    {
        TimeSpec timeout = new() { Seconds = timeoutMs / 1000, Nanoseconds = timeoutMs % 1000 * 1_000_000L };
        _ = Interlocked.Increment(ref _waiters);
        fixed (int* word = _version)
        {
            // The kernel compares once more: when the version is another one by now, it does not wait.
            _ = Futex(s_futex, word, FutexWait | FutexPrivate, seen, timeoutMs < 0 ? null : &timeout);
        }

        _ = Interlocked.Decrement(ref _waiters);
    }

    // futex(2) has no function in libc.
    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Futex(nint number, int* word, int operation, int value, TimeSpec* timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
