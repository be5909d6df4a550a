using System.Buffers.Binary;
using System.Text;

namespace IoTNet.Bench;

/// <summary>What one writes by hand to read the answers of RFC 1035: spans, no classes, the types that occur here; but with every
/// check that a message from the network needs.</summary>
internal static class HandDns
{
    /// <summary>Takes a record; what its data name, where they do, is written out.</summary>
    public delegate int Take(string name, ushort type, int ttl, byte[] data, string? target);

    /// <summary>Goes through a message.</summary>
    /// <param name="take">Takes the records of class IN; null: they are only checked and counted.</param>
    /// <returns>The sum of what it gave, or the count of items.</returns>
    public static int Walk(ReadOnlySpan<byte> message, Take? take)
    {
        int questions = U16(message, 4), records = U16(message, 6) + U16(message, 8) + U16(message, 10);
        int at = 12, sum = 0;
        for (var i = 0; i < questions; i++, sum += take == null ? 1 : 0)
        {
            at = Skip(message, at) + 4;
        }

        for (var i = 0; i < records; i++)
        {
            var nameAt = at;
            at = Skip(message, at);
            ushort type = U16(message, at), recordClass = U16(message, at + 2), length = U16(message, at + 8);
            var ttl = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(message[(at + 4)..]));
            at += 10;
            var data = message.Slice(at, length);
            Check(type, message, at, length);
            if (take == null)
            {
                sum++;
            }
            else if ((recordClass & 0x7FFF) == 1)
            {
                var isAlias = type == 5;
                sum += take(Text(message, nameAt), type, ttl, isAlias ? Expand(message, at) : data.ToArray(), isAlias ? Text(message, at) : null);
            }

            at += length;
        }

        return sum;
    }

    private static void Check(ushort type, ReadOnlySpan<byte> message, int at, int length)
    {
        var end = at + length;
        switch (type)
        {
            case 1 when length != 4:
            case 5 when Skip(message[..end], at) != end:
                throw new InvalidDataException();
            case 16:
                while (at < end)
                {
                    at += 1 + message[at];
                }

                break;
            case 41:
                while (at < end)
                {
                    at += 4 + U16(message, at + 2);
                }

                break;
            default:
                return;
        }

        if (type >= 16 && at != end)
        {
            throw new InvalidDataException();
        }
    }

    private static ushort U16(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt16BigEndian(message[at..]);

    // Where a name ends. A pointer leads back, before all that was read of the name.
    private static int Skip(ReadOnlySpan<byte> message, int at)
    {
        int end = -1, total = 1, floor = at;
        while (true)
        {
            int label = message[at];
            if (label == 0)
            {
                return end >= 0 ? end : at + 1;
            }

            if (label <= 63)
            {
                total += label + 1;
                at += label + 1;
            }
            else
            {
                var target = ((label & 0x3F) << 8) | message[at + 1];
                end = end >= 0 ? end : at + 2;
                at = label >= 0xC0 && target < floor && target >= 12 ? target : throw new InvalidDataException();
                floor = at;
            }

            if (total > 255)
            {
                throw new InvalidDataException();
            }
        }
    }

    // The rest is called for names that Skip has checked.
    private static byte[] Expand(ReadOnlySpan<byte> message, int at)
    {
        Span<byte> name = stackalloc byte[255];
        var length = 0;
        for (int label = message[at]; label != 0; label = message[at])
        {
            if (label >= 0xC0)
            {
                at = ((label & 0x3F) << 8) | message[at + 1];
                continue;
            }

            message.Slice(at, label + 1).CopyTo(name[length..]);
            length += label + 1;
            at += label + 1;
        }

        name[length++] = 0;
        return name[..length].ToArray();
    }

    // Escapes are for names that no host has; here they would be of no account.
    private static string Text(ReadOnlySpan<byte> message, int at)
    {
        Span<char> text = stackalloc char[255];
        var length = 0;
        for (int label = message[at]; label != 0; label = message[at])
        {
            if (label >= 0xC0)
            {
                at = ((label & 0x3F) << 8) | message[at + 1];
                continue;
            }

            if (length > 0)
            {
                text[length++] = '.';
            }

            length += Encoding.Latin1.GetChars(message.Slice(at + 1, label), text[length..]);
            at += label + 1;
        }

        return length == 0 ? "." : new string(text[..length]);
    }
}
