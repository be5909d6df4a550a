using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using NanoSurface.Api;

namespace NanoSurface.References;

public sealed partial class ReferenceWriter
{
    private void WriteFields(ApiType type)
    {
        if (type.Kind == ApiTypeKind.Enum)
        {
            AddField(
                FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName, type.Base!, "value__");
        }
        if (type.Has("has-fields"))
        {
            // A primitive holds itself, as in every core library; the type of any other hidden field is of no matter.
            AddField(
                FieldAttributes.Private, TypeNames.IsPrimitive(type.FullName) ? type.FullName : "System.Int32", "_fields");
        }
        foreach (var field in type.Members.Where(m => m.Kind == ApiMemberKind.Field))
        {
            var access = field.Access == "public" ? FieldAttributes.Public : FieldAttributes.Family;
            var handle = AddField(access | FieldModifier(field), field.Type, field.Name);
            if (field.Value is not null)
            {
                _metadata.AddConstant(handle, ConstantText.Parse(field.Value, ConstantType(field.Type)));
            }
        }
    }

    private static FieldAttributes FieldModifier(ApiMember field) => field.Modifier switch
    {
        "const" => FieldAttributes.Static | FieldAttributes.Literal | FieldAttributes.HasDefault,
        "static readonly" => FieldAttributes.Static | FieldAttributes.InitOnly,
        "static" => FieldAttributes.Static,
        "readonly" => FieldAttributes.InitOnly,
        _ => default,
    };

    private FieldDefinitionHandle AddField(FieldAttributes attributes, string type, string name)
    {
        var signature = new BlobBuilder();
        _types.Encode(new BlobEncoder(signature).Field().Type(), type, []);
        return _metadata.AddFieldDefinition(
            attributes, _metadata.GetOrAddString(name), _metadata.GetOrAddBlob(signature));
    }

    private void WriteMethods(ApiType type, TypeDefinitionHandle owner, IReadOnlyList<string> generics)
    {
        var accessors = new Dictionary<ApiMember, MethodDefinitionHandle>();
        foreach (var method in type.Members.Where(m => m.IsMethod))
        {
            accessors.Add(method, WriteMethod(type, method, generics));
        }
        var properties = type.Members.Where(m => m.Kind == ApiMemberKind.Property).ToArray();
        if (properties.Length > 0)
        {
            _metadata.AddPropertyMap(
                owner, MetadataTokens.PropertyDefinitionHandle(_metadata.GetRowCount(TableIndex.Property) + 1));
        }
        foreach (var property in properties)
        {
            WriteProperty(type, property, accessors);
        }
        var events = type.Members.Where(m => m.Kind == ApiMemberKind.Event).ToArray();
        if (events.Length > 0)
        {
            _metadata.AddEventMap(
                owner, MetadataTokens.EventDefinitionHandle(_metadata.GetRowCount(TableIndex.Event) + 1));
        }
        foreach (var e in events)
        {
            WriteEvent(type, e, accessors);
        }
    }

    private MethodDefinitionHandle WriteMethod(ApiType type, ApiMember method, IReadOnlyList<string> generics)
    {
        var isRuntime = type.Kind == ApiTypeKind.Delegate;
        var attributes = MethodModifier(method);
        var firstParameter = MetadataTokens.ParameterHandle(_metadata.GetRowCount(TableIndex.Param) + 1);
        var handle = _metadata.AddMethodDefinition(
            attributes, isRuntime ? MethodImplAttributes.Runtime : MethodImplAttributes.IL,
            _metadata.GetOrAddString(method.Name), _metadata.GetOrAddBlob(Signature(method, generics)),
            isRuntime || attributes.HasFlag(MethodAttributes.Abstract) ? -1 : _throwNull, firstParameter);
        for (var i = 0; i < method.Parameters.Count; i++)
        {
            WriteParameter(method.Parameters[i], i + 1);
        }
        WriteMethodAttributes(method, handle);
        return handle;
    }

    private static MethodAttributes MethodModifier(ApiMember method)
    {
        var access = method.Access == "public" ? MethodAttributes.Public : MethodAttributes.Family;
        var special = method.Kind switch
        {
            ApiMemberKind.Constructor => MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
            ApiMemberKind.Method when !method.Name.StartsWith("op_", StringComparison.Ordinal) => default,
            _ => MethodAttributes.SpecialName,
        };
        var modifier = method.Modifier switch
        {
            "static" => MethodAttributes.Static,
            "abstract" => MethodAttributes.Virtual | MethodAttributes.NewSlot | MethodAttributes.Abstract,
            "virtual" => MethodAttributes.Virtual | MethodAttributes.NewSlot,
            "override" => MethodAttributes.Virtual,
            _ => default,
        };
        return access | special | modifier | InstanceMethod;
    }

