using System.Buffers.Binary;

namespace IoTNet.Emulator;

/// <summary>A stream that is read in pieces of known length, with the place in it for messages.</summary>
internal sealed class CaptureInput(Stream stream)
{
    // A length in a damaged file may say anything: memory grows only as far as bytes really come.
    private const int FirstStep = 64 * 1024;

    private byte[] _buffer = new byte[256];

    /// <summary>The bytes read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether numbers are stored with their highest byte first.</summary>
    public bool BigEndian { get; set; }

    /// <summary>Reads a piece that begins something: false when the file ends properly right before it.</summary>
    /// <exception cref="PcapFormatException">The file ends within it.</exception>
    public bool TryRead(int count, string what, out ReadOnlySpan<byte> piece)
    {
        long start = Offset;
        int read = Fill(count);
        piece = _buffer.AsSpan(0, read);
        if (read != 0 && read < count)
        {
            throw new PcapFormatException(start, $"Expected {what} of {count} bytes, but the file ends after {read} of them");
        }

        return read != 0;
    }

    /// <summary>Reads a piece that must be there.</summary>
    /// <exception cref="PcapFormatException">The file ends before or within it.</exception>
    public ReadOnlySpan<byte> Read(int count, string what)
    {
        long start = Offset;
        int read = Fill(count);
        return read == count ? _buffer.AsSpan(0, count)
            : throw new PcapFormatException(start, $"Expected {what} of {count} bytes, but the file ends after {read} of them");
    }

    public ushort U16(ReadOnlySpan<byte> at) =>
        BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    public uint U32(ReadOnlySpan<byte> at) =>
        BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    private int Fill(int count)
    {
        int filled = 0;
        while (filled < count)
        {
            if (filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(count, Math.Max(FirstStep, 2 * _buffer.Length)));
            }

            int read = stream.Read(_buffer, filled, Math.Min(_buffer.Length, count) - filled);
            if (read == 0)
            {
                break;
            }

            filled += read;
            Offset += read;
        }

        return filled;
    }
}
