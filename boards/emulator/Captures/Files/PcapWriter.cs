using System.Buffers.Binary;
using System.Text;

namespace IoTNet.Emulator;

/// <summary>
/// Writes what a switch sees into a pcapng file, which Wireshark, tshark and tcpdump open: an interface for each port, by
/// its name; times in nanoseconds; inbound what came from the port's device; a comment on each frame that did not simply
/// pass (<see cref="FrameFate"/>).
/// </summary>
/// <remarks>
/// A frame that did not simply get out of the switch to a device is there a second time: outbound, at that device's port,
/// with a comment such as "Lost: lost on the way to sensor". Wireshark's filter <c>frame.packet_flags_direction == 1</c>
/// shows each frame once.
/// Frames are encoded into a buffer of fixed size, which goes to the file when it is full: nothing is allocated for a
/// frame, and most cost no more than a copy. The file is readable after each <see cref="Flush"/> and after
/// <see cref="Dispose"/>. A file that cannot be written any more (disk full) stops the capture and never the network: the
/// next Flush or Dispose throws, once. All members can be called from any thread.
/// </remarks>
public sealed class PcapWriter : IFrameObserver, IDisposable
{
    /// <summary>The bytes of a frame that are kept; the file tells the length of the whole.</summary>
    public const int SnapLength = 65_535;

    private const int BufferBytes = 256 * 1024;
    private const int LongestName = 255;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Interface> _interfaces = [];
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly Stream _stream;
    private readonly string _target;
    private readonly bool _leaveOpen;
    private int _used;
    private long _frames;
    private long _missed;
    private Exception? _failure;
    private bool _told;
    private bool _disposed;

