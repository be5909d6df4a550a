using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using NanoSurface.Api;

namespace NanoSurface.References;

/// <summary>Turns the facts' type names into metadata tokens and signature bytes.</summary>
internal sealed class TypeNames(ApiSet set, ApiAssembly assembly, MetadataBuilder metadata)
{
    private static readonly Dictionary<string, PrimitiveTypeCode> Primitives =
        Enum.GetValues<PrimitiveTypeCode>().Where(c => c is not (PrimitiveTypeCode.Void or PrimitiveTypeCode.TypedReference))
            .ToDictionary(c => "System." + c);

    // The first row of the table is <Module>, which no fact tells of.
    private readonly Dictionary<string, TypeDefinitionHandle> _definitions = assembly.Types
        .Select((type, index) => (type.FullName, Handle: MetadataTokens.TypeDefinitionHandle(index + 2)))
        .ToDictionary(t => t.FullName, t => t.Handle);

    private readonly Dictionary<string, TypeReferenceHandle> _references = [];
    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = [];

    public static bool IsPrimitive(string type) => Primitives.ContainsKey(type);

    public TypeDefinitionHandle Definition(string type) => _definitions[type];

    public EntityHandle Reference(string type)
    {
        if (_definitions.TryGetValue(type, out var definition))
        {
            return definition;
        }
        if (!_references.TryGetValue(type, out var reference))
        {
            var (owner, found) = Find(type);
            EntityHandle scope = found.DeclaringType is { } outer ? Reference(outer) : Assembly(owner);
            reference = metadata.AddTypeReference(
                scope, metadata.GetOrAddString(found.Namespace), metadata.GetOrAddString(found.Name));
            _references.Add(type, reference);
        }
        return reference;
    }

    public void Encode(SignatureTypeEncoder encoder, string type, IReadOnlyList<string> generics)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            Encode(encoder.SZArray(), type[..^2], generics);
        }
        else if (Primitives.TryGetValue(type, out var code))
        {
            encoder.PrimitiveType(code);
        }
        else if (generics.Contains(type))
        {
            encoder.GenericTypeParameter(generics.ToList().IndexOf(type));
        }
        else
        {
            encoder.Type(Reference(type), Find(type).Type.IsValueType);
        }
    }

    private (ApiAssembly Assembly, ApiType Type) Find(string type) => set.FindType(assembly, type)
        ?? throw new FormatException($"{assembly.Name}: unknown type {type}");

    private AssemblyReferenceHandle Assembly(ApiAssembly referenced)
    {
        if (!_assemblies.TryGetValue(referenced.Name, out var handle))
        {
            handle = metadata.AddAssemblyReference(
                metadata.GetOrAddString(referenced.Name), referenced.Version, default, default, default, default);
            _assemblies.Add(referenced.Name, handle);
        }
        return handle;
    }
}
