using System.Buffers.Binary;
using System.Text;

namespace IoTNet.Emulator;

// RFC 2131 figure 1 and table 5: a client's message within UDP, IPv4 and Ethernet, always broadcast.

/// <summary>Writes a DHCP client's messages.</summary>
internal static class DhcpQuery
{
    // RFC 1542 2.1: a BOOTP message has at least 300 bytes.
    private const int MessageBytes = 300 + 64;
    private const int LongestName = 32;

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
        byte[] frame = new byte[DhcpFrame.Message + MessageBytes];
        Span<byte> message = frame.AsSpan(DhcpFrame.Message);
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
        at += DhcpFrame.WriteOption(options[at..], DhcpReply.MessageType, [type]);
        at += DhcpFrame.WriteOption(options[at..], DhcpReply.ClientId, [1, .. hardwareAddress]);
        at += wanted == null ? 0 : DhcpFrame.WriteOption(options[at..], DhcpReply.RequestedAddress, wanted.GetAddressBytes());
        at += server == null ? 0 : DhcpFrame.WriteOption(options[at..], DhcpReply.ServerId, server.GetAddressBytes());
        byte[] host = Encoding.ASCII.GetBytes(name);
        at += host.Length == 0 ? 0 : DhcpFrame.WriteOption(options[at..], DhcpReply.HostName, host.AsSpan(0, Math.Min(host.Length, LongestName)));
        at += DhcpFrame.WriteOption(options[at..], DhcpReply.ParameterList,
            [DhcpReply.Netmask, DhcpReply.Router, DhcpReply.NameServer, DhcpReply.LeaseTime]);
        options[at] = DhcpReply.End;

        DhcpFrame.WriteHeaders(
            frame, hardwareAddress, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], current, IPAddress.Broadcast, DhcpReply.ClientPort);
        return frame;
    }
}
