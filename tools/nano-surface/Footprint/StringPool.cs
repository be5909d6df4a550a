using System.Text;

namespace NanoSurface.Footprint;

/// <summary>The string table of a .pe file: UTF-8 and a NUL each, every text once, without those of the firmware.</summary>
internal sealed class StringPool
{
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);

    // The table begins with the empty string.
    public StringPool() => Add("");

    public int Bytes { get; private set; }

    /// <returns>What the text adds to the table, in bytes; 0 when it is there already.</returns>
    public int Add(string text)
    {
        if (FirmwareStrings.Contains(text) || !_offsets.TryAdd(text, Bytes))
        {
            return 0;
        }
        var added = Encoding.UTF8.GetByteCount(text) + 1;
        Bytes += added;
        return added;
    }

    /// <summary>Where the text stands in the table, -1 for one of the firmware's.</summary>
    public int OffsetOf(string text)
    {
        Add(text);
        return _offsets.GetValueOrDefault(text, -1);
    }
}
