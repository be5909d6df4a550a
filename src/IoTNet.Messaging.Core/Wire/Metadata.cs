// RFC 37 4.2, metadata: properties of a name (one byte of length) and a value (four bytes of length, network order).
using System.Text;

namespace IoTNet
{
    /// <summary>What a peer says of itself in the handshake.</summary>
    internal sealed class Metadata
    {
        // RFC 37: an identity has 0 to 255 bytes.
        private const int MaxIdentityBytes = 255;

        private Metadata()
        {
        }

        /// <summary>The peer's kind of socket; -1 when it did not say.</summary>
        public int SocketType { get; private set; } = -1;

        /// <summary>Its identity; empty when it has none.</summary>
        public byte[] Identity { get; private set; } = Bytes.None;

        /// <summary>Writes ours: the type, and the identity of those kinds that have one.</summary>
        public static byte[] Write(MessageSocketType type, byte[] identity)
        {
            byte[] name = Encoding.UTF8.GetBytes(SocketTypes.Name(type));
            bool hasIdentity = SocketTypes.HasIdentity(type);
            byte[] result = new byte[1 + 11 + 4 + name.Length + (hasIdentity ? 1 + 8 + 4 + identity.Length : 0)];
            int at = WriteProperty(result, 0, "Socket-Type", name);
            if (hasIdentity)
            {
                WriteProperty(result, at, "Identity", identity);
            }

            return result;
        }

        /// <summary>Reads a peer's.</summary>
        /// <returns>Null when they are malformed.</returns>
        public static Metadata Read(byte[] buffer, int offset, int count)
        {
            Metadata result = new Metadata();
            int end = offset + count;
            while (offset < end)
            {
                int nameLength = buffer[offset++];
                if (nameLength == 0 || nameLength + 4 > end - offset)
                {
                    return null;
                }

                int nameAt = offset;
                offset += nameLength;
                int length = (buffer[offset] << 24) | (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3];
                offset += 4;
                if (length < 0 || length > end - offset || !result.Take(buffer, nameAt, nameLength, offset, length))
                {
                    return null;
                }

                offset += length;
            }

            return result;
        }

        private static int WriteProperty(byte[] target, int at, string name, byte[] value)
        {
            target[at++] = (byte)name.Length;
            for (int i = 0; i < name.Length; i++)
            {
                target[at++] = (byte)name[i];
            }

            target[at++] = 0;
            target[at++] = 0;
            target[at++] = (byte)(value.Length >> 8);
            target[at++] = (byte)value.Length;
            System.Array.Copy(value, 0, target, at, value.Length);
            return at + value.Length;
        }

        private bool Take(byte[] buffer, int nameAt, int nameLength, int valueAt, int valueLength)
        {
            if (IsName("socket-type", buffer, nameAt, nameLength))
            {
                SocketType = SocketTypes.Find(buffer, valueAt, valueLength);
                return SocketType >= 0;
            }

            if (IsName("identity", buffer, nameAt, nameLength))
            {
                // RFC 37: the first byte is not zero.
                if (valueLength > MaxIdentityBytes || (valueLength > 0 && buffer[valueAt] == 0))
                {
                    return false;
                }

                Identity = new byte[valueLength];
                System.Array.Copy(buffer, valueAt, Identity, 0, valueLength);
            }

            return true;
        }

        // RFC 37: names are case-insensitive.
        private static bool IsName(string lower, byte[] buffer, int offset, int length)
        {
            if (length != lower.Length)
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                int c = buffer[offset + i];
                if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
