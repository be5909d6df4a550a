using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoSurface.Footprint;

/// <summary>What a .pe file keeps of an assembly. Of its own types: all but those marked <c>[ExcludeType]</c>, which are kept
/// without their members when another one mentions them. Of the references to other assemblies: those that a kept definition
/// mentions; the compiler's image has more, which only left-out attributes need.</summary>
internal sealed class KeptReferences
{
    private readonly HashSet<MetadataToken> _kept = [];
    private readonly HashSet<TypeDefinition> _reached = [];
    private readonly Queue<TypeDefinition> _waiting = new();

    /// <param name="types">In the order of the file.</param>
    public KeptReferences(ModuleDefinition module, IReadOnlyList<TypeDefinition> types)
    {
        foreach (var type in types.Where(t => !IsExcluded(t)))
        {
            Keep(type);
        }
        while (_waiting.TryDequeue(out var type))
        {
            Visit(type);
        }
        Definitions = types.Where(_reached.Contains).ToArray();
        Types = module.GetTypeReferences().Where(t => _kept.Contains(t.MetadataToken)).ToArray();
        var all = module.GetMemberReferences().ToArray();
        var members = all.Where(m => _kept.Contains(m.MetadataToken)).ToArray();
        Fields = members.OfType<FieldReference>().ToArray();
        Methods = members.OfType<MethodReference>().ToArray();
        // More than the members that are kept: an explicit implementation names its interface's method and has no record of it.
        MemberNames = all.Where(m => Types.Any(t => t.FullName.Contains(m.DeclaringType.FullName, StringComparison.Ordinal)))
            .Select(m => m.Name).ToArray();
        var scopes = Types.Select(t => t.Scope.MetadataToken).ToHashSet();
        Assemblies = module.AssemblyReferences.Where(a => scopes.Contains(a.MetadataToken)).ToArray();
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<TypeDefinition> Definitions { get; }

    public IReadOnlyList<AssemblyNameReference> Assemblies { get; }

    public IReadOnlyList<TypeReference> Types { get; }

    public IReadOnlyList<FieldReference> Fields { get; }

    public IReadOnlyList<MethodReference> Methods { get; }

    public IReadOnlyList<string> MemberNames { get; }

    /// <summary>Whether the type, or the one that it is in, is marked not to be on the device, or one of those that compilers
    /// and version tools add and that never are.</summary>
    public static bool IsExcluded(TypeDefinition type) =>
        type.FullName is "ThisAssembly" or "System.Runtime.CompilerServices.RefSafetyRulesAttribute"
            or "System.Runtime.CompilerServices.AccessedThroughPropertyAttribute"
        || type.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.ExcludeTypeAttribute")
        || (type.DeclaringType is { } enclosing && IsExcluded(enclosing));

    /// <summary>Whether the attribute's constructor is kept.</summary>
    public bool Keeps(CustomAttribute attribute) => attribute.Constructor is MethodDefinition own
        ? _reached.Contains(own.DeclaringType) && !IsExcluded(own.DeclaringType)
        : _kept.Contains(attribute.Constructor.MetadataToken);

    private void Visit(TypeDefinition type)
    {
        Keep(type.BaseType);
        Keep(type.DeclaringType);
        foreach (var implemented in type.Interfaces)
        {
            Keep(implemented.InterfaceType);
        }
        VisitAttributes(type);
        if (IsExcluded(type))
        {
            return;
        }
        foreach (var field in TypeOrder.Fields(type))
        {
            Mention(field.FieldType);
            VisitAttributes(field);
        }
        foreach (var method in type.Methods)
        {
            VisitSignature(method);
            VisitAttributes(method);
            if (method.HasBody)
            {
                Visit(method.Body);
            }
        }
    }

    private void Visit(MethodBody body)
    {
        foreach (var local in body.Variables)
        {
            Mention(local.VariableType);
        }
        foreach (var operand in body.Instructions.Select(i => i.Operand))
        {
            switch (operand)
            {
                case TypeReference type:
                    Keep(type);
                    break;
                case MethodReference method:
                    Keep(method);
                    break;
                case FieldReference field:
                    Keep(field);
                    break;
            }
        }
        foreach (var handler in body.ExceptionHandlers)
        {
            Keep(handler.CatchType);
        }
    }

    private void VisitAttributes(ICustomAttributeProvider member)
    {
        foreach (var attribute in IgnoredAttributes.WrittenOf(member))
        {
            Keep(attribute.Constructor);
        }
    }

    private void VisitSignature(IMethodSignature method)
    {
        Mention(method.ReturnType);
        foreach (var parameter in method.Parameters)
        {
            Mention(parameter.ParameterType);
        }
    }

    private void Keep(MethodReference method)
    {
        if (method is not MethodDefinition && _kept.Add(method.MetadataToken))
        {
            Keep(method.DeclaringType);
            VisitSignature(method);
        }
    }

    private void Keep(FieldReference field)
    {
        if (field is not FieldDefinition && _kept.Add(field.MetadataToken))
        {
            Keep(field.DeclaringType);
            Mention(field.FieldType);
        }
    }

    /// <summary>A signature has codes of their own for these, so that it needs no reference.</summary>
    private void Mention(TypeReference type)
    {
        var element = type.GetElementType();
        if (!element.IsPrimitive && element.MetadataType is not (MetadataType.Void or MetadataType.String or MetadataType.Object))
        {
            Keep(element);
        }
    }

    private void Keep(TypeReference? type)
    {
        switch (type)
        {
            case null or GenericParameter:
                break;
            case TypeDefinition own:
                if (_reached.Add(own))
                {
                    _waiting.Enqueue(own);
                }
                break;
            case TypeSpecification specification:
                Mention(specification);
                break;
            default:
                _kept.Add(type.MetadataToken);
                Keep(type.DeclaringType);
                break;
        }
    }
}
