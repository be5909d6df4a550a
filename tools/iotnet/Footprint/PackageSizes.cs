namespace IoTNet.Cli;

/// <summary>nanoFramework's own assemblies, which an app's device carries beside IoTNet's: the sizes of their .pe files, where
/// known.</summary>
internal static class PackageSizes
{
    // Of the packages that tools/nano-surface/Api names.
    private static readonly Dictionary<string, int> s_bytes = new(StringComparer.Ordinal)
    {
        ["mscorlib"] = 32_452,
        ["System.Net"] = 22_436,
        ["nanoFramework.TestFramework"] = 8_472,
        ["System.IO.Streams"] = 7_104,
        ["nanoFramework.System.Text"] = 5_412,
        ["nanoFramework.System.Collections"] = 4_240,
        ["System.Threading"] = 3_876,
        ["nanoFramework.Runtime.Events"] = 3_408,
        ["nanoFramework.Runtime.Native"] = 1_620,
    };

    /// <summary>In bytes; null when it is not known.</summary>
    public static int? PeBytesOf(string assembly) => s_bytes.TryGetValue(assembly, out var bytes) ? bytes : null;
}
