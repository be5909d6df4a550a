using System.Buffers.Binary;

namespace IoTNet.Emulator;

/// <summary>What both sides of DHCP share: the headers around a message (Ethernet, IPv4, UDP) and the options in it.</summary>
internal static class DhcpFrame
{
    private const int Udp = DhcpReply.Ethernet + 20;

    /// <summary>Where the message begins.</summary>
    internal const int Message = Udp + 8;

    /// <summary>Finds the message in a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="port">Whose: the client's or the server's.</param>
    /// <param name="payload">The message.</param>
    /// <returns>Whether it is a whole datagram to the port.</returns>
    internal static bool TryFind(ReadOnlySpan<byte> frame, byte port, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (frame.Length < DhcpReply.Ethernet + 20 + 8 || frame[12] != 8 || frame[13] != 0)
        {
            return false;
        }

        ReadOnlySpan<byte> packet = frame[DhcpReply.Ethernet..];
        int header = (packet[0] & 15) * 4;
        int total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);

        // Version 4, UDP, no fragment (flag More and offset 0).
        if (packet[0] >> 4 != 4 || header < 20 || total < header + 8 || total > packet.Length || packet[9] != 17 ||
            (packet[6] & 0x3F) != 0 || packet[7] != 0 || DhcpChecksum.Sum(packet[..header], 0) != 0xFFFF)
        {
            return false;
        }

        ReadOnlySpan<byte> datagram = packet[header..total];
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[4..]);
        if (BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != port || length < 8 || length > datagram.Length ||
            (datagram[6] | datagram[7]) != 0 && !DhcpChecksum.Fits(packet, datagram[..length]))
        {
            return false;
        }

        payload = datagram[8..length];
        return true;
    }

    /// <summary>Takes the next option: one byte of code, one of length, and as many as that says; the end is the field's at the
    /// latest.</summary>
    /// <param name="options">What is left.</param>
    /// <param name="code">Its code.</param>
    /// <param name="value">Its value.</param>
    /// <param name="whole">Whether it is there to its end.</param>
    /// <returns>Whether there was one.</returns>
    internal static bool NextOption(ref ReadOnlySpan<byte> options, out byte code, out ReadOnlySpan<byte> value, out bool whole)
    {
        while (options.Length > 0 && options[0] == DhcpReply.Pad)
        {
            options = options[1..];
        }

        value = default;
        whole = true;
        code = options.Length > 0 ? options[0] : DhcpReply.End;
        if (code == DhcpReply.End)
        {
            return false;
        }

        whole = options.Length >= 2 && options.Length >= 2 + options[1];
        value = whole ? options.Slice(2, options[1]) : default;
        options = whole ? options[(2 + value.Length)..] : default;
        return true;
    }

    /// <summary>Writes an option.</summary>
    /// <returns>Its length.</returns>
    internal static int WriteOption(Span<byte> target, byte code, ReadOnlySpan<byte> value)
    {
        target[0] = code;
        target[1] = (byte)value.Length;
        value.CopyTo(target[2..]);
        return 2 + value.Length;
    }

    /// <summary>Writes the headers around a message.</summary>
    /// <param name="frame">The frame, its message written.</param>
    /// <param name="from">The sender's Ethernet address.</param>
    /// <param name="to">The receiver's.</param>
    /// <param name="source">The sender's address.</param>
    /// <param name="destination">The receiver's.</param>
    /// <param name="sourcePort">The sender's port; the receiver's is the other one.</param>
    internal static void WriteHeaders(
        byte[] frame, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, IPAddress source, IPAddress destination, byte sourcePort)
    {
        to.CopyTo(frame);
        from.CopyTo(frame.AsSpan(6));
        frame[12] = 8;
        Span<byte> packet = frame.AsSpan(DhcpReply.Ethernet);
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = 17;
        source.GetAddressBytes().CopyTo(packet[12..]);
        destination.GetAddressBytes().CopyTo(packet[16..]);
        DhcpChecksum.Write(packet[10..], DhcpChecksum.Sum(packet[..20], 0));

        Span<byte> datagram = frame.AsSpan(Udp);
        datagram[1] = sourcePort;
        datagram[3] = (byte)(DhcpReply.ClientPort + DhcpReply.ServerPort - sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagram.Length);
        DhcpChecksum.Write(datagram[6..], DhcpChecksum.Sum(datagram, DhcpChecksum.Pseudo(packet, datagram.Length)));
    }
}
