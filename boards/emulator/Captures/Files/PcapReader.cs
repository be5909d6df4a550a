using System.Text;

namespace IoTNet.Emulator;

/// <summary>
/// Reads capture files frame by frame: pcapng and the classic pcap, either byte order, micro- and nanoseconds. Every length
/// in the file is checked before it is used; memory is bounded by the longest block that really comes, 16 MiB at most.
/// </summary>
public sealed class PcapReader : IDisposable
{
    private readonly Stream _stream;
    private readonly CaptureInput _input;
    private readonly IFormat _format;

    /// <summary>Opens a capture file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PcapFormatException">It is no capture file; the text tells its first bytes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read for want of the right.</exception>
    public PcapReader(string path)
        : this(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024))
    {
    }

    /// <summary>Reads a capture from a stream.</summary>
    /// <param name="stream">Gives the bytes; disposed with this.</param>
    /// <exception cref="PcapFormatException">It is no capture; the text tells its first bytes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public PcapReader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _input = new CaptureInput(stream);
        try
        {
            _format = Recognize();
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Of a kind of file: reads the next frame of it.</summary>
    internal interface IFormat
    {
        bool TryRead(out CapturedFrame frame);
    }

    /// <summary>Reads the next frame.</summary>
    /// <param name="frame">The frame; it is the caller's.</param>
    /// <returns>Whether there was one; false at the file's end.</returns>
    /// <exception cref="PcapFormatException">The file is damaged or cut; the frames before are good.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool TryRead(out CapturedFrame frame) => _format.TryRead(out frame);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private IFormat Recognize()
    {
        if (!_input.TryRead(4, "the beginning of a capture file", out ReadOnlySpan<byte> first))
        {
            throw new PcapFormatException(0, "Expected a capture file (pcapng or pcap), but it is empty");
        }

        _input.BigEndian = false;
        uint magic = _input.U32(first);
        if (magic == Pcapng.SectionHeader)
        {
            return new PcapngFormat(_input);
        }

        _input.BigEndian = magic is not (Pcapng.ClassicMicroseconds or Pcapng.ClassicNanoseconds);
        magic = _input.U32(first);
        return magic is Pcapng.ClassicMicroseconds or Pcapng.ClassicNanoseconds
            ? new ClassicFormat(_input, magic == Pcapng.ClassicNanoseconds)
            : throw new PcapFormatException(0, "Expected a capture file (pcapng begins with 0A 0D 0D 0A, pcap with "
                + $"A1 B2 C3 D4, D4 C3 B2 A1, A1 B2 3C 4D or 4D 3C B2 A1), but found {Show(first)}{Hint(first)}");
    }

    private static string Show(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        foreach (byte b in bytes)
        {
            text.Append(text.Length > 0 ? " " : "").Append(b.ToString("X2"));
        }

        return bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? text.ToString() : $"{text} ('{Encoding.ASCII.GetString(bytes)}')";
    }

    private static string Hint(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0x1F, 0x8B]) ? ": it is packed with gzip, unpack it first"
        : bytes.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD]) ? ": it is packed with zstd, unpack it first"
        : "";
}
