// RFC 37 3.4: a command's body is the length of its name in one byte, the name, and its data.
namespace IoTNet
{
    /// <summary>Names of commands, with their length in front as they stand in a body.</summary>
    internal static class CommandName
    {
        public static readonly byte[] Ready = Make("READY");
        public static readonly byte[] Error = Make("ERROR");
        public static readonly byte[] Subscribe = Make("SUBSCRIBE");
        public static readonly byte[] Cancel = Make("CANCEL");
        public static readonly byte[] Ping = Make("PING");
        public static readonly byte[] Pong = Make("PONG");

        /// <summary>Makes a name.</summary>
        public static byte[] Make(string name)
        {
            byte[] result = new byte[name.Length + 1];
            result[0] = (byte)name.Length;
            for (int i = 0; i < name.Length; i++)
            {
                result[i + 1] = (byte)name[i];
            }

            return result;
        }

        /// <summary>Whether a body begins with the name.</summary>
        public static bool Is(byte[] name, byte[] buffer, int offset, int count)
        {
            return count >= name.Length && Bytes.AreAt(buffer, offset, name);
        }

        /// <summary>Writes the name.</summary>
        /// <returns>Where the data begins.</returns>
        public static int Write(byte[] name, byte[] buffer, int offset)
        {
            System.Array.Copy(name, 0, buffer, offset, name.Length);
            return offset + name.Length;
        }

        /// <summary>Writes an ERROR command's body: a reason of at most 255 characters of ASCII.</summary>
        /// <returns>Its length in bytes.</returns>
        public static int WriteError(string reason, byte[] buffer, int offset)
        {
            int at = Write(Error, buffer, offset);
            int length = reason.Length > 255 ? 255 : reason.Length;
            buffer[at++] = (byte)length;
            for (int i = 0; i < length; i++)
            {
                buffer[at++] = (byte)reason[i];
            }

            return at - offset;
        }

        /// <summary>The reason of an ERROR command, for messages; others than printable characters as dots.</summary>
        /// <param name="offset">Where the command's body begins.</param>
        public static string ErrorReason(byte[] buffer, int offset, int count)
        {
            int at = offset + Error.Length;
            int length = count > Error.Length ? buffer[at] : 0;
            string reason = "";
            for (int i = 0; i < length && at + 1 + i < offset + count; i++)
            {
                byte b = buffer[at + 1 + i];
                reason += b >= 32 && b < 127 ? (char)b : '.';
            }

            return reason;
        }
    }
}
