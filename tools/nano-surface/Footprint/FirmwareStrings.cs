namespace NanoSurface.Footprint;

/// <summary>The strings that every firmware holds in its flash; an assembly refers to them and does not store them.
/// Source: nf-interpreter, src/CLR/Core/StringTableData.cpp, 860 strings, one a line in firmware-strings.txt.</summary>
public static class FirmwareStrings
{
    private static readonly HashSet<string> s_all = Read();

    public static int Count => s_all.Count;

    public static bool Contains(string text) => s_all.Contains(text);

    private static HashSet<string> Read()
    {
        using var stream = typeof(FirmwareStrings).Assembly.GetManifestResourceStream("firmware-strings.txt")!;
        using var reader = new StreamReader(stream);
        var strings = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            strings.Add(line);
        }
        return strings;
    }
}
