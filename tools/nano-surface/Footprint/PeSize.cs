namespace NanoSurface.Footprint;

/// <summary>A part of a .pe file.</summary>
/// <param name="Rows">0 for what is not a table of records.</param>
/// <param name="Bytes">With the padding to a multiple of four.</param>
public readonly record struct PePart(string Name, int Rows, int Bytes);

/// <summary>What one type costs in a .pe file, in bytes.</summary>
/// <param name="Code">Of its methods, with their exception tables.</param>
/// <param name="Records">Its own and those of its fields and methods.</param>
/// <param name="Strings">Names and literals that no type before it uses.</param>
public sealed record PeType(string Name, int Code, int Records, int Strings)
{
    public int Bytes => Code + Records + Strings;
}

/// <summary>The size of the .pe file that nanoFramework's metadata processor makes of an assembly.</summary>
/// <param name="Parts">In the order of the file.</param>
/// <param name="Types">The largest first.</param>
public sealed record PeSize(IReadOnlyList<PePart> Parts, IReadOnlyList<PeType> Types)
{
    public int Bytes => Parts.Sum(p => p.Bytes);

    public int CodeBytes => this[PeParts.Code].Bytes;

    public int StringBytes => this[PeParts.Strings].Bytes;

    /// <summary>All but code and strings.</summary>
    public int MetadataBytes => Bytes - CodeBytes - StringBytes;

    public PePart this[string name] => Parts.Single(p => p.Name == name);
}

/// <summary>The names of the parts.</summary>
public static class PeParts
{
    public const string Header = "header";
    public const string AssemblyRefs = "AssemblyRef";
    public const string TypeRefs = "TypeRef";
    public const string FieldRefs = "FieldRef";
    public const string MethodRefs = "MethodRef";
    public const string TypeDefs = "TypeDef";
    public const string FieldDefs = "FieldDef";
    public const string MethodDefs = "MethodDef";
    public const string Attributes = "Attributes";
    public const string TypeSpecs = "TypeSpec";
    public const string Strings = "strings";
    public const string Signatures = "signatures";
    public const string Code = "code";
}
