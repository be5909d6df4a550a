using System.Globalization;

namespace NanoSurface.References;

/// <summary>Reads the value of a constant as the facts write it.</summary>
internal static class ConstantText
{
    /// <param name="type">The metadata name of the constant's type; of an enum, of its underlying type.</param>
    public static object? Parse(string text, string type)
    {
        var culture = CultureInfo.InvariantCulture;
        return (text, type) switch
        {
            ("null", _) => null,
            (_, "System.String") => text[1..^1],
            (_, "System.Char") => (char)ushort.Parse(text.TrimEnd('c'), culture),
            (_, "System.Boolean") => bool.Parse(text),
            (_, "System.SByte") => sbyte.Parse(text, culture),
            (_, "System.Byte") => byte.Parse(text, culture),
            (_, "System.Int16") => short.Parse(text, culture),
            (_, "System.UInt16") => ushort.Parse(text, culture),
            (_, "System.Int32") => int.Parse(text, culture),
            (_, "System.UInt32") => uint.Parse(text, culture),
            (_, "System.Int64") => long.Parse(text, culture),
            (_, "System.UInt64") => ulong.Parse(text, culture),
            (_, "System.Single") => float.Parse(text, culture),
            (_, "System.Double") => double.Parse(text, culture),
            _ => throw new FormatException($"no constant of type {type} is known: {text}"),
        };
    }
}
