using System.Text;

namespace IoTNet.Emulator;

/// <summary>pcapng: sections of blocks, each with its length in front and at its end.</summary>
internal sealed class PcapngFormat : PcapReader.IFormat
{
    private const int MostInterfaces = 65_536;

    private readonly CaptureInput _input;
    private readonly List<Interface> _interfaces = [];

    /// <summary>Reads the first section's header, behind its block type.</summary>
    public PcapngFormat(CaptureInput input)
    {
        _input = input;
        ReadSectionHeader(start: 0, input.Read(4, "the length of the section header"));
    }

    public bool TryRead(out CapturedFrame frame)
    {
        while (true)
        {
            long start = _input.Offset;
            if (!_input.TryRead(8, "a block's type and length", out ReadOnlySpan<byte> head))
            {
                frame = default;
                return false;
            }

            uint type = _input.U32(head);
            if (type == Pcapng.SectionHeader)
            {
                ReadSectionHeader(start, head[4..]);
                continue;
            }

            int bodyLength = CheckLength(start, _input.U32(head[4..])) - Pcapng.BlockOverhead;
            ReadOnlySpan<byte> body = ReadBody(start, bodyLength);
            switch (type)
            {
                case Pcapng.InterfaceDescription:
                    ReadInterface(start, body);
                    break;
                case Pcapng.EnhancedPacket:
                    frame = ReadPacket(start, body, _input.U32(Need(start, body, 20, "an enhanced packet block")));
                    return true;
                case Pcapng.OldPacket:
                    frame = ReadPacket(start, body, _input.U16(Need(start, body, 20, "a packet block")));
                    return true;
                case Pcapng.SimplePacket:
                    frame = ReadSimplePacket(start, body);
                    return true;

                // Names, statistics, secrets and blocks of later versions are none of our business (draft section 3.1).
            }
        }
    }

    // The byte order is inside, behind a length that cannot be read without it.
    private void ReadSectionHeader(long start, ReadOnlySpan<byte> lengthBytes)
    {
        uint raw = BitConverter.ToUInt32(lengthBytes);
        ReadOnlySpan<byte> magic = _input.Read(4, "the byte-order magic");
        _input.BigEndian = false;
        if (_input.U32(magic) != Pcapng.ByteOrderMagic)
        {
            _input.BigEndian = true;
            if (_input.U32(magic) != Pcapng.ByteOrderMagic)
            {
                throw new PcapFormatException(start + 8, $"Expected the byte-order magic 1A 2B 3C 4D in either order, found {Convert.ToHexString(magic)}");
            }
        }

        uint length = _input.U32(BitConverter.GetBytes(raw));
        int rest = CheckLength(start, length) - Pcapng.BlockOverhead - 4;
        if (rest < 12)
        {
            throw new PcapFormatException(start + 4, $"Expected a section header of 28 bytes or more, found {length}");
        }

        int major = _input.U16(ReadBody(start, rest, (int)length));
        if (major != 1)
        {
            throw new PcapFormatException(start + 12, $"Expected version 1 of the pcapng format, found {major}");
        }

        _interfaces.Clear();
    }

    private int CheckLength(long start, uint length)
    {
        return length >= Pcapng.BlockOverhead && length <= Pcapng.LongestBlock && length % 4 == 0 ? (int)length
            : throw new PcapFormatException(start + 4, $"Expected a block length of 12 to {Pcapng.LongestBlock} bytes, a multiple of 4, found {length}");
    }

    private ReadOnlySpan<byte> ReadBody(long start, int length) => ReadBody(start, length, length + Pcapng.BlockOverhead);

    private ReadOnlySpan<byte> ReadBody(long start, int rest, int blockLength)
    {
        ReadOnlySpan<byte> body = _input.Read(rest + 4, "the rest of a block");
        uint again = _input.U32(body[rest..]);
        return again == blockLength ? body[..rest]
            : throw new PcapFormatException(start + blockLength - 4, $"Expected the block's length {blockLength} again at its end, found {again}");
    }

    private static ReadOnlySpan<byte> Need(long start, ReadOnlySpan<byte> body, int bytes, string what)
    {
        return body.Length >= bytes ? body
            : throw new PcapFormatException(start + 4, $"Expected {what} of {bytes + Pcapng.BlockOverhead} bytes or more, found {body.Length + Pcapng.BlockOverhead}");
    }

    private void ReadInterface(long start, ReadOnlySpan<byte> body)
    {
        Need(start, body, 8, "an interface description");
        if (_interfaces.Count == MostInterfaces)
        {
            throw new PcapFormatException(start, $"Expected at most {MostInterfaces} interfaces in a section, found one more");
        }

        Interface made = new() { LinkType = _input.U16(body), SnapLength = _input.U32(body[4..]) };
        int at = 8;
        while (NextOption(start, body, ref at, out int code, out ReadOnlySpan<byte> value))
        {
            switch (code)
            {
                case Pcapng.OptionInterfaceName:
                    made.Name = Encoding.UTF8.GetString(value);
                    break;
                case Pcapng.OptionInterfaceResolution when value.Length >= 1:
                    made.Resolution = value[0];
                    break;
                case Pcapng.OptionInterfaceOffset when value.Length >= 8:
                    made.OffsetSeconds = _input.BigEndian ? (long)(((ulong)_input.U32(value) << 32) | _input.U32(value[4..]))
                        : (long)(((ulong)_input.U32(value[4..]) << 32) | _input.U32(value));
                    break;
            }
        }

        _interfaces.Add(made);
    }

