using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using NanoSurface.Api;

namespace NanoSurface.References;

/// <summary>Writes one assembly's public API as a .dll for the compiler: exactly the facts, every body `throw null`.
/// </summary>
/// <remarks>
/// The metadata is written row by row rather than compiled from generated C#, because the facts leave out what C# would
/// insist on (explicit interface implementations, internal base members) and because mscorlib must be its own core
/// library. Rows of a table belong to their type by position, so types are written in one pass, in the facts' order.
/// </remarks>
public sealed partial class ReferenceWriter
{
    private const MethodAttributes InstanceMethod = MethodAttributes.HideBySig;

    private readonly ApiSet _set;
    private readonly ApiAssembly _assembly;
    private readonly MetadataBuilder _metadata = new();
    private readonly MethodBodyStreamEncoder _bodies = new(new BlobBuilder());
    private readonly int _throwNull;
    private readonly TypeNames _types;

    private ReferenceWriter(ApiSet set, ApiAssembly assembly)
    {
        _set = set;
        _assembly = assembly;
        _types = new TypeNames(set, assembly, _metadata);
        var code = new InstructionEncoder(new BlobBuilder());
        code.OpCode(ILOpCode.Ldnull);
        code.OpCode(ILOpCode.Throw);
        _throwNull = _bodies.AddMethodBody(code);
    }

    public static byte[] Write(ApiSet set, ApiAssembly assembly) => new ReferenceWriter(set, assembly).Write();

    private byte[] Write()
    {
        var module = _metadata.AddModule(
            0, _metadata.GetOrAddString(_assembly.Name + ".dll"), _metadata.GetOrAddGuid(default), default, default);
        var assembly = _metadata.AddAssembly(
            _metadata.GetOrAddString(_assembly.Name), _assembly.Version, default, default, default,
            AssemblyHashAlgorithm.Sha1);
        _metadata.AddTypeDefinition(
            default, default, _metadata.GetOrAddString("<Module>"), default,
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        foreach (var type in _assembly.Types)
        {
            WriteType(type);
        }
        if (_assembly.Types.Any(t => t.Members.Any(IsExtension)))
        {
            AddAttribute(assembly, "System.Runtime.CompilerServices.ExtensionAttribute");
        }
        return Serialize();
    }

    private byte[] Serialize()
    {
        var builder = new ManagedPEBuilder(
            PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(_metadata), _bodies.Builder,
            deterministicIdProvider: content => BlobContentId.FromHash(
                System.Security.Cryptography.SHA256.HashData(content.SelectMany(b => b.GetBytes()).ToArray())));
        var image = new BlobBuilder();
        builder.Serialize(image);
        return image.ToArray();
    }

    private void WriteType(ApiType type)
    {
        var handle = _metadata.AddTypeDefinition(
            Attributes(type), _metadata.GetOrAddString(type.Namespace), _metadata.GetOrAddString(type.Name),
            BaseOf(type) is { } name ? _types.Reference(name) : default,
            MetadataTokens.FieldDefinitionHandle(_metadata.GetRowCount(TableIndex.Field) + 1),
            MetadataTokens.MethodDefinitionHandle(_metadata.GetRowCount(TableIndex.MethodDef) + 1));
        if (handle != _types.Definition(type.FullName))
        {
            throw new InvalidOperationException($"{type.FullName}: written out of order");
        }
        if (type.DeclaringType is { } outer)
        {
            _metadata.AddNestedType(handle, _types.Definition(outer));
        }
        foreach (var implemented in type.Interfaces)
        {
            _metadata.AddInterfaceImplementation(handle, _types.Reference(implemented));
        }
        var generics = type.GenericParameters();
        for (var i = 0; i < generics.Count; i++)
        {
            _metadata.AddGenericParameter(
                handle, GenericParameterAttributes.None, _metadata.GetOrAddString(generics[i]), i);
        }
        WriteFields(type);
        WriteMethods(type, handle, generics);
        WriteTypeAttributes(type, handle);
    }

    private static string? BaseOf(ApiType type) => type.Kind switch
    {
        ApiTypeKind.Class => type.Base,
        ApiTypeKind.Struct => "System.ValueType",
        ApiTypeKind.Enum => "System.Enum",
        ApiTypeKind.Delegate => "System.MulticastDelegate",
        _ => null,
    };

    private static TypeAttributes Attributes(ApiType type)
    {
        var visibility = type.DeclaringType is null ? TypeAttributes.Public : TypeAttributes.NestedPublic;
        var kind = type.Kind switch
        {
            ApiTypeKind.Interface => TypeAttributes.Interface | TypeAttributes.Abstract,
            ApiTypeKind.Struct => TypeAttributes.Sealed | TypeAttributes.SequentialLayout,
            ApiTypeKind.Enum or ApiTypeKind.Delegate => TypeAttributes.Sealed,
            _ => type.Modifier switch
            {
                "static" => TypeAttributes.Abstract | TypeAttributes.Sealed,
                "abstract" => TypeAttributes.Abstract,
                "sealed" => TypeAttributes.Sealed,
                _ => default,
            },
        };
        return visibility | kind;
    }

    private static bool IsExtension(ApiMember member) => member.Attributes.Any(a => a.Name == "extension");
}
