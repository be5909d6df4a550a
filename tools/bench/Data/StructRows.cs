using System.Buffers.Binary;

namespace IoTNet.Bench;

/// <summary>StructFormat against what one writes by hand for one structure, and against Python's struct.</summary>
internal static class StructRows
{
    private static readonly byte[] s_name = "esp32-01"u8.ToArray();

    public static IEnumerable<DataRow> All(Python? python)
    {
        // The header of a DNS message; what a sensor sends; a block of samples.
        foreach (var row in Rows(python, "!6H", [(ushort)0x1234, (ushort)0x8180, (ushort)1, (ushort)2, (ushort)3, (ushort)4], PackHeader, UnpackHeader)
            .Concat(Rows(python, "<B8sIhfdQ", [(byte)7, s_name, 1_700_000_000u, (short)-215, 21.5f, 1013.25, 1UL << 40], PackReading, UnpackReading))
            .Concat(Rows(python, "<64h", [.. Enumerable.Range(0, 64).Select(i => (object)(short)((i * 37) - 999))], PackSamples, UnpackSamples)))
        {
            yield return row;
        }

        yield return InPlace();
    }

    private static IEnumerable<DataRow> Rows(Python? python, string code, object[] values, Func<object[], byte[]> pack, Func<byte[], object[]> unpack)
    {
        var format = new StructFormat(code);
        var bytes = format.Pack(values);
        if (!bytes.AsSpan().SequenceEqual(pack(values)) || !format.Unpack(bytes).Zip(unpack(bytes)).All(p => p.First is byte[] || p.First.Equals(p.Second)))
        {
            throw new InvalidOperationException($"{code}: the hand-written code does something else");
        }

        var packRow = new DataRow($"struct {code}: pack, by hand", 0.5, () => pack(values).Length, () => format.Pack(values).Length);
        var unpackRow = new DataRow($"struct {code}: unpack, by hand", 0.5, () => unpack(bytes).Length, () => format.Unpack(bytes).Length);
        yield return packRow;
        yield return unpackRow;
        if (python != null)
        {
            yield return packRow with { Name = $"struct {code}: pack, Python", Target = 1, ReferenceGame = () => python.Play("pack", code, bytes) };
            yield return unpackRow with { Name = $"struct {code}: unpack, Python", Target = 1, ReferenceGame = () => python.Play("unpack", code, bytes) };
        }
    }

    // One value after the other, without boxes: against code that knows the structure when it is compiled.
    private static DataRow InPlace()
    {
        var format = new StructFormat("!6H");
        var bytes = new byte[format.Size];
        return new DataRow("struct !6H: set and get each value, by hand", 0,
            () =>
            {
                var sum = 0;
                for (var i = 0; i < 6; i++)
                {
                    BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), (ushort)(i + 1));
                    sum += BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2 * i));
                }

                return sum;
            },
            () =>
            {
                var sum = 0L;
                for (var i = 0; i < 6; i++)
                {
                    format.SetInt64(bytes, 0, i, i + 1);
                    sum += format.GetInt64(bytes, 0, i);
                }

                return (int)sum;
            });
    }

    private static byte[] PackHeader(object[] values)
    {
        var bytes = new byte[12];
        for (var i = 0; i < 6; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), (ushort)values[i]);
        }

        return bytes;
    }

    private static object[] UnpackHeader(byte[] bytes)
    {
        var values = new object[6];
        for (var i = 0; i < 6; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2 * i));
        }

        return values;
    }

    private static byte[] PackReading(object[] values)
    {
        var bytes = new byte[35];
        bytes[0] = (byte)values[0];
        ((byte[])values[1]).AsSpan(0, 8).CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(9), (uint)values[2]);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(13), (short)values[3]);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(15), (float)values[4]);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(19), (double)values[5]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(27), (ulong)values[6]);
        return bytes;
    }

    private static object[] UnpackReading(byte[] bytes) =>
    [
        bytes[0],
        bytes[1..9],
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(9)),
        BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(13)),
        BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(15)),
        BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(19)),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(27)),
    ];

    private static byte[] PackSamples(object[] values)
    {
        var bytes = new byte[128];
        for (var i = 0; i < 64; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), (short)values[i]);
        }

        return bytes;
    }

    private static object[] UnpackSamples(byte[] bytes)
    {
        var values = new object[64];
        for (var i = 0; i < 64; i++)
        {
            values[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(2 * i));
        }

        return values;
    }
}