    // Enhanced and old packet blocks have their times and lengths at the same places.
    private CapturedFrame ReadPacket(long start, ReadOnlySpan<byte> body, uint interfaceIndex)
    {
        Interface source = InterfaceAt(start, interfaceIndex);
        ulong time = ((ulong)_input.U32(body[4..]) << 32) | _input.U32(body[8..]);
        uint captured = _input.U32(body[12..]);
        uint length = _input.U32(body[16..]);
        if (captured > body.Length - 20)
        {
            throw new PcapFormatException(start + 20, $"Expected a packet of at most {body.Length - 20} bytes in its block, found {captured}");
        }

        FrameFate fate = FrameFate.Passed;
        bool outbound = false;
        int at = 20 + Pcapng.Padded((int)captured);
        while (NextOption(start, body, ref at, out int code, out ReadOnlySpan<byte> value))
        {
            if (code == Pcapng.OptionComment && FateComments.TryRead(value, out FrameFate noted))
            {
                fate = noted;
            }
            else if (code == Pcapng.OptionPacketFlags && value.Length >= 4)
            {
                outbound = (_input.U32(value) & Pcapng.DirectionMask) == Pcapng.Outbound;
            }
        }

        // Others call outbound what the capturing host sent; with a fate it is the second record of a frame.
        FrameDirection direction = outbound && fate != FrameFate.Passed ? FrameDirection.ToDevice : FrameDirection.FromDevice;
        return Frame(source, source.TimeOf(time, start), body.Slice(20, (int)captured), length) with { Direction = direction, Fate = fate };
    }

    // No time, no captured length: the interface's snap length or the block's end cuts it (draft section 4.4).
    private CapturedFrame ReadSimplePacket(long start, ReadOnlySpan<byte> body)
    {
        uint length = _input.U32(Need(start, body, 4, "a simple packet block"));
        Interface source = InterfaceAt(start, 0);
        uint limit = source.SnapLength == 0 ? uint.MaxValue : source.SnapLength;
        int captured = (int)Math.Min(Math.Min(length, limit), (uint)body.Length - 4);
        return Frame(source, DateTimeOffset.UnixEpoch, body.Slice(4, captured), length);
    }

    private static CapturedFrame Frame(Interface source, DateTimeOffset time, ReadOnlySpan<byte> data, uint length)
    {
        int whole = (int)Math.Min(int.MaxValue, Math.Max(length, (uint)data.Length));
        return new CapturedFrame(source.Name, time, FrameDirection.FromDevice, FrameFate.Passed, data.ToArray(), whole, source.LinkType);
    }

    private Interface InterfaceAt(long start, uint index)
    {
        return index < _interfaces.Count ? _interfaces[(int)index]
            : throw new PcapFormatException(start + 8, $"Expected one of the section's {_interfaces.Count} interfaces, found a packet of interface {index}");
    }

    private bool NextOption(long start, ReadOnlySpan<byte> body, ref int at, out int code, out ReadOnlySpan<byte> value)
    {
        value = default;
        code = Pcapng.OptionEnd;
        if (body.Length - at < 4)
        {
            return false;
        }

        code = _input.U16(body[at..]);
        int length = _input.U16(body[(at + 2)..]);
        if (code == Pcapng.OptionEnd)
        {
            return false;
        }

        if (length > body.Length - at - 4)
        {
            throw new PcapFormatException(start + 8 + at, $"Expected an option of at most {body.Length - at - 4} bytes in its block, found {length}");
        }

        value = body.Slice(at + 4, length);
        at += 4 + Pcapng.Padded(length);
        return true;
    }

    private sealed class Interface
    {
        public string Name { get; set; } = "";

        public int LinkType { get; init; }

        public uint SnapLength { get; init; }

        // if_tsresol: a power of ten, or of two with the top bit set; microseconds when the file says nothing.
        public byte Resolution { get; set; } = 6;

        public long OffsetSeconds { get; set; }

        public DateTimeOffset TimeOf(ulong units, long start)
        {
            int power = Resolution & 0x7F;
            UInt128 ticks = (UInt128)units * TimeSpan.TicksPerSecond;
            if ((Resolution & 0x80) != 0)
            {
                ticks >>= power;
            }
            else
            {
                for (; power > 0 && ticks != 0; power--)
                {
                    ticks /= 10;
                }
            }

            Int128 time = (Int128)ticks + ((Int128)OffsetSeconds * TimeSpan.TicksPerSecond) + DateTimeOffset.UnixEpoch.Ticks;
            return time >= 0 && time <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset((long)time, TimeSpan.Zero)
                : throw new PcapFormatException(start + 12, "Expected a time in the years 1 to 9999, found one outside them");
        }
    }
}
