using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>Debian's libslirp0 (libslirp.h of version 4.7): a TCP/IP stack that turns a virtual network's connections into
/// sockets of this process. Its calls are not safe on several threads: an instance is its gateway's thread's.</summary>
internal static unsafe partial class SlirpLibrary
{
    /// <summary>SLIRP_HOSTFWD_UDP, SLIRP_HOSTFWD_V6ONLY.</summary>
    internal const int ForwardUdp = 1, ForwardV6Only = 2;

    /// <summary>SLIRP_POLL_IN, OUT, PRI, ERR, HUP.</summary>
    internal const int PollIn = 1, PollOut = 2, PollPri = 4, PollErr = 8, PollHup = 16;

    private const string FileName = "libslirp.so.0";

    private static readonly Lazy<string?> s_problem = new(FindProblem);

    /// <summary>Why there is no libslirp here, in one line that says what to do; null when there is.</summary>
    internal static string? Problem => s_problem.Value;

    [LibraryImport(FileName, EntryPoint = "slirp_new")]
    internal static partial nint New(SlirpConfig* configuration, SlirpCallbacks* callbacks, nint state);

    [LibraryImport(FileName, EntryPoint = "slirp_cleanup")]
    internal static partial void Cleanup(nint slirp);

    [LibraryImport(FileName, EntryPoint = "slirp_input")]
    internal static partial void Input(nint slirp, byte* frame, int length);

    [LibraryImport(FileName, EntryPoint = "slirp_pollfds_fill")]
    internal static partial void PollFill(nint slirp, uint* timeoutMs, delegate* unmanaged[Cdecl]<int, int, nint, int> add, nint state);

    [LibraryImport(FileName, EntryPoint = "slirp_pollfds_poll")]
    internal static partial void PollDone(nint slirp, int failed, delegate* unmanaged[Cdecl]<int, nint, int> events, nint state);

    [LibraryImport(FileName, EntryPoint = "slirp_handle_timer")]
    internal static partial void HandleTimer(nint slirp, int id, nint state);

    [LibraryImport(FileName, EntryPoint = "slirp_add_hostxfwd", SetLastError = true)]
    internal static partial int AddForward(nint slirp, byte* host, uint hostLength, byte* board, uint boardLength, int flags);

    [LibraryImport(FileName, EntryPoint = "slirp_remove_hostxfwd")]
    internal static partial int RemoveForward(nint slirp, byte* host, uint hostLength, int flags);

    /// <summary>The connections and forwards in lines of text; the caller frees it, with free: glib's own allocation is
    /// malloc's.</summary>
    [LibraryImport(FileName, EntryPoint = "slirp_connection_info")]
    internal static partial byte* ConnectionInfo(nint slirp);

    [LibraryImport(FileName, EntryPoint = "slirp_version_string")]
    private static partial byte* VersionString();

    private static string? FindProblem()
    {
        const string Remedy = "install Debian's libslirp0 (tools/setup.sh does)";
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return "the gateway to the host needs 64-bit Linux";
        }

        try
        {
            string version = Marshal.PtrToStringUTF8((nint)VersionString()) ?? "";

            // The timers' callback came with 4.7; the structures only ever grow at their ends.
            return Version.TryParse(version, out Version? number) && number >= new Version(4, 7) && number.Major == 4
                ? null : $"{FileName} is version {version}, and the gateway needs 4.7 or a later 4; {Remedy}";
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return $"{FileName} is not here, which the gateway to the host needs; {Remedy}";
        }
        catch (EntryPointNotFoundException)
        {
            return $"{FileName} is older than the gateway needs, which is 4.7; {Remedy}";
        }
    }
}
