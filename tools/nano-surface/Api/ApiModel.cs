namespace NanoSurface.Api;

/// <summary>The public API of one nano assembly.</summary>
/// <param name="References">Simple names of the assemblies that it needs, directly.</param>
public sealed record ApiAssembly(
    string Name, Version Version, IReadOnlyList<string> References, IReadOnlyList<ApiType> Types);

public enum ApiTypeKind { Class, Struct, Interface, Enum, Delegate }

/// <param name="FullName">As metadata writes it: <c>Namespace.Outer+Inner`1</c>.</param>
/// <param name="Modifier">static, abstract, sealed or empty.</param>
/// <param name="Base">The base class; of an enum, its underlying type.</param>
public sealed record ApiType(
    ApiTypeKind Kind, string FullName, string Modifier, string? Base, IReadOnlyList<string> Interfaces,
    IReadOnlyList<ApiAttribute> Attributes, IReadOnlyList<ApiMember> Members)
{
    public string? DeclaringType => FullName.LastIndexOf('+') is >= 0 and var plus ? FullName[..plus] : null;

    public string Namespace =>
        DeclaringType is null && FullName.LastIndexOf('.') is >= 0 and var dot ? FullName[..dot] : "";

    public string Name => FullName[(FullName.LastIndexOfAny(['.', '+']) + 1)..];

    public bool IsValueType => Kind is ApiTypeKind.Struct or ApiTypeKind.Enum;

    public bool Has(string attribute) => Attributes.Any(a => a.Name == attribute);

    /// <summary>The names of a generic type's parameters, read off the one place where the facts show them: the
    /// delegate's Invoke, arguments first.</summary>
    public IReadOnlyList<string> GenericParameters()
    {
        var tick = FullName.IndexOf('`');
        if (tick < 0)
        {
            return [];
        }
        var invoke = Members.Single(m => m.Name == "Invoke");
        var names = invoke.Parameters.Select(p => p.Type).Append(invoke.Type)
            .Where(t => !t.Contains('.')).Distinct().ToArray();
        var expected = int.Parse(FullName[(tick + 1)..]);
        return names.Length == expected
            ? names
            : throw new FormatException($"{FullName}: expected {expected} type parameters in Invoke, found {names.Length}");
    }
}

public enum ApiMemberKind { Field, Constructor, Method, Getter, Setter, Adder, Remover, Property, Event }

/// <param name="Modifier">static, abstract, virtual, override, const, static readonly or empty.</param>
/// <param name="Type">Of a method what it returns, of anything else what it is.</param>
/// <param name="Value">The text of a constant field's value.</param>
public sealed record ApiMember(
    ApiMemberKind Kind, string Access, string Modifier, string Type, string Name,
    IReadOnlyList<ApiParameter> Parameters, string? Value, IReadOnlyList<ApiAttribute> Attributes)
{
    public bool IsMethod => Kind is >= ApiMemberKind.Constructor and <= ApiMemberKind.Remover;

    public bool IsStatic => Modifier.StartsWith("static", StringComparison.Ordinal) || Modifier == "const";
}

/// <param name="Type">Ends with &amp; when the parameter is by reference.</param>
/// <param name="Default">The text of the default value, or null when there is none.</param>
/// <param name="Expression">The parameter whose argument the compiler passes here as source text, or null when it passes the
/// default value.</param>
public sealed record ApiParameter(
    string Type, string Name, bool IsOut, bool IsParams, string? Default, string? Expression = null);

/// <summary>One <c>[name arguments]</c> of a facts line.</summary>
public sealed record ApiAttribute(string Name, string Arguments);
