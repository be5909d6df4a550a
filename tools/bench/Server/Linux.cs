using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IoTNet.Bench;

/// <summary>epoll(7) on connected TCP sockets, and another process's processor time: the load generator's bare calls.</summary>
internal static unsafe partial class Linux
{
    public const int Readable = 1;
    public const int Again = 11;
    private const int Add = 1;
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Truncate = 0x20;

    // struct epoll_event: 32 bits of events, 64 of data; on x86-64 without the gap between them.
    private static readonly int s_ints = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 3 : 4;

    public static int OpenPoll() => Check(epoll_create1(0), "epoll_create1");

    public static void Watch(int poll, int descriptor, int data)
    {
        var change = stackalloc int[4];
        change[0] = Readable;
        change[s_ints - 2] = data;
        change[s_ints - 1] = 0;
        Check(epoll_ctl(poll, Add, descriptor, change), "epoll_ctl");
    }

    /// <summary>Waits; writes the data of those that are ready.</summary>
    /// <param name="events">Room for the system: 4 ints for each of <paramref name="ready"/>.</param>
    /// <returns>How many; 0 when the time is over.</returns>
    public static int Wait(int poll, int[] events, int[] ready, int timeoutMs)
    {
        fixed (int* room = events)
        {
            var count = Check(epoll_wait(poll, room, ready.Length, timeoutMs), "epoll_wait");
            for (var i = 0; i < count; i++)
            {
                ready[i] = room[(i * s_ints) + s_ints - 2];
            }

            return count;
        }
    }

    /// <returns>How many bytes were received: 0 at the end of the stream, -1 when there is none yet.</returns>
    public static int Receive(int descriptor, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            var count = (int)recv(descriptor, bytes, buffer.Length, DontWait);
            return count < 0 && Marshal.GetLastPInvokeError() == Again ? -1 : Check(count, "recv");
        }
    }

    /// <summary>As <see cref="Receive"/>, but the bytes are thrown away without being copied (tcp(7), MSG_TRUNC).</summary>
    public static int Drop(int descriptor, int most)
    {
        var count = (int)recv(descriptor, null, most, DontWait | Truncate);
        return count < 0 && Marshal.GetLastPInvokeError() == Again ? -1 : Check(count, "recv");
    }

    public static int Send(int descriptor, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return Check((int)send(descriptor, bytes, buffer.Length, DontWait | NoSignal), "send");
        }
    }

    /// <summary>Sends all, and waits where there is no room for it: only to peers that read whatever they have to send.</summary>
    public static void SendAll(int descriptor, ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            fixed (byte* bytes = buffer)
            {
                buffer = buffer[Check((int)send(descriptor, bytes, buffer.Length, NoSignal), "send")..];
            }
        }
    }

    public static void Close(int descriptor) => close(descriptor);

    /// <summary>The processor time that a process has used in all its threads.</summary>
    public static TimeSpan ProcessorTime(int process)
    {
        // clock_getcpuclockid(3) is this, and allows it for a process of the same user: CPUCLOCK_SCHED of all its threads.
        var time = stackalloc long[2];
        Check(clock_gettime((~process << 3) | 2, time), "clock_gettime");
        return TimeSpan.FromSeconds(time[0]) + TimeSpan.FromMicroseconds(time[1] / 1000.0);
    }

    private static int Check(int result, string call) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError(), call + ": " + Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int poll, int operation, int descriptor, int* change);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(int poll, int* events, int most, int timeoutMs);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(int descriptor, byte* buffer, nint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint send(int descriptor, byte* buffer, nint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int clock_gettime(int clock, long* time);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
