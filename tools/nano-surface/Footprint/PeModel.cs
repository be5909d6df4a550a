using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoSurface.Footprint;

/// <summary>Computes the .pe file that nanoFramework's metadata processor would make of an assembly, without making it.
/// </summary>
/// <remarks>For nano code, that is without generics and resources. How near it comes is in README.md beside this file.
/// </remarks>
public sealed class PeModel
{
    // Bytes of a record; nf-interpreter, src/CLR/Include/nanoCLR_Types.h, CLR_RECORD_*.
    private const int HeaderBytes = 124;
    private const int AssemblyRefBytes = 12;
    private const int ReferenceBytes = 8;
    private const int TypeDefBytes = 24;
    private const int FieldDefBytes = 8;
    private const int MethodDefBytes = 16;
    private const int AttributeBytes = 8;
    private const int TypeSpecBytes = 4;

    private readonly ModuleDefinition _module;
    private readonly IReadOnlyList<TypeDefinition> _all;
    private readonly IReadOnlyList<TypeDefinition> _types;
    private readonly KeptReferences _references;
    private readonly StringPool _strings = new();
    private readonly SignaturePool _signatures = new();
    private readonly SignatureWriter _writer;
    private readonly Dictionary<string, TypeReference> _typeSpecs = new(StringComparer.Ordinal);
    private readonly List<PeType> _sizes = [];

    private PeModel(ModuleDefinition module)
    {
        _module = module;
        _all = TypeOrder.Of(module);
        _references = new KeptReferences(module, _all);
        _types = _references.Definitions;
        _writer = new SignatureWriter(_references.Types, _types);
    }

    public static PeSize Measure(ModuleDefinition module) => new PeModel(module).Measure();

    private PeSize Measure()
    {
        AddReferences();
        foreach (var type in _types)
        {
            _sizes.Add(AddType(type));
        }
        var attributes = AddAttributes();
        // A type specification is an array that code names, of arrays for instance.
        foreach (var specification in _typeSpecs.Values)
        {
            _signatures.Add(_writer.Types([specification]));
        }
        PePart[] parts =
        [
            new(PeParts.Header, 0, HeaderBytes),
            Table(PeParts.AssemblyRefs, _references.Assemblies.Count, AssemblyRefBytes),
            Table(PeParts.TypeRefs, _references.Types.Count, ReferenceBytes),
            Table(PeParts.FieldRefs, _references.Fields.Count, ReferenceBytes),
            Table(PeParts.MethodRefs, _references.Methods.Count, ReferenceBytes),
            Table(PeParts.TypeDefs, _types.Count, TypeDefBytes),
            Table(PeParts.FieldDefs, _types.Sum(t => Fields(t).Count()), FieldDefBytes),
            Table(PeParts.MethodDefs, _types.Sum(t => Methods(t).Count()), MethodDefBytes),
            Table(PeParts.Attributes, attributes, AttributeBytes),
            Table(PeParts.TypeSpecs, _typeSpecs.Count, TypeSpecBytes),
            new(PeParts.Strings, 0, Aligned(_strings.Bytes)),
            new(PeParts.Signatures, 0, Aligned(_signatures.Bytes)),
            new(PeParts.Code, 0, Aligned(_sizes.Sum(s => s.Code))),
        ];
        return new PeSize(parts, [.. _sizes.OrderByDescending(s => s.Bytes)]);
    }

    private void AddReferences()
    {
        _strings.Add(_module.Assembly.Name.Name);
        foreach (var assembly in _references.Assemblies)
        {
            _strings.Add(assembly.Name);
        }
        foreach (var type in _references.Types)
        {
            _strings.Add(type.Namespace);
            _strings.Add(type.Name);
        }
        foreach (var name in _references.MemberNames)
        {
            _strings.Add(name);
        }
        foreach (var field in _references.Fields)
        {
            _signatures.Add(_writer.Field(field.FieldType));
        }
        foreach (var method in _references.Methods)
        {
            _signatures.Add(_writer.Method(method));
        }
    }

    private PeType AddType(TypeDefinition type)
    {
        var strings = _strings.Add(type.Namespace) + _strings.Add(type.Name);
        var records = TypeDefBytes;
        var code = 0;
        foreach (var field in Fields(type))
        {
            records += FieldDefBytes;
            strings += _strings.Add(field.Name);
            _signatures.Add(_writer.Field(field.FieldType));
            if (field.InitialValue is { Length: > 0 } data)
            {
                _signatures.Add(SignatureWriter.Data(data));
            }
        }
        foreach (var method in Methods(type))
        {
            records += MethodDefBytes;
            strings += _strings.Add(method.Name);
            _signatures.Add(_writer.Method(method));
            if (method.HasBody)
            {
                code += ByteCode.Count(method.Body);
                strings += AddBody(method.Body);
            }
        }
        if (type.HasInterfaces)
        {
            _signatures.Add(_writer.Interfaces(type.Interfaces));
        }
        return new PeType(type.FullName, code, records, strings);
    }

    private int AddBody(MethodBody body)
    {
        var strings = 0;
        if (body.HasVariables)
        {
            _signatures.Add(_writer.Types(body.Variables.Select(v => v.VariableType)));
        }
        foreach (var operand in body.Instructions.Select(i => i.Operand))
        {
            switch (operand)
            {
                case string literal:
                    strings += _strings.Add(literal);
                    break;
                case TypeSpecification specification:
                    _typeSpecs.TryAdd(specification.FullName, specification);
                    break;
            }
        }
        return strings;
    }

    /// <returns>How many there are.</returns>
    private int AddAttributes()
    {
        // Those of types that are left out stay behind when their constructor is kept for another one.
        ICustomAttributeProvider[] members =
        [
            .. _all, .. _all.SelectMany(TypeOrder.Fields), .. _all.SelectMany(TypeOrder.Methods),
        ];
        var attributes = members.SelectMany(IgnoredAttributes.WrittenOf).Where(_references.Keeps).ToArray();
        foreach (var attribute in attributes)
        {
            _signatures.Add(AttributeSignature.Write(attribute, _strings));
        }
        return attributes.Length;
    }

    private static IEnumerable<FieldDefinition> Fields(TypeDefinition type) =>
        KeptReferences.IsExcluded(type) ? [] : TypeOrder.Fields(type);

    private static IEnumerable<MethodDefinition> Methods(TypeDefinition type) =>
        KeptReferences.IsExcluded(type) ? [] : TypeOrder.Methods(type);

    private static PePart Table(string name, int rows, int rowBytes) => new(name, rows, Aligned(rows * rowBytes));

    private static int Aligned(int bytes) => (bytes + 3) & ~3;
}
