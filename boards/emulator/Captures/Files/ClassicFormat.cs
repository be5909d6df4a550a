namespace IoTNet.Emulator;

/// <summary>The classic pcap: a header of 24 bytes, and records with a header of 16 (draft-ietf-opsawg-pcap).</summary>
internal sealed class ClassicFormat : PcapReader.IFormat
{
    private readonly CaptureInput _input;
    private readonly bool _nanoseconds;
    private readonly int _linkType;

    /// <summary>Reads the rest of the header, behind the magic number.</summary>
    public ClassicFormat(CaptureInput input, bool nanoseconds)
    {
        _input = input;
        _nanoseconds = nanoseconds;
        ReadOnlySpan<byte> header = input.Read(Pcapng.ClassicHeader - 4, "the rest of the file header");
        int major = input.U16(header);
        if (major != 2)
        {
            throw new PcapFormatException(4, $"Expected version 2 of the pcap format, found {major}.{input.U16(header[2..])}");
        }

        // The upper bits tell whether frames have their check sequence behind them.
        _linkType = (int)(input.U32(header[16..]) & 0xFFFF);
    }

    public bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        long start = _input.Offset;
        if (!_input.TryRead(Pcapng.ClassicRecord, "a packet header", out ReadOnlySpan<byte> header))
        {
            return false;
        }

        uint seconds = _input.U32(header);
        uint fraction = _input.U32(header[4..]);
        uint captured = _input.U32(header[8..]);
        uint length = _input.U32(header[12..]);
        if (captured > Pcapng.LongestBlock)
        {
            throw new PcapFormatException(start + 8, $"Expected a packet of at most {Pcapng.LongestBlock} bytes, found {captured}");
        }

        byte[] data = captured == 0 ? [] : _input.Read((int)captured, "a packet").ToArray();
        long ticks = (seconds * TimeSpan.TicksPerSecond) + (_nanoseconds ? fraction / 100 : fraction * 10L);
        frame = new CapturedFrame(
            "", DateTimeOffset.UnixEpoch.AddTicks(ticks), FrameDirection.FromDevice, FrameFate.Passed, data,
            (int)Math.Min(int.MaxValue, Math.Max(length, captured)), _linkType);
        return true;
    }
}
