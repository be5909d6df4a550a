// socket.io-protocol, revision 5, "EVENT".
using System;

namespace IoTNet
{
    /// <summary>Names that no event may have, as they are those of the socket's own events.</summary>
    internal static class ReservedNames
    {
        private static readonly string[] s_names =
        {
            "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
        };

        public static void Check(string name)
        {
            if (name == null)
            {
                throw new ArgumentNullException(nameof(name));
            }

            for (int i = 0; i < s_names.Length; i++)
            {
                if (s_names[i] == name)
                {
                    throw new ArgumentException("\"" + name + "\" is a reserved event name.", nameof(name));
                }
            }
        }

        public static bool Has(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < s_names.Length; i++)
            {
                string name = s_names[i];
                if (name.Length == count && IsAt(buffer, offset, name))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsAt(byte[] buffer, int offset, string name)
        {
            for (int i = 0; i < name.Length; i++)
            {
                if (buffer[offset + i] != name[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
