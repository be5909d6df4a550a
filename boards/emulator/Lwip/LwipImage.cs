using System.Buffers.Binary;
using System.Text;

namespace IoTNet.Emulator;

/// <summary>The bytes of the library's file (ELF64, little-endian), of which each board loads a copy.</summary>
internal static class LwipImage
{
    private const int SectionTableOffset = 0x28, SectionSize = 0x3A, SectionCount = 0x3C;
    private const int TypeOfSection = 4, OffsetOfSection = 24, LengthOfSection = 32, LinkOfSection = 40;
    private const uint DynamicSymbols = 11;
    private const int SymbolLength = 24, SectionOfSymbol = 6, ValueOfSymbol = 8;

    /// <summary>The section of symbols whose value is an address as it is (SHN_ABS): the loader adds no base to it.</summary>
    private const ushort Absolute = 0xFFF1;

    /// <summary>Gives one of the library's functions another body: calls of it, the library's own included, which the dynamic
    /// loader resolves by name, go to an address of this process.</summary>
    /// <param name="image">The file's bytes, which are changed.</param>
    /// <param name="name">The function.</param>
    /// <param name="address">Where calls of it go.</param>
    /// <returns>False when the file is not as expected; it is unchanged then.</returns>
    internal static bool Redirect(byte[] image, string name, nint address)
    {
        try
        {
            Span<byte> symbol = FindSymbol(image, name);
            if (symbol.IsEmpty)
            {
                return false;
            }

            BinaryPrimitives.WriteUInt16LittleEndian(symbol[SectionOfSymbol..], Absolute);
            BinaryPrimitives.WriteInt64LittleEndian(symbol[ValueOfSymbol..], address);
            return true;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            // A file that is cut short or lies about its tables; the loader will say so.
            return false;
        }
    }

    private static Span<byte> FindSymbol(Span<byte> image, string name)
    {
        if (image.Length < 64 || !image[..6].SequenceEqual((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
        {
            return default;
        }

        Span<byte> table = image[Offset(image, SectionTableOffset)..];
        int size = BinaryPrimitives.ReadUInt16LittleEndian(image[SectionSize..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(image[SectionCount..]);
        for (int i = 0; i < count; i++)
        {
            Span<byte> section = table.Slice(i * size, size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[TypeOfSection..]) == DynamicSymbols)
            {
                int link = BinaryPrimitives.ReadInt32LittleEndian(section[LinkOfSection..]);
                return FindSymbol(Content(image, section), Content(image, table.Slice(link * size, size)), name);
            }
        }

        return default;
    }

    private static Span<byte> FindSymbol(Span<byte> symbols, ReadOnlySpan<byte> names, string name)
    {
        ReadOnlySpan<byte> wanted = Encoding.ASCII.GetBytes(name + '\0');
        for (int at = 0; at + SymbolLength <= symbols.Length; at += SymbolLength)
        {
            int nameAt = BinaryPrimitives.ReadInt32LittleEndian(symbols[at..]);
            if (names[nameAt..].StartsWith(wanted))
            {
                return symbols.Slice(at, SymbolLength);
            }
        }

        return default;
    }

    private static Span<byte> Content(Span<byte> image, ReadOnlySpan<byte> section)
    {
        return image.Slice(Offset(section, OffsetOfSection), Offset(section, LengthOfSection));
    }

    private static int Offset(ReadOnlySpan<byte> bytes, int at)
    {
        return checked((int)BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]));
    }
}
