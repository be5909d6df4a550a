namespace IoTNet.Cli;

/// <summary>What the objects of one class take together, in bytes.</summary>
internal readonly record struct HeapShare(int Objects, int Bytes, int BufferBytes)
{
    public static HeapShare operator +(HeapShare one, HeapShare other) =>
        new(one.Objects + other.Objects, one.Bytes + other.Bytes, one.BufferBytes + other.BufferBytes);

    public static HeapShare operator -(HeapShare one, HeapShare other) =>
        new(one.Objects - other.Objects, one.Bytes - other.Bytes, one.BufferBytes - other.BufferBytes);
}

/// <summary>What a walk found.</summary>
/// <param name="Shares">By the name of the class.</param>
internal sealed record HeapUse(IReadOnlyDictionary<string, HeapShare> Shares)
{
    public HeapShare Total => Shares.Values.Aggregate(default(HeapShare), (sum, share) => sum + share);

    /// <summary>What there is here and not there.</summary>
    public HeapUse Beyond(HeapUse other) => new(Shares.Keys.Union(other.Shares.Keys)
        .Select(name => (name, share: Shares.GetValueOrDefault(name) - other.Shares.GetValueOrDefault(name)))
        .Where(s => s.share != default).ToDictionary(s => s.name, s => s.share));
}
