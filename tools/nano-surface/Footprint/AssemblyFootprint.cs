using Mono.Cecil;

namespace NanoSurface.Footprint;

/// <summary>What an assembly costs a device.</summary>
/// <param name="Pe">In flash.</param>
/// <param name="Static">In RAM, as long as the program runs.</param>
/// <param name="Objects">What an object of each class takes in RAM.</param>
public sealed record AssemblyFootprint(PeSize Pe, StaticMemory Static, IReadOnlyList<ObjectShape> Objects)
{
    public static AssemblyFootprint Measure(ModuleDefinition module)
    {
        var pe = PeModel.Measure(module);
        var objects = TypeOrder.Of(module).Where(t => t.IsClass && !t.IsEnum && !(t.IsAbstract && t.IsSealed))
            .Select(ObjectShape.Of).ToArray();
        return new AssemblyFootprint(pe, StaticMemory.Measure(module, pe), objects);
    }
}

/// <summary>The fields of an object.</summary>
/// <param name="Fields">Of its class and of those that it inherits from within the same assembly.</param>
/// <param name="ForeignBase">The first class of another assembly that it inherits from; null for <c>object</c>.</param>
public sealed record ObjectShape(string Type, int Fields, string? ForeignBase)
{
    /// <summary>Without the fields of <see cref="ForeignBase"/>.</summary>
    public int Bytes => HeapBlocks.Object(Fields);

    internal static ObjectShape Of(TypeReference type)
    {
        var fields = 0;
        var current = type;
        for (; current is TypeDefinition own; current = own.BaseType)
        {
            fields += own.Fields.Count(f => !f.IsStatic);
        }
        var isRoot = current is null || current.FullName is "System.Object" or "System.ValueType";
        return new ObjectShape(type.FullName, fields, isRoot ? null : current!.FullName);
    }
}
