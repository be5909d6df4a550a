using Mono.Cecil.Cil;

namespace NanoSurface.Footprint;

/// <summary>The size of a method's code on the device, where most tokens, far jumps and switch targets take two bytes less
/// than in .NET's image.</summary>
internal static class ByteCode
{
    private const int HandlerBytes = 12;

    public static int Count(MethodBody body)
    {
        var bytes = body.Instructions.Sum(Count);
        // After the table of handlers stands their number.
        return body.HasExceptionHandlers ? bytes + (body.ExceptionHandlers.Count * HandlerBytes) + 1 : bytes;
    }

    private static int Count(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
            or OperandType.InlineBrTarget => instruction.OpCode.Size + 2,
        OperandType.InlineSwitch => instruction.OpCode.Size + 1 + (2 * ((Instruction[])instruction.Operand).Length),
        _ => instruction.GetSize(),
    };
}
