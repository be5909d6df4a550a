using System.Buffers.Binary;
using System.Text;

namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>The wire of RFC 37 once more, as plain as can be: what the parsers must agree with.</summary>
internal static class Reference
{
    private static readonly string[] s_types = ["PAIR", "PUB", "SUB", "REQ", "REP", "DEALER", "ROUTER", "PULL", "PUSH", "XPUB", "XSUB"];

    /// <summary>A header's length (0: not whole, -1: none), its flags, and the body's size (-1: more than anybody takes).</summary>
    public static (int Header, int Flags, int Size) Header(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            return (0, 0, 0);
        }

        int flags = bytes[0];
        if (flags > 7 || (flags & 5) == 5)
        {
            return (-1, flags, 0);
        }

        int header = (flags & 2) != 0 ? 9 : 2;
        if (bytes.Length < header)
        {
            return (0, flags, 0);
        }

        ulong size = header == 2 ? bytes[1] : BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]);
        return (header, flags, size > int.MaxValue - 9 ? -1 : (int)size);
    }

    /// <summary>Type and identity of metadata; null when they are malformed.</summary>
    public static (int Type, string Identity)? Metadata(ReadOnlySpan<byte> bytes)
    {
        int type = -1;
        string identity = "";
        while (bytes.Length > 0)
        {
            int name = bytes[0];
            if (name == 0 || bytes.Length < 1 + name + 4)
            {
                return null;
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(1 + name)..]);
            if (length > bytes.Length - 1 - name - 4)
            {
                return null;
            }

            string property = Encoding.Latin1.GetString(bytes.Slice(1, name));
            ReadOnlySpan<byte> value = bytes.Slice(1 + name + 4, (int)length);
            bytes = bytes[(1 + name + 4 + (int)length)..];
            if (IsAscii(property, "socket-type"))
            {
                type = Array.IndexOf(s_types, Encoding.Latin1.GetString(value));
                if (type < 0)
                {
                    return null;
                }
            }
            else if (IsAscii(property, "identity"))
            {
                if (value.Length > 255 || (value.Length > 0 && value[0] == 0))
                {
                    return null;
                }

                identity = Convert.ToHexString(value);
            }
        }

        return (type, identity);
    }

    /// <summary>Whether a command has this name and metadata of somebody who may talk to the type.</summary>
    public static bool IsGood(string name, byte[] command, MessageSocketType type)
    {
        byte[] begin = [(byte)name.Length, .. Encoding.ASCII.GetBytes(name)];
        return command.AsSpan().StartsWith(begin) && Metadata(command.AsSpan(begin.Length)) is { } peer &&
            SocketTypes.MayTalk(type, peer.Type);
    }

    /// <summary>A command's body: a name and what follows it.</summary>
    public static byte[] Command(string name, params byte[] data) => [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. data];

    /// <summary>A frame, with a header no longer than it must be.</summary>
    public static byte[] Frame(int flags, byte[] body)
    {
        byte[] size = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(size, body.Length);
        return body.Length < 256 ? [(byte)flags, (byte)body.Length, .. body] : [(byte)(flags | 2), .. size, .. body];
    }

    /// <summary>A greeting.</summary>
    public static byte[] Greeting(string mechanism, bool isServer = false)
    {
        byte[] name = new byte[20];
        Encoding.ASCII.GetBytes(mechanism).CopyTo(name, 0);
        return [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1, .. name, (byte)(isServer ? 1 : 0), .. new byte[31]];
    }

    /// <summary>A READY or INITIATE, as a body.</summary>
    public static byte[] Ready(string type, string name = "READY", string? identity = null) => Command(
        name, [.. Property("Socket-Type", Encoding.ASCII.GetBytes(type)), .. identity == null ? [] : Property("Identity", Encoding.ASCII.GetBytes(identity))]);

    private static byte[] Property(string name, byte[] value) =>
        [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), 0, 0, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    private static bool IsAscii(string one, string lower) => one.Length == lower.Length &&
        one.Zip(lower).All(pair => (pair.First is >= 'A' and <= 'Z' ? pair.First + 32 : pair.First) == pair.Second);
}
