using System.Buffers.Binary;

namespace IoTNet.Emulator;

// RFC 2131 figure 1, RFC 2132: a server's message within Ethernet, IPv4 and UDP.

/// <summary>A message of a DHCP server.</summary>
internal sealed class DhcpReply
{
    /// <summary>Message types (RFC 2132 9.6).</summary>
    internal const byte Discover = 1, Offer = 2, Request = 3, Decline = 4, Ack = 5, Nak = 6, Release = 7;

    /// <summary>Options (RFC 2132).</summary>
    internal const byte Netmask = 1, Router = 3, NameServer = 6, HostName = 12, RequestedAddress = 50, LeaseTime = 51,
        Overload = 52, MessageType = 53, ServerId = 54, ParameterList = 55, ClientId = 61, Pad = 0, End = 255;

    internal const int Ethernet = 14, ClientPort = 68, ServerPort = 67, Fixed = 236;

    private const int NameField = 44, NameLength = 64, FileField = 108, FileLength = 128, MostServers = 8;

    private DhcpReply()
    {
    }

    internal static ReadOnlySpan<byte> Cookie => [99, 130, 83, 99];

    internal byte Type { get; private set; }

    internal uint Transaction { get; private init; }

    internal IPAddress Address { get; private init; } = IPAddress.Any;

    internal IPAddress Server { get; private set; } = IPAddress.Any;

    internal IPAddress Mask { get; private set; } = IPAddress.Any;

    internal IPAddress Gateway { get; private set; } = IPAddress.Any;

    internal List<IPAddress> NameServers { get; } = [];

    internal uint LeaseSeconds { get; private set; }

    /// <summary>Whether a frame is a datagram to a DHCP client's port.</summary>
    internal static bool IsForClient(ReadOnlySpan<byte> frame)
    {
        return DhcpFrame.TryFind(frame, ClientPort, out _);
    }

    /// <summary>Reads a frame.</summary>
    /// <returns>The message; null when it is malformed or for another client.</returns>
    internal static DhcpReply? Read(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> hardwareAddress)
    {
        // op BOOTREPLY, htype Ethernet, hlen 6, chaddr the client's.
        if (!DhcpFrame.TryFind(frame, ClientPort, out ReadOnlySpan<byte> message) || message.Length < Fixed + 4 || message[0] != 2 ||
            message[1] != 1 || message[2] != 6 || !message.Slice(28, 6).SequenceEqual(hardwareAddress) ||
            !message.Slice(Fixed, 4).SequenceEqual(Cookie))
        {
            return null;
        }

        DhcpReply reply = new()
        {
            Transaction = BinaryPrimitives.ReadUInt32BigEndian(message[4..]),
            Address = ReadAddress(message[16..]),
        };
        bool whole = reply.ReadOptions(message[(Fixed + 4)..], out int overload);

        // RFC 2132 9.3: 1 = the file field holds options, 2 = the server name's, 3 = both, in this order.
        whole = whole && ((overload & 1) == 0 || reply.ReadOptions(message.Slice(FileField, FileLength), out _));
        whole = whole && ((overload & 2) == 0 || reply.ReadOptions(message.Slice(NameField, NameLength), out _));
        return whole && reply.Type != 0 ? reply : null;
    }

    private static IPAddress ReadAddress(ReadOnlySpan<byte> bytes)
    {
        return new IPAddress(bytes[..4].ToArray());
    }

    private bool ReadOptions(ReadOnlySpan<byte> options, out int overload)
    {
        overload = 0;
        while (DhcpFrame.NextOption(ref options, out byte code, out ReadOnlySpan<byte> value, out bool whole))
        {
            if (code == Overload && value.Length == 1)
            {
                overload = value[0];
            }
            else if (!whole || !TakeOption(code, value))
            {
                return false;
            }
        }

        return true;
    }

    private bool TakeOption(byte code, ReadOnlySpan<byte> value)
    {
        switch (code)
        {
            case MessageType:
                Type = value.Length == 1 ? value[0] : (byte)0;
                return value.Length == 1;
            case ServerId:
                return TakeAddress(value, address => Server = address);
            case Netmask:
                return TakeAddress(value, address => Mask = address);
            case Router when value.Length >= 4 && value.Length % 4 == 0:
                // RFC 2132 3.5: in order of preference.
                Gateway = ReadAddress(value);
                return true;
            case NameServer when value.Length >= 4 && value.Length % 4 == 0:
                for (int i = 0; i < value.Length && NameServers.Count < MostServers; i += 4)
                {
                    NameServers.Add(ReadAddress(value[i..]));
                }

                return true;
            case LeaseTime when value.Length == 4:
                LeaseSeconds = BinaryPrimitives.ReadUInt32BigEndian(value);
                return true;
            case Router or NameServer or LeaseTime:
                return false;
            default:
                return true;
        }
    }

    private static bool TakeAddress(ReadOnlySpan<byte> value, Action<IPAddress> take)
    {
        if (value.Length != 4)
        {
            return false;
        }

        take(ReadAddress(value));
        return true;
    }
}
