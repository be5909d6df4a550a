using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IoTNet.Emulator;

/// <summary>What one thread wakes another one with that waits in poll(2): a Linux eventfd.</summary>
internal sealed unsafe partial class WakeEvent : IDisposable
{
    private const int NonBlocking = 0x800, CloseOnExec = 0x80000;

    private readonly SafeFileHandle _handle;

    internal WakeEvent()
    {
        _handle = new SafeFileHandle(Create(0, NonBlocking | CloseOnExec), ownsHandle: true);
        if (_handle.IsInvalid)
        {
            throw new SocketException((Errno)Marshal.GetLastSystemError(), "eventfd failed: the process has no descriptor left.");
        }
    }

    /// <summary>What to poll; valid until Dispose.</summary>
    internal int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>Wakes the other thread; after Dispose nothing happens.</summary>
    internal void Set()
    {
        ulong one = 1;
        try
        {
            _ = Write(_handle, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // The thread saw by itself that it was to end, and took the event with it.
        }
    }

    /// <summary>Forgets all wakes so far.</summary>
    internal void Reset()
    {
        ulong count;
        _ = Read(_handle, &count, sizeof(ulong));
    }

    public void Dispose()
    {
        _handle.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "eventfd")]
    private static partial int Create(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(SafeFileHandle file, void* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(SafeFileHandle file, void* bytes, nuint count);
}
