using Mono.Cecil;

namespace NanoSurface.Footprint;

/// <summary>The order of an assembly's types in a .pe file: by name, but what encloses a type, what it implements and what
/// the methods that it calls give and take come before it. The order decides how signatures overlap, thus their size.
/// </summary>
internal sealed class TypeOrder
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<TypeDefinition> _ordered = [];

    private TypeOrder()
    {
    }

    public static IReadOnlyList<TypeDefinition> Of(ModuleDefinition module)
    {
        var order = new TypeOrder();
        foreach (var type in module.GetTypes().Where(t => t.FullName != "<Module>").OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            order.Visit(type);
        }
        return order._ordered;
    }

    /// <summary>Virtual ones, then those of an instance, then static ones.</summary>
    public static IEnumerable<MethodDefinition> Methods(TypeDefinition type) =>
        type.Methods.OrderBy(m => m.IsVirtual ? 0 : m.IsStatic ? 2 : 1);

    /// <summary>Static ones first. Constants are not stored.</summary>
    public static IEnumerable<FieldDefinition> Fields(TypeDefinition type) =>
        type.Fields.Where(f => !f.HasConstant).OrderBy(f => f.IsStatic ? 0 : 1);

    private void Visit(TypeDefinition type)
    {
        if (_seen.Contains(type.FullName))
        {
            return;
        }
        if (type.DeclaringType is { } enclosing)
        {
            Visit(enclosing);
        }
        foreach (var implemented in type.Interfaces.Select(i => i.InterfaceType).OfType<TypeDefinition>())
        {
            Visit(implemented);
        }
        // What was visited in between may lead back to here.
        if (!_seen.Add(type.FullName))
        {
            return;
        }
        var called = type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions)
            .Select(i => i.Operand).OfType<MethodReference>();
        foreach (var used in called.SelectMany(m => m.Parameters.Select(p => p.ParameterType).Prepend(m.ReturnType)))
        {
            if (used.GetElementType() is TypeDefinition own)
            {
                Visit(own);
            }
        }
        _ordered.Add(type);
    }
}
