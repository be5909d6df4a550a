using System.Buffers.Binary;
using Mono.Cecil;

namespace NanoSurface.Footprint;

/// <summary>Signatures as a .pe file has them: a byte for what a type is, then a token of one or two bytes when it is a class
/// or a struct. Source: CLR_DataType in nf-interpreter's nanoCLR_Types.h.</summary>
internal sealed class SignatureWriter
{
    private const byte FieldMark = 0x06;
    private const byte InstanceMark = 0x20;
    private const byte StringCode = 0x0F;
    private const byte ObjectCode = 0x10;
    private const byte ClassCode = 0x11;
    private const byte StructCode = 0x12;
    private const byte ArrayCode = 0x13;
    private const byte ByReferenceCode = 0x14;

    private static readonly Dictionary<string, byte> s_codes = new(StringComparer.Ordinal)
    {
        ["System.Void"] = 0, ["System.Boolean"] = 1, ["System.SByte"] = 2, ["System.Byte"] = 3, ["System.Char"] = 4,
        ["System.Int16"] = 5, ["System.UInt16"] = 6, ["System.Int32"] = 7, ["System.UInt32"] = 8, ["System.Single"] = 9,
        ["System.Int64"] = 10, ["System.UInt64"] = 11, ["System.Double"] = 12, ["System.IntPtr"] = 7, ["System.UIntPtr"] = 8,
        ["System.String"] = StringCode, ["System.Object"] = ObjectCode, ["System.WeakReference"] = 0x1B,
    };

    private readonly Dictionary<string, int> _typeRefs;
    private readonly Dictionary<string, int> _typeDefs;

    public SignatureWriter(IEnumerable<TypeReference> typeRefs, IEnumerable<TypeDefinition> typeDefs)
    {
        _typeRefs = Numbered(typeRefs);
        _typeDefs = Numbered(typeDefs);
    }

    public byte[] Field(TypeReference type)
    {
        List<byte> signature = [FieldMark];
        Append(signature, type);
        return [.. signature];
    }

    public byte[] Method(IMethodSignature method)
    {
        List<byte> signature = [method.HasThis ? InstanceMark : (byte)0, (byte)method.Parameters.Count];
        Append(signature, method.ReturnType);
        foreach (var parameter in method.Parameters)
        {
            Append(signature, parameter.ParameterType);
        }
        return [.. signature];
    }

    public byte[] Types(IEnumerable<TypeReference> types)
    {
        List<byte> signature = [];
        foreach (var type in types)
        {
            Append(signature, type);
        }
        return [.. signature];
    }

    public byte[] Interfaces(ICollection<InterfaceImplementation> interfaces)
    {
        List<byte> signature = [(byte)interfaces.Count];
        foreach (var implemented in interfaces)
        {
            AppendToken(signature, implemented.InterfaceType);
        }
        return [.. signature];
    }

    /// <summary>The bytes that a static field begins with.</summary>
    public static byte[] Data(byte[] bytes)
    {
        var signature = new byte[2 + bytes.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(signature, (ushort)bytes.Length);
        bytes.CopyTo(signature, 2);
        return signature;
    }

    private void Append(List<byte> signature, TypeReference type)
    {
        if (s_codes.TryGetValue(type.FullName, out var code))
        {
            signature.Add(code);
            return;
        }
        switch (type)
        {
            case ByReferenceType reference:
                signature.Add(ByReferenceCode);
                Append(signature, reference.ElementType);
                break;
            case ArrayType array:
                signature.Add(ArrayCode);
                Append(signature, array.ElementType);
                break;
            case { MetadataType: MetadataType.Class or MetadataType.ValueType }:
                signature.Add(type.IsValueType ? StructCode : ClassCode);
                AppendToken(signature, type);
                break;
            default:
                // Generic types and pointers, which nano code has none of.
                signature.Add(0);
                break;
        }
    }

    private void AppendToken(List<byte> signature, TypeReference type)
    {
        var token = _typeRefs.TryGetValue(type.FullName, out var id)
            ? (id << 2) | 1
            : _typeDefs.TryGetValue(type.FullName, out id)
                ? id << 2
                : throw new InvalidOperationException($"{type.FullName} is in a signature and in no table");
        if (token > 0x7F)
        {
            signature.Add((byte)(0x80 | (token >> 8)));
        }
        signature.Add((byte)token);
    }

    private static Dictionary<string, int> Numbered(IEnumerable<TypeReference> types) =>
        types.Select((t, i) => (t.FullName, i)).ToDictionary(t => t.FullName, t => t.i, StringComparer.Ordinal);
}
