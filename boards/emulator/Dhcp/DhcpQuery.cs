using System.Buffers.Binary;
using System.Text;

namespace IoTNet.Emulator;

// RFC 2131 figure 1 and table 5: a client's message within UDP, IPv4 and Ethernet, always broadcast.

/// <summary>Writes a DHCP client's messages.</summary>
internal static class DhcpQuery
{
    // RFC 1542 2.1: a BOOTP message has at least 300 bytes.
    private const int MessageBytes = 300 + 64;
    private const int Udp = DhcpReply.Ethernet + 20, Message = Udp + 8, LongestName = 32;

    /// <summary>Writes a message.</summary>
    /// <param name="type">Discover or Request.</param>
    /// <param name="hardwareAddress">The client's Ethernet address.</param>
    /// <param name="name">The client's name, for the server's list; cut at 32 bytes.</param>
    /// <param name="transaction">The number that the answer carries, too.</param>
    /// <param name="current">The address that the client has and wants to keep; Any = none.</param>
    /// <param name="wanted">The address that the client asks for; null = any.</param>
    /// <param name="server">The server whose offer is taken; null = all.</param>
    /// <returns>The frame.</returns>
    internal static byte[] Write(
        byte type, ReadOnlySpan<byte> hardwareAddress, string name, uint transaction, IPAddress current, IPAddress? wanted, IPAddress? server)
    {
        byte[] frame = new byte[Message + MessageBytes];
        frame.AsSpan(0, 6).Fill(0xFF);
        hardwareAddress.CopyTo(frame.AsSpan(6));
        frame[12] = 8;

        Span<byte> message = frame.AsSpan(Message);
        message[0] = 1;
        message[1] = 1;
        message[2] = 6;
        BinaryPrimitives.WriteUInt32BigEndian(message[4..], transaction);

        // RFC 2131 4.1: a client that cannot take unicast before it has its address asks for a broadcast.
        message[10] = (byte)(current.Equals(IPAddress.Any) ? 0x80 : 0);
        current.GetAddressBytes().CopyTo(message[12..]);
        hardwareAddress.CopyTo(message[28..]);
        DhcpReply.Cookie.CopyTo(message[DhcpReply.Fixed..]);

        Span<byte> options = message[(DhcpReply.Fixed + 4)..];
        int at = 0;
        at += Option(options[at..], DhcpReply.MessageType, [type]);
        at += Option(options[at..], DhcpReply.ClientId, [1, .. hardwareAddress]);
        at += wanted == null ? 0 : Option(options[at..], DhcpReply.RequestedAddress, wanted.GetAddressBytes());
        at += server == null ? 0 : Option(options[at..], DhcpReply.ServerId, server.GetAddressBytes());
        byte[] host = Encoding.ASCII.GetBytes(name);
        at += host.Length == 0 ? 0 : Option(options[at..], DhcpReply.HostName, host.AsSpan(0, Math.Min(host.Length, LongestName)));
        at += Option(options[at..], DhcpReply.ParameterList,
            [DhcpReply.Netmask, DhcpReply.Router, DhcpReply.NameServer, DhcpReply.LeaseTime]);
        options[at] = DhcpReply.End;

        WriteHeaders(frame, current);
        return frame;
    }

    private static int Option(Span<byte> target, byte code, ReadOnlySpan<byte> value)
    {
        target[0] = code;
        target[1] = (byte)value.Length;
        value.CopyTo(target[2..]);
        return 2 + value.Length;
    }

    private static void WriteHeaders(byte[] frame, IPAddress source)
    {
        Span<byte> packet = frame.AsSpan(DhcpReply.Ethernet);
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = 17;
        source.GetAddressBytes().CopyTo(packet[12..]);
        packet.Slice(16, 4).Fill(0xFF);
        DhcpChecksum.Write(packet[10..], DhcpChecksum.Sum(packet[..20], 0));

        Span<byte> datagram = frame.AsSpan(Udp);
        datagram[1] = DhcpReply.ClientPort;
        datagram[3] = DhcpReply.ServerPort;
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagram.Length);
        DhcpChecksum.Write(datagram[6..], DhcpChecksum.Sum(datagram, DhcpChecksum.Pseudo(packet, datagram.Length)));
    }
}
