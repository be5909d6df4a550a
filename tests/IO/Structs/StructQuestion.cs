using System.Globalization;
using System.Text;

namespace IoTNet.Tests.IO.Structs;

/// <summary>One call of struct with its arguments: made at random, put to Python as a line, put to StructFormat.</summary>
internal sealed record StructQuestion(string Call, string Format, byte[] Buffer, int Offset, object[] Values)
{
    private const string Codes = "xcbB?hHiIlLqQnNefdspP";
    private static readonly string[] Calls = ["calcsize", "pack", "pack", "pack_into", "unpack", "unpack_from", "iter_unpack"];

    public static StructQuestion Make(Random random)
    {
        var codes = new StringBuilder();
        string format = MakeFormat(random, codes);
        var values = codes.ToString().Select(code => MakeValue(random, code)).ToList();
        if (random.Next(50) == 0)
        {
            values.Add(1);
        }
        else if (random.Next(50) == 0 && values.Count > 0)
        {
            values.RemoveAt(random.Next(values.Count));
        }

        string call = Calls[random.Next(Calls.Length)];
        var buffer = new byte[MakeLength(random, format, call)];
        random.NextBytes(buffer);
        int offset = random.Next(4) != 0 ? random.Next(3) : random.Next(-buffer.Length - 4, buffer.Length + 4);
        return new StructQuestion(call, format, buffer, offset, [.. values]);
    }

    public string ToLine() => string.Join('|', Call, Format, Convert.ToHexStringLower(Buffer), Offset, string.Join(' ', Values.Select(Text)));

    /// <summary>StructFormat's answer, in the words of struct_peer.py.</summary>
    public string Answer()
    {
        try
        {
            return "ok " + Run();
        }
        catch (StructException e)
        {
            return "error " + e.Message;
        }
    }

    private string Run()
    {
        if (Call == "calcsize")
        {
            return StructFormat.CalcSize(Format).ToString(CultureInfo.InvariantCulture);
        }

        var format = new StructFormat(Format);
        switch (Call)
        {
            case "pack":
                return Convert.ToHexStringLower(format.Pack(Values));
            case "pack_into":
                var buffer = (byte[])Buffer.Clone();
                format.PackInto(buffer, Offset, Values);
                return Convert.ToHexStringLower(buffer);
            case "unpack":
                return Answers(format.Unpack(Buffer));
            case "unpack_from":
                return Answers(format.UnpackFrom(Buffer, Offset));
            default:
                var all = new List<string>();
                var structures = format.IterUnpack(Buffer);
                for (var values = structures.Next(); values != null; values = structures.Next())
                {
                    all.Add(Answers(values));
                }

                return string.Join(';', all);
        }
    }

    private static string MakeFormat(Random random, StringBuilder codes)
    {
        string order = "@=<>!"[random.Next(5)].ToString();
        bool native = order == "@";
        var format = new StringBuilder(native && random.Next(2) == 0 ? "" : order);
        for (int n = random.Next(8); n > 0; n--)
        {
            char code = Codes[random.Next(Codes.Length)];
            if (!native && "nNP".Contains(code) && random.Next(20) != 0)
            {
                code = 'i';
            }

            if (random.Next(200) == 0)
            {
                // No digit: with the next code it would be a count, and 0p is left out below.
                code = (char)random.Next('9' + 1, 124);
            }

            int count = code is 's' or 'p' ? random.Next(random.Next(10) == 0 ? 300 : 8) : random.Next(4);

            // Python's 0p reads with a SystemError (3.11).
            count += code == 'p' && count == 0 ? 1 : 0;
            bool counted = random.Next(2) == 0;
            format.Append(counted ? count.ToString(CultureInfo.InvariantCulture) : "").Append(code);
            format.Append(random.Next(6) == 0 ? " \t"[random.Next(2)].ToString() : "");
            codes.Append(code, code == 'x' ? 0 : code is 's' or 'p' || !counted ? 1 : count);
        }

        return format.Append(random.Next(300) == 0 ? "7" : "").ToString();
    }

    private static int MakeLength(Random random, string format, string call)
    {
        int size;
        try
        {
            size = StructFormat.CalcSize(format);
        }
        catch (StructException)
        {
            size = 4;
        }

        int copies = call == "iter_unpack" ? random.Next(4) : 1;
        int spare = call is "pack_into" or "unpack_from" ? random.Next(-1, 6) : random.Next(20) == 0 ? 1 : 0;
        return Math.Max(0, (size * copies) + spare);
    }

    private static object MakeValue(Random random, char code)
    {
        if (random.Next(100) == 0)
        {
            code = Codes[random.Next(Codes.Length)];
        }

        switch (code)
        {
            case 'c':
            case 's':
            case 'p':
                var bytes = new byte[code == 'c' ? 1 : random.Next(random.Next(20) == 0 ? 400 : 8)];
                random.NextBytes(bytes);
                return bytes;
            case '?':
                return random.Next(2) == 0;
            case 'e':
            case 'f':
            case 'd':
                return MakeDouble(random);
            default:
                return MakeInteger(random);
        }
    }

    private static object MakeDouble(Random random) => random.Next(8) switch
    {
        0 => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-1100, 1024)),
        1 => double.PositiveInfinity,
        2 => -0.0,
        3 => random.Next(2) == 0 ? double.NaN : -double.NaN,
        // Halfway between two halves, and beside the largest.
        4 => (double)BitConverter.UInt16BitsToHalf((ushort)random.Next(0x7C00)) * (1 + Math.ScaleB(1, -11)),
        5 => 65520.0 - random.Next(3),
        6 => (double)BitConverter.Int32BitsToSingle(random.Next(0x7F800000)) * (1 + Math.ScaleB(random.Next(3) - 1, -24)),
        _ => random.Next(-1000, 1000) / 8.0,
    };

    // Mostly near a power of 2, where the ranges end.
    private static object MakeInteger(Random random)
    {
        ulong bits = (1UL << random.Next(64)) + (ulong)random.NextInt64(-2, 3);
        return random.Next(6) switch
        {
            0 => bits,
            1 => (long)bits,
            2 => -(long)bits,
            3 => (sbyte)bits,
            4 => (ushort)bits,
            _ => random.Next(120),
        };
    }

    // Python 3.11 drops what a NaN of two bytes carries, later ones and ours keep it: in an answer a NaN is a NaN.
    private static string Answers(object[] values) =>
        string.Join(' ', values.Select(v => v is double.NaN or float.NaN ? "dnan" : Text(v)));

    private static string Text(object value) => value switch
    {
        bool truth => truth ? "?1" : "?0",
        byte[] bytes => "b" + Convert.ToHexStringLower(bytes),
        double number => "d" + BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        float number => "d" + BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        _ => "i" + Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
