using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoSurface.Footprint;

/// <summary>RAM that an assembly takes from the moment that it is loaded, in bytes.</summary>
/// <param name="Tables">The interpreter's own: where each reference leads, what each type and method is.</param>
/// <param name="StaticFields">A block each.</param>
/// <param name="Arrays">That static initialisers allocate with a length known from the code.</param>
/// <param name="Objects">That static initialisers allocate themselves, delegates included; what their constructors allocate
/// is not seen.</param>
public sealed record StaticMemory(int Tables, int StaticFields, int Arrays, int Objects)
{
    // CLR_RT_Assembly (src/CLR/Include/nanoCLR_Runtime.h): a block and 31 words.
    private const int AssemblyBytes = HeapBlocks.BlockBytes + (31 * 4);

    public int Bytes => Tables + StaticFields + Arrays + Objects;

    /// <param name="size">Of the same assembly: the numbers of rows count.</param>
    public static StaticMemory Measure(ModuleDefinition module, PeSize size)
    {
        var types = TypeOrder.Of(module).Where(t => !KeptReferences.IsExcluded(t)).ToArray();
        var fields = types.Sum(t => t.Fields.Count(f => f.IsStatic && !f.HasConstant)) * HeapBlocks.BlockBytes;
        var initializers = types.SelectMany(t => t.Methods)
            .Where(m => m.IsConstructor && m.IsStatic && m.HasBody).Select(m => m.Body).ToArray();
        // The static fields lie in one allocation with the tables.
        var tables = HeapBlocks.Rounded(TableBytes(size) + fields) - fields;
        return new StaticMemory(tables, fields, initializers.Sum(ArrayBytes), initializers.Sum(ObjectBytes));
    }

    // CLR_RT_Assembly::CreateInstance in src/CLR/Core/TypeSystem.cpp.
    private static int TableBytes(PeSize size) => AssemblyBytes
        + (4 * (size[PeParts.AssemblyRefs].Rows + size[PeParts.TypeRefs].Rows
            + size[PeParts.FieldRefs].Rows + size[PeParts.MethodRefs].Rows))
        + (8 * size[PeParts.TypeDefs].Rows)
        + Words(2 * size[PeParts.FieldDefs].Rows)
        + Words(2 * size[PeParts.MethodDefs].Rows);

    private static int Words(int bytes) => (bytes + 3) & ~3;

    private static int ArrayBytes(MethodBody body) => body.Instructions
        .Where(i => i.OpCode.Code == Code.Newarr)
        .Sum(i => HeapBlocks.Array(HeapBlocks.ElementBytes(Stored((TypeReference)i.Operand).FullName), Length(i.Previous)));

    // An enum is stored as its number.
    private static TypeReference Stored(TypeReference type) => type is TypeDefinition { IsEnum: true } own
        ? own.Fields.Single(f => !f.IsStatic).FieldType
        : type;

    // A length that the code computes counts as none.
    private static int Length(Instruction before) => before.OpCode.Code switch
    {
        >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => before.OpCode.Code - Code.Ldc_I4_0,
        Code.Ldc_I4_S => (sbyte)before.Operand,
        Code.Ldc_I4 => (int)before.Operand,
        _ => 0,
    };

    private static int ObjectBytes(MethodBody body) => body.Instructions
        .Where(i => i.OpCode.Code == Code.Newobj).Select(i => ((MethodReference)i.Operand).DeclaringType)
        .Sum(type => type is TypeDefinition own && own.BaseType?.FullName == "System.MulticastDelegate"
            ? HeapBlocks.Delegate(1)
            : ObjectShape.Of(type).Bytes);
}
