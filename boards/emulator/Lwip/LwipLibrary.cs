using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IoTNet.Emulator;

/// <summary>
/// One private copy of Debian's liblwip0: its own globals, so its own TCP/IP stack. The library is loaded from a file in
/// memory, because the dynamic loader gives the same copy again for the same path.
/// </summary>
/// <remarks>
/// The copy has no thread of its own: lwIP's tcpip thread is started, as only that makes the mailbox that loopback output
/// posts to, and ended at once. Everything runs on the caller's thread, under the lock of the <see cref="LwipStack"/>
/// that owns the copy; timers run when <see cref="CheckTimeouts"/> is called. So no native thread can be inside when the
/// copy is unloaded.
/// </remarks>
internal sealed unsafe partial class LwipLibrary : IDisposable
{
    private const string FileName = "liblwip.so.0";

    private static readonly string[] s_folders =
    [
        "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib",
    ];

    private static readonly Lazy<byte[]> s_image = new(ReadImage);
    private static readonly Lazy<string?> s_problem = new(FindProblem);

    private static readonly Lazy<nint> s_exitThread = new(() => NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "pthread_exit"));

    private readonly SafeFileHandle _file;
    private nint _handle;

    /// <summary>Loads a copy and starts its stack.</summary>
    /// <exception cref="PlatformNotSupportedException">The library is missing or another version; the text says how to
    /// get it.</exception>
    internal LwipLibrary()
    {
        if (Problem != null)
        {
            throw new PlatformNotSupportedException(Problem);
        }

        _file = Load(out _handle);
        try
        {
            Resolve();
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    // For the check of the version, which has to load a copy before it can tell.
    private LwipLibrary(SafeFileHandle file, nint handle)
    {
        _file = file;
        _handle = handle;
    }

    /// <summary>Why there is no lwIP here, in one line that says what to do; null when there is.</summary>
    internal static string? Problem => s_problem.Value;

    /// <summary>Takes the core lock, and the lock of the packet buffers' counts (sys_arch_protect) once for the whole call:
    /// each of the many times that lwIP takes that one itself then is a comparison.</summary>
    internal void LockCore()
    {
        _lockCore();
        _ = _protect();
    }

    /// <summary>Gives both back.</summary>
    internal void UnlockCore()
    {
        _unprotect(0);
        _unlockCore();
    }

    /// <summary>Unloads the copy. Sockets and interfaces must be gone.</summary>
    public void Dispose()
    {
        if (_handle != 0)
        {
            NativeLibrary.Free(_handle);
            _handle = 0;
        }

        _file.Dispose();
    }

    private static byte[] ReadImage()
    {
        string? path = s_folders.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);
        byte[] image = path == null ? [] : File.ReadAllBytes(path);
        _ = LwipImage.Redirect(image, "lwip_standard_chksum", InternetChecksum.Function);
        return image;
    }

    // The loader matches copies by name first, so the descriptor stays open as long as the copy is loaded: a later copy
    // with the same number would be this one again.
    private static SafeFileHandle Load(out nint handle)
    {
        SafeFileHandle file = new(CreateMemoryFile("liblwip", CloseOnExec), ownsHandle: true);
        if (file.IsInvalid)
        {
            throw new PlatformNotSupportedException("memfd_create failed with error " + Marshal.GetLastSystemError() +
                "; the emulator loads lwIP from memory files");
        }

        try
        {
            RandomAccess.Write(file, s_image.Value, 0);
            handle = NativeLibrary.Load("/proc/self/fd/" + file.DangerousGetHandle());
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static string? FindProblem()
    {
        const string Remedy = "; install Debian's liblwip0 2.1.3 (tools/setup.sh does), or use the board \"host\"";
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return "the emulated boards need 64-bit Linux; use the board \"host\" here";
        }

        if (s_image.Value.Length == 0)
        {
            return FileName + " is not in " + string.Join(", ", s_folders) + Remedy;
        }

        try
        {
            using LwipLibrary probe = new(Load(out nint handle), handle);
            string? difference = probe.FindDifference();
            return difference == null ? null : "this " + FileName + " is not version 2.1.3 as Debian builds it (" + difference + ")" + Remedy;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException or BadImageFormatException or PlatformNotSupportedException)
        {
            return FileName + " cannot be loaded (" + e.Message + ")" + Remedy;
        }
    }

    // Sizes of the pools' elements, and what a fresh TCP block looks like: enough to notice another version or build
    // before a wrong offset writes into memory.
    private string? FindDifference()
    {
        Resolve();
        (string Name, int Expected)[] sizes =
        [
            ("memp_TCP_PCB", sizeof(LwipTcpPcb)), ("memp_TCP_PCB_LISTEN", LwipTcpPcb.ListenSize),
            ("memp_UDP_PCB", sizeof(LwipUdpPcb)), ("memp_RAW_PCB", sizeof(LwipRawPcb)), ("memp_PBUF", sizeof(LwipPbuf)),
        ];
        foreach ((string name, int expected) in sizes)
        {
            int actual = *(ushort*)Export(name);
            if (actual != expected)
            {
                return $"{name[5..]} has {actual} bytes, not {expected}";
            }
        }

        Init();
        LwipTcpPcb* pcb = TcpNew(LwipAddress.V4);
        LwipAddress any = default;
        bool fits = pcb != null && TcpBind(pcb, &any, 7) == LwipError.Ok && pcb->State == LwipTcpPcb.Closed && pcb->LocalPort == 7 &&
            pcb->SendBuffer == LwipTcpPcb.MaxWindow && pcb->ReceiveWindow == LwipTcpPcb.MaxWindow && pcb->Mss == 536 &&
            pcb->KeepIdleMs == 7_200_000 && pcb->KeepCount == 9 && *TcpBoundPcbs == pcb;
        if (pcb != null)
        {
            TcpAbandon(pcb, 0);
        }

        return fits ? null : "its TCP control block is laid out otherwise";
    }

    private void Start()
    {
        using StartedThread started = new();
        GCHandle handle = GCHandle.Alloc(started);
        try
        {
            TcpIpInit((nint)(delegate* unmanaged[Cdecl]<nint, void>)&OnStarted, GCHandle.ToIntPtr(handle));
            started.Running.Wait();
        }
        finally
        {
            handle.Free();
        }

        if (TcpIpCallback(s_exitThread.Value, 0) != LwipError.Ok)
        {
            throw new OutOfMemoryException("lwIP could not start");
        }

        _ = JoinThread(started.Id, 0);

        // The thread ended within the core lock, which nobody can open any more.
        MutexFree(CoreLock);
        if (MutexNew(CoreLock) != LwipError.Ok)
        {
            throw new OutOfMemoryException("lwIP could not start");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStarted(nint state)
    {
        StartedThread started = (StartedThread)GCHandle.FromIntPtr(state).Target!;
        started.Id = CurrentThread();
        started.Running.Set();
    }

    private const uint CloseOnExec = 1;

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint CreateMemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nuint CurrentThread();

    [LibraryImport("libc", EntryPoint = "pthread_join")]
    private static partial int JoinThread(nuint thread, nint result);

    private sealed class StartedThread : IDisposable
    {
        internal readonly ManualResetEventSlim Running = new();
        internal nuint Id;

        public void Dispose()
        {
            Running.Dispose();
        }
    }
}
