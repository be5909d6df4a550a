using System.Runtime.InteropServices;

namespace NanoSurface.Footprint;

/// <summary>The signature table of a .pe file: a signature that already occurs somewhere in it, be it within or across
/// others, is not written again.</summary>
internal sealed class SignaturePool
{
    private readonly List<byte> _table = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public int Bytes => _table.Count;

    public void Add(byte[] signature)
    {
        if (!_known.Add(Convert.ToHexString(signature)))
        {
            return;
        }
        // nanoFramework's search stops one place early: bytes that end the table are not found.
        var searched = CollectionsMarshal.AsSpan(_table);
        if (searched.Length == 0 || searched[..^1].IndexOf(signature) < 0)
        {
            _table.AddRange(signature);
        }
    }
}