    private BlobBuilder Signature(ApiMember method, IReadOnlyList<string> generics)
    {
        var blob = new BlobBuilder();
        new BlobEncoder(blob).MethodSignature(isInstanceMethod: !method.IsStatic).Parameters(
            method.Parameters.Count,
            returns => EncodeReturn(returns, method.Type, generics),
            parameters => EncodeParameters(parameters, method.Parameters, generics));
        return blob;
    }

    private void EncodeReturn(ReturnTypeEncoder returns, string type, IReadOnlyList<string> generics)
    {
        if (type == "System.Void")
        {
            returns.Void();
        }
        else
        {
            _types.Encode(returns.Type(), type, generics);
        }
    }

    private void EncodeParameters(
        ParametersEncoder encoder, IEnumerable<ApiParameter> parameters, IReadOnlyList<string> generics)
    {
        foreach (var parameter in parameters)
        {
            _types.Encode(
                encoder.AddParameter().Type(isByRef: parameter.Type.EndsWith('&')), parameter.Type.TrimEnd('&'), generics);
        }
    }

    private void WriteParameter(ApiParameter parameter, int sequence)
    {
        var attributes = parameter.IsOut ? ParameterAttributes.Out : ParameterAttributes.None;
        if (parameter.Default is not null)
        {
            attributes |= ParameterAttributes.Optional | ParameterAttributes.HasDefault;
        }
        var handle = _metadata.AddParameter(attributes, _metadata.GetOrAddString(parameter.Name), sequence);
        if (parameter.Expression is not null)
        {
            AddAttribute(handle, "System.Runtime.CompilerServices.CallerArgumentExpressionAttribute", parameter.Expression);
        }
        if (parameter.Default is not null)
        {
            _metadata.AddConstant(handle, ConstantText.Parse(parameter.Default, ConstantType(parameter.Type)));
        }
        if (parameter.IsParams)
        {
            AddAttribute(handle, "System.ParamArrayAttribute");
        }
    }

    /// <summary>An enum's constants are stored as numbers of its underlying type.</summary>
    private string ConstantType(string type) =>
        _set.FindType(_assembly, type) is (_, { Kind: ApiTypeKind.Enum } found) ? found.Base! : type;

    private void WriteProperty(
        ApiType type, ApiMember property, Dictionary<ApiMember, MethodDefinitionHandle> accessors)
    {
        var getter = Accessor(type, ApiMemberKind.Getter, "get_" + property.Name, m => m.Type == property.Type);
        var setter = Accessor(type, ApiMemberKind.Setter, "set_" + property.Name, m => m.Parameters[^1].Type == property.Type);
        var example = getter ?? setter
            ?? throw new FormatException($"{type.FullName}: property {property.Name} has no accessor");
        var index = getter?.Parameters ?? setter!.Parameters.SkipLast(1).ToImmutableArray();
        var blob = new BlobBuilder();
        new BlobEncoder(blob).PropertySignature(isInstanceProperty: !example.IsStatic).Parameters(
            index.Count,
            returns => EncodeReturn(returns, property.Type, []),
            parameters => EncodeParameters(parameters, index, []));
        var handle = _metadata.AddProperty(
            default, _metadata.GetOrAddString(property.Name), _metadata.GetOrAddBlob(blob));
        Link(handle, MethodSemanticsAttributes.Getter, getter, accessors);
        Link(handle, MethodSemanticsAttributes.Setter, setter, accessors);
    }

    private void WriteEvent(ApiType type, ApiMember e, Dictionary<ApiMember, MethodDefinitionHandle> accessors)
    {
        var handle = _metadata.AddEvent(default, _metadata.GetOrAddString(e.Name), _types.Reference(e.Type));
        Link(
            handle, MethodSemanticsAttributes.Adder,
            Accessor(type, ApiMemberKind.Adder, "add_" + e.Name, _ => true), accessors);
        Link(
            handle, MethodSemanticsAttributes.Remover,
            Accessor(type, ApiMemberKind.Remover, "remove_" + e.Name, _ => true), accessors);
    }

    private static ApiMember? Accessor(ApiType type, ApiMemberKind kind, string name, Func<ApiMember, bool> fits) =>
        type.Members.SingleOrDefault(m => m.Kind == kind && m.Name == name && fits(m));

    private void Link(
        EntityHandle owner, MethodSemanticsAttributes role, ApiMember? accessor,
        Dictionary<ApiMember, MethodDefinitionHandle> accessors)
    {
        if (accessor is not null)
        {
            _metadata.AddMethodSemantics(owner, role, accessors[accessor]);
        }
    }
}
