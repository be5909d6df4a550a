using System.Buffers.Binary;

namespace IoTNet.Emulator;

// RFC 2131 figure 1, RFC 2132: a client's message, as a server reads it, and the server's answer to it.

/// <summary>A message of a DHCP client.</summary>
internal sealed class DhcpRequest
{
    private const int MessageBytes = 300 + 64;

    private readonly byte[] _transaction;
    private readonly bool _wantsBroadcast;

    private DhcpRequest(ReadOnlySpan<byte> message)
    {
        _transaction = message.Slice(4, 4).ToArray();
        _wantsBroadcast = (message[10] & 0x80) != 0;
        Current = new IPAddress(message.Slice(12, 4).ToArray());
        HardwareAddress = message.Slice(28, 6).ToArray();
    }

    /// <summary>Discover, Request, Release ...</summary>
    internal byte Type { get; private set; }

    /// <summary>The client's Ethernet address.</summary>
    internal byte[] HardwareAddress { get; }

    /// <summary>The address that the client has and wants to keep; Any = none.</summary>
    internal IPAddress Current { get; }

    /// <summary>The address that the client asks for; Any = none.</summary>
    internal IPAddress Wanted { get; private set; } = IPAddress.Any;

    /// <summary>The server whose offer the client takes; Any = none.</summary>
    internal IPAddress Server { get; private set; } = IPAddress.Any;

    /// <summary>Reads a frame.</summary>
    /// <returns>The message; null when it is none, or malformed.</returns>
    internal static DhcpRequest? Read(ReadOnlySpan<byte> frame)
    {
        // op BOOTREQUEST, htype Ethernet, hlen 6.
        if (!DhcpFrame.TryFind(frame, DhcpReply.ServerPort, out ReadOnlySpan<byte> message) || message.Length < DhcpReply.Fixed + 4 ||
            message[0] != 1 || message[1] != 1 || message[2] != 6 ||
            !message.Slice(DhcpReply.Fixed, 4).SequenceEqual(DhcpReply.Cookie))
        {
            return null;
        }

        DhcpRequest request = new(message);
        ReadOnlySpan<byte> options = message[(DhcpReply.Fixed + 4)..];
        while (DhcpFrame.NextOption(ref options, out byte code, out ReadOnlySpan<byte> value, out bool whole))
        {
            if (!whole || !request.Take(code, value))
            {
                return null;
            }
        }

        return request.Type == 0 ? null : request;
    }

    /// <summary>Writes the answer.</summary>
    /// <param name="type">Offer, Ack or Nak.</param>
    /// <param name="address">The client's address; Any in a Nak.</param>
    /// <param name="options">What the server tells.</param>
    /// <param name="from">The server's Ethernet address.</param>
    /// <returns>The frame.</returns>
    internal byte[] Answer(byte type, IPAddress address, DhcpServerOptions options, ReadOnlySpan<byte> from)
    {
        byte[] frame = new byte[DhcpFrame.Message + MessageBytes];
        Span<byte> message = frame.AsSpan(DhcpFrame.Message);
        message[0] = 2;
        message[1] = 1;
        message[2] = 6;
        _transaction.CopyTo(message[4..]);
        message[10] = (byte)(_wantsBroadcast ? 0x80 : 0);
        Current.GetAddressBytes().CopyTo(message[12..]);
        address.GetAddressBytes().CopyTo(message[16..]);
        HardwareAddress.CopyTo(message[28..]);
        DhcpReply.Cookie.CopyTo(message[DhcpReply.Fixed..]);
        WriteOptions(message[(DhcpReply.Fixed + 4)..], type, options);

        // RFC 2131 4.1: to the address that the client has, else to all, as it asks for; a Nak always to all.
        bool unicast = !Current.Equals(IPAddress.Any) && type != DhcpReply.Nak;
        DhcpFrame.WriteHeaders(
            frame, from, unicast || (!_wantsBroadcast && type != DhcpReply.Nak) ? HardwareAddress : [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            options.Address, unicast ? Current : IPAddress.Broadcast, DhcpReply.ServerPort);
        return frame;
    }

    private static void WriteOptions(Span<byte> target, byte type, DhcpServerOptions options)
    {
        int at = DhcpFrame.WriteOption(target, DhcpReply.MessageType, [type]);
        at += DhcpFrame.WriteOption(target[at..], DhcpReply.ServerId, options.Address.GetAddressBytes());
        if (type != DhcpReply.Nak)
        {
            Span<byte> seconds = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(seconds, options.LeaseSeconds);
            at += DhcpFrame.WriteOption(target[at..], DhcpReply.LeaseTime, seconds);
            at += DhcpFrame.WriteOption(target[at..], DhcpReply.Netmask, options.Netmask.GetAddressBytes());
            at += options.Router.Equals(IPAddress.Any) ? 0
                : DhcpFrame.WriteOption(target[at..], DhcpReply.Router, options.Router.GetAddressBytes());
            at += options.NameServers.Count == 0 ? 0
                : DhcpFrame.WriteOption(target[at..], DhcpReply.NameServer, [.. options.NameServers.SelectMany(s => s.GetAddressBytes())]);
        }

        target[at] = DhcpReply.End;
    }

    private bool Take(byte code, ReadOnlySpan<byte> value)
    {
        switch (code)
        {
            case DhcpReply.MessageType:
                Type = value.Length == 1 ? value[0] : (byte)0;
                return Type != 0;
            case DhcpReply.RequestedAddress when value.Length == 4:
                Wanted = new IPAddress(value.ToArray());
                return true;
            case DhcpReply.ServerId when value.Length == 4:
                Server = new IPAddress(value.ToArray());
                return true;
            default:
                return code is not (DhcpReply.RequestedAddress or DhcpReply.ServerId);
        }
    }
}
