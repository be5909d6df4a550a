using System.Globalization;

namespace IoTNet.Cli;

/// <summary>Where runs of this user can be found: a folder that nobody else may enter, with a socket for each.</summary>
internal static class WatchFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder. The user's runtime folder is private already; root has /run; the common folder for temporary
    /// files is the last resort.</summary>
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime ? System.IO.Path.Combine(runtime, "iotnet")
        : Environment.IsPrivilegedProcess && Directory.Exists("/run") ? "/run/iotnet"
        : System.IO.Path.Combine(System.IO.Path.GetTempPath(), "iotnet-" + Environment.UserName);

    /// <summary>The socket of a run.</summary>
    public static string SocketOf(int processId) => System.IO.Path.Combine(Path, $"{processId.ToString(CultureInfo.InvariantCulture)}.sock");

    /// <summary>Makes the folder.</summary>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Create()
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path, OwnerOnly);

            // Only its owner may do this: a folder that somebody else put there is refused.
            File.SetUnixFileMode(Path, OwnerOnly);
        }
    }

    /// <summary>The process ids of the runs that have left a socket there; some may be dead.</summary>
    public static int[] Runs() => !Directory.Exists(Path) ? [] :
    [
        .. Directory.EnumerateFiles(Path, "*.sock").Select(file => System.IO.Path.GetFileNameWithoutExtension(file))
            .Where(name => int.TryParse(name, out _)).Select(int.Parse).Order(),
    ];
}