    /// <summary>Makes a capture file; an older one of the name is overwritten.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made for want of the right.</exception>
    public PcapWriter(string path)
        : this(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0), path, leaveOpen: false)
    {
    }

    /// <summary>Writes a capture to a stream.</summary>
    /// <param name="stream">Takes the bytes; a slow one slows the network down.</param>
    /// <param name="leaveOpen">Whether it stays open when this is disposed.</param>
    public PcapWriter(Stream stream, bool leaveOpen = false)
        : this(stream, "the stream", leaveOpen)
    {
    }

    private PcapWriter(Stream stream, string target, bool leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _target = target;
        _leaveOpen = leaveOpen;
        WriteSectionHeader();
    }

    /// <summary>The frames that were taken.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    /// <summary>The frames that are missing from the file, because it could not be written or was disposed.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    /// <inheritdoc/>
    public void Observe(in FrameObservation seen, ReadOnlySpan<byte> frame)
    {
        lock (_lock)
        {
            if (_disposed || _failure is not null)
            {
                _missed++;
                return;
            }

            WritePacket(InterfaceOf(seen.Port), seen, frame);
            _frames++;
        }
    }

    /// <summary>Writes what is buffered, so that the file can be read as far as it goes.</summary>
    /// <exception cref="IOException">The file cannot be written (now or since an earlier frame), which is told once.</exception>
    public void Flush()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                Drain(toTheDisk: true);
            }

            Tell();
        }
    }

    /// <summary>Writes what is buffered and closes the file.</summary>
    /// <exception cref="IOException">The file could not be written, and no Flush has told so.</exception>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            Drain(toTheDisk: true);
            _disposed = true;
            Close();
            Tell();
        }
    }

    private void WriteSectionHeader()
    {
        ReadOnlySpan<byte> application = "IoTNet"u8;
        int length = Pcapng.BlockOverhead + 16 + 4 + Pcapng.Padded(application.Length) + 4;
        Put32(Pcapng.SectionHeader);
        Put32((uint)length);
        Put32(Pcapng.ByteOrderMagic);
        Put16(1);
        Put16(0);

        // The section's length is not known yet: -1.
        Put32(uint.MaxValue);
        Put32(uint.MaxValue);
        PutOption(Pcapng.OptionSectionApplication, application);
        Put32(Pcapng.OptionEnd);
        Put32((uint)length);
    }

    private Interface InterfaceOf(string port)
    {
        if (_interfaces.TryGetValue(port, out Interface known))
        {
            return known;
        }

        byte[] name = Encoding.UTF8.GetBytes(port);
        name = name[..Math.Min(name.Length, LongestName)];
        int length = Pcapng.BlockOverhead + 8 + 4 + Pcapng.Padded(name.Length) + 8 + 4;
        Reserve(length);
        Put32(Pcapng.InterfaceDescription);
        Put32((uint)length);
        Put16(CapturedFrame.Ethernet);
        Put16(0);
        Put32(SnapLength);
        PutOption(Pcapng.OptionInterfaceName, name);
        PutOption(Pcapng.OptionInterfaceResolution, [9]);
        Put32(Pcapng.OptionEnd);
        Put32((uint)length);
        Interface made = new(_interfaces.Count, name);
        _interfaces.Add(port, made);
        return made;
    }

    private void WritePacket(in Interface port, in FrameObservation seen, ReadOnlySpan<byte> frame)
    {
        int captured = Math.Min(frame.Length, SnapLength);
        ReadOnlySpan<byte> comment = FateComments.Of(seen.Direction, seen.Fate);
        ReadOnlySpan<byte> name = comment.IsEmpty || seen.Direction == FrameDirection.FromDevice ? default : port.Name;
        int commented = comment.IsEmpty ? 0 : 4 + Pcapng.Padded(comment.Length + name.Length);
        uint length = (uint)(Pcapng.BlockOverhead + 20 + Pcapng.Padded(captured) + commented + 8 + 4);
        Reserve((int)length);
        ulong nanoseconds = (ulong)Math.Max(0, seen.Time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;
        Put32(Pcapng.EnhancedPacket);
        Put32(length);
        Put32((uint)port.Index);
        Put32((uint)(nanoseconds >> 32));
        Put32((uint)nanoseconds);
        Put32((uint)captured);
        Put32((uint)frame.Length);
        PutPadded(frame[..captured]);
        if (commented > 0)
        {
            PutOption(Pcapng.OptionComment, comment, name);
        }

        Put16(Pcapng.OptionPacketFlags);
        Put16(4);
        Put32(seen.Direction == FrameDirection.FromDevice ? Pcapng.Inbound : Pcapng.Outbound);
        Put32(Pcapng.OptionEnd);
        Put32(length);
    }

    private void Reserve(int bytes)
    {
        if (BufferBytes - _used < bytes)
        {
            Drain(toTheDisk: false);
        }
    }

    private void Drain(bool toTheDisk)
    {
        if (_failure is not null)
        {
            return;
        }

        try
        {
            _stream.Write(_buffer, 0, _used);
            if (toTheDisk)
            {
                _stream.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or NotSupportedException or UnauthorizedAccessException)
        {
            _failure = e;
        }

        // Also after a failure: what comes goes nowhere, and must not overrun the buffer.
        _used = 0;
    }

    private void Close()
    {
        if (_leaveOpen)
        {
            return;
        }

        try
        {
            _stream.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failure ??= e;
        }
    }

    private void Tell()
    {
        if (_failure is not null && !_told)
        {
            _told = true;
            throw new IOException($"The capture ended early, as {_target} cannot be written: {_failure.Message}", _failure);
        }
    }

    private void PutOption(int code, ReadOnlySpan<byte> value, ReadOnlySpan<byte> more = default)
    {
        Put16(code);
        Put16(value.Length + more.Length);
        value.CopyTo(_buffer.AsSpan(_used));
        _used += value.Length;
        PutPadded(more, value.Length);
    }

    // Filled up with zeros to four bytes, counted from what stands before.
    private void PutPadded(ReadOnlySpan<byte> bytes, int before = 0)
    {
        bytes.CopyTo(_buffer.AsSpan(_used));
        int filling = Pcapng.Padded(before + bytes.Length) - before - bytes.Length;
        _buffer.AsSpan(_used + bytes.Length, filling).Clear();
        _used += bytes.Length + filling;
    }

    private void Put16(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(_used), (ushort)value);
        _used += 2;
    }

    private void Put32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_used), value);
        _used += 4;
    }

    private readonly record struct Interface(int Index, byte[] Name);
}
