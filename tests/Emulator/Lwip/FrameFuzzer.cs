using System.Buffers.Binary;

namespace IoTNet.Emulator.Tests;

/// <summary>Makes malformed frames out of real ones: bytes changed, cut short, made longer, put together of two, or made up;
/// most with their lengths and checksums put right, so that they come as deep as they can. It listens to the board and
/// speaks within its connections.</summary>
internal sealed class FrameFuzzer(Random random, IReadOnlyList<byte[]> corpus)
{
    private const int MaximumFrame = 1514, IpOffset = 14;
    private const byte FlagFin = 1, FlagSyn = 2, FlagReset = 4, FlagAck = 16;

    // Values at which parsers go wrong.
    private static readonly byte[] s_edges = [0, 1, 2, 3, 4, 5, 8, 15, 16, 0x3F, 0x40, 0x45, 0x60, 0x7F, 0x80, 0xFE, 0xFF];

    private readonly object _lock = new();
    private readonly byte[] _frame = new byte[MaximumFrame];
    private readonly byte[][] _segments = new byte[16][];
    private int _segmentCount;
    private int _length;

    /// <summary>Takes note of what the board sent: the TCP segments of its connections.</summary>
    internal void Listen(ReadOnlySpan<byte> frame)
    {
        // A reset tells of no connection.
        int at = TcpOffset(frame);
        if (at > 0 && (frame[at + 13] & FlagReset) == 0)
        {
            lock (_lock)
            {
                _segments[_segmentCount++ % _segments.Length] = frame[..Math.Min(frame.Length, 100)].ToArray();
            }
        }
    }

    /// <summary>The next frame; valid until the one after it.</summary>
    internal ReadOnlySpan<byte> Next()
    {
        byte[] origin = corpus[random.Next(corpus.Count)];
        _length = origin.Length;
        origin.CopyTo(_frame, 0);
        switch (random.Next(24))
        {
            case 0:
                // Nothing but noise.
                _length = random.Next(MaximumFrame + 1);
                random.NextBytes(_frame.AsSpan(0, _length));
                break;
            case 1:
                // An honest Ethernet header before noise.
                _length = random.Next(IpOffset, MaximumFrame + 1);
                random.NextBytes(_frame.AsSpan(IpOffset, _length - IpOffset));
                break;
        }

        if (random.Next(3) > 0)
        {
            JoinConnection();
        }

        for (int changes = random.Next(5); changes > 0; changes--)
        {
            Change();
        }

        if (random.Next(4) > 0)
        {
            RepairLength();
        }

        if (random.Next(8) > 0)
        {
            Checksums.Repair(_frame.AsSpan(0, _length));
        }

        return _frame.AsSpan(0, _length);
    }

    private static int TcpOffset(ReadOnlySpan<byte> frame)
    {
        return frame.Length < IpOffset + 40 ? -1
            : frame[12] == 0x08 && frame[13] == 0 && frame[23] == 6 && frame[14] == 0x45 ? IpOffset + 20
            : frame[12] == 0x86 && frame[13] == 0xDD && frame[20] == 6 && frame.Length >= IpOffset + 60 ? IpOffset + 40 : -1;
    }

    // Gives a TCP segment the ports and numbers that the board expects of the other end of one of its connections.
    private void JoinConnection()
    {
        int at = TcpOffset(_frame.AsSpan(0, _length));
        byte[]? heard;
        lock (_lock)
        {
            heard = _segmentCount == 0 ? null : _segments[random.Next(Math.Min(_segmentCount, _segments.Length))];
        }

        if (at < 0 || heard == null || TcpOffset(heard) != at)
        {
            return;
        }

        ReadOnlySpan<byte> theirs = heard.AsSpan(at);
        Span<byte> ours = _frame.AsSpan(at);
        theirs[..2].CopyTo(ours[2..]);
        theirs.Slice(2, 2).CopyTo(ours);
        bool isSyn = (theirs[13] & FlagSyn) != 0;
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(theirs[8..]);
        uint sent = BinaryPrimitives.ReadUInt32BigEndian(theirs[4..]) + (isSyn ? 1u : 0);

        // Mostly in order and acknowledged in part; now and then out of the window.
        expected += random.Next(4) == 0 ? (uint)random.Next(-3000, 9000) : 0;
        sent += random.Next(2) == 0 ? (uint)random.Next(4000) : 0;
        BinaryPrimitives.WriteUInt32BigEndian(ours[4..], expected);
        BinaryPrimitives.WriteUInt32BigEndian(ours[8..], sent);
        bool answersSyn = isSyn && (theirs[13] & FlagAck) == 0;
        ours[13] = random.Next(4) == 0 ? (byte)random.Next(256)
            : (byte)(FlagAck | (answersSyn ? FlagSyn : 0) | (random.Next(6) == 0 ? FlagFin : 0));
    }

    private void Change()
    {
        // Headers are where it matters.
        int at = random.Next(4) > 0 ? random.Next(12, Math.Max(13, Math.Min(_length, 110))) : random.Next(Math.Max(1, _length));
        if (at >= _length)
        {
            return;
        }

        switch (random.Next(9))
        {
            case 0:
                _frame[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                _frame[at] = (byte)random.Next(256);
                break;
            case 2 or 3:
                _frame[at] = s_edges[random.Next(s_edges.Length)];
                break;
            case 4:
                // A length or an offset, perhaps.
                BinaryPrimitives.TryWriteUInt16BigEndian(_frame.AsSpan(at, _length - at), (ushort)(random.Next(3) == 0 ? random.Next(65536) : random.Next(64)));
                break;
            case 5:
                _length = random.Next(at, _length + 1);
                break;
            case 6:
                int longer = Math.Min(MaximumFrame, _length + random.Next(200));
                random.NextBytes(_frame.AsSpan(_length, longer - _length));
                _length = longer;
                break;
            case 7:
                // The end of another frame behind the beginning of this one.
                byte[] other = corpus[random.Next(corpus.Count)];
                int part = Math.Min(at, other.Length);
                other.AsSpan(part).CopyTo(_frame.AsSpan(part));
                _length = other.Length;
                break;
            default:
                random.NextBytes(_frame.AsSpan(at, Math.Min(random.Next(1, 16), _length - at)));
                break;
        }
    }

    // The length that the IP header tells, or the frame is dropped at the first look.
    private void RepairLength()
    {
        if (_length >= IpOffset + 20 && _frame[12] == 0x08 && _frame[13] == 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(IpOffset + 2), (ushort)(_length - IpOffset));
        }
        else if (_length >= IpOffset + 40 && _frame[12] == 0x86 && _frame[13] == 0xDD)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(IpOffset + 4), (ushort)(_length - IpOffset - 40));
        }
    }
}
