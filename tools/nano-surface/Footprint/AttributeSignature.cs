using Mono.Cecil;

namespace NanoSurface.Footprint;

/// <summary>The values of an attribute as a .pe file stores them: a byte for the type, then the value; a string is its place
/// in the string table. The type bytes are those of ECMA-335 II.23.1.16.</summary>
internal static class AttributeSignature
{
    private const byte StringType = 0x0E;
    private const byte FieldMark = 0x53;
    private const byte PropertyMark = 0x54;

    public static byte[] Write(CustomAttribute attribute, StringPool strings)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        foreach (var argument in attribute.ConstructorArguments)
        {
            Write(writer, argument, strings);
        }
        writer.Write((ushort)(attribute.Properties.Count + attribute.Fields.Count));
        foreach (var (mark, named) in attribute.Fields.OrderBy(f => f.Name).Select(f => (FieldMark, f))
            .Concat(attribute.Properties.OrderBy(p => p.Name).Select(p => (PropertyMark, p))))
        {
            writer.Write(mark);
            writer.Write((ushort)strings.OffsetOf(named.Name));
            Write(writer, named.Argument, strings);
        }
        return buffer.ToArray();
    }

    private static void Write(BinaryWriter writer, CustomAttributeArgument argument, StringPool strings)
    {
        switch (argument.Value)
        {
            case CustomAttributeArgument[] array:
                writer.Write((byte)array.Length);
                foreach (var element in array)
                {
                    Write(writer, element.Value is CustomAttributeArgument boxed ? boxed : element, strings);
                }
                break;
            case string text:
                WriteString(writer, text, strings);
                break;
            case TypeReference type:
                WriteString(writer, type.FullName, strings);
                break;
            // The value of an enum is not written.
            case var number when argument.Type.IsPrimitive:
                writer.Write((byte)argument.Type.MetadataType);
                WriteNumber(writer, number);
                break;
        }
    }

    private static void WriteString(BinaryWriter writer, string text, StringPool strings)
    {
        writer.Write(StringType);
        writer.Write((ushort)strings.OffsetOf(text));
    }

    private static void WriteNumber(BinaryWriter writer, object number)
    {
        switch (number)
        {
            case bool value: writer.Write(value); break;
            case sbyte value: writer.Write(value); break;
            case byte value: writer.Write(value); break;
            case char value: writer.Write(value); break;
            case short value: writer.Write(value); break;
            case ushort value: writer.Write(value); break;
            case int value: writer.Write(value); break;
            case uint value: writer.Write(value); break;
            case long value: writer.Write(value); break;
            case ulong value: writer.Write(value); break;
            case float value: writer.Write(value); break;
            case double value: writer.Write(value); break;
        }
    }
}
