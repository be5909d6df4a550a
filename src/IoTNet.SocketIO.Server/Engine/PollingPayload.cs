// engine.io-protocol, revision 4, "HTTP long-polling": packets joined by 0x1E, bytes as base64 (RFC 4648 4).
namespace IoTNet
{
    /// <summary>The bodies of long-polling, read and written where they lie.</summary>
    internal static class PollingPayload
    {
        private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

        /// <summary>Where a packet ends.</summary>
        public static int EndOf(byte[] body, int at, int end)
        {
            while (at < end && body[at] != EnginePacket.Separator)
            {
                at++;
            }

            return at;
        }

        /// <summary>How many characters so many bytes become.</summary>
        public static int SizeOf(int count)
        {
            return (count + 2) / 3 * 4;
        }

        /// <summary>Writes bytes as base64.</summary>
        /// <returns>Where they end.</returns>
        public static int Encode(byte[] bytes, byte[] target, int at)
        {
            for (int i = 0; i < bytes.Length; i += 3)
            {
                int left = bytes.Length - i;
                int three = (bytes[i] << 16) | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
                target[at++] = (byte)Digits[three >> 18];
                target[at++] = (byte)Digits[(three >> 12) & 63];
                target[at++] = (byte)(left > 1 ? Digits[(three >> 6) & 63] : '=');
                target[at++] = (byte)(left > 2 ? Digits[three & 63] : '=');
            }

            return at;
        }

        /// <summary>Turns base64 into bytes, in place.</summary>
        /// <returns>How many; -1 when it is none.</returns>
        public static int Decode(byte[] buffer, int offset, int count)
        {
            if ((count & 3) != 0)
            {
                return -1;
            }

            int target = offset;
            int end = offset + count;
            int padding = count == 0 || buffer[end - 1] != '=' ? 0 : buffer[end - 2] != '=' ? 1 : 2;
            for (int at = offset; at < end; at += 4)
            {
                int four = 0;
                for (int i = 0; i < 4; i++)
                {
                    int value = at + i >= end - padding ? 0 : ValueOf(buffer[at + i]);
                    if (value < 0)
                    {
                        return -1;
                    }

                    four = (four << 6) | value;
                }

                buffer[target++] = (byte)(four >> 16);
                buffer[target++] = (byte)(four >> 8);
                buffer[target++] = (byte)four;
            }

            return target - offset - padding;
        }

        private static int ValueOf(byte digit)
        {
            return digit >= 'A' && digit <= 'Z' ? digit - 'A'
                : digit >= 'a' && digit <= 'z' ? digit - 'a' + 26
                : digit >= '0' && digit <= '9' ? digit - '0' + 52
                : digit == '+' ? 62
                : digit == '/' ? 63
                : -1;
        }
    }
}
