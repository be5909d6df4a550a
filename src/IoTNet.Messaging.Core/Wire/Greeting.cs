// RFC 37 3.2 (ZMTP 3.1), greeting: signature (10), version (2), mechanism (20), as-server (1), filler (31).
namespace IoTNet
{
    /// <summary>The first 64 bytes each way.</summary>
    internal static class Greeting
    {
        /// <summary>Its length.</summary>
        public const int Bytes = 64;

        private const int MajorAt = 10;
        private const int MinorAt = 11;
        private const int MechanismAt = 12;
        private const int MechanismBytes = 20;
        private const int AsServerAt = 32;

        /// <summary>Writes ours.</summary>
        public static void Write(byte[] buffer, string mechanism, bool isServer)
        {
            System.Array.Clear(buffer, 0, Bytes);
            buffer[0] = 0xFF;
            buffer[9] = 0x7F;
            buffer[MajorAt] = 3;
            buffer[MinorAt] = 1;
            for (int i = 0; i < mechanism.Length; i++)
            {
                buffer[MechanismAt + i] = (byte)mechanism[i];
            }

            buffer[AsServerAt] = (byte)(isServer ? 1 : 0);
        }

        /// <summary>Checks what has come so far, so that a peer of another kind is not waited for.</summary>
        /// <param name="count">How many bytes are there.</param>
        /// <returns>Null while nothing is wrong; else what is.</returns>
        public static string Check(byte[] buffer, int count)
        {
            if (count > 0 && buffer[0] != 0xFF)
            {
                return "no ZMTP greeting: the first byte is " + buffer[0].ToString() + ", expected 255";
            }

            // RFC 37: the eight bytes between are padding and say nothing.
            if (count > 9 && buffer[9] != 0x7F)
            {
                return "no ZMTP greeting: byte 9 is " + buffer[9].ToString() + ", expected 127";
            }

            // Higher versions are accepted: they speak as the lower side does.
            return count > MajorAt && buffer[MajorAt] < 3
                ? "the peer speaks ZMTP " + buffer[MajorAt].ToString() + ", expected 3.0 or later" : null;
        }

        /// <summary>Whether the peer speaks ZMTP 3.0, without the commands of 3.1.</summary>
        public static bool IsVersion30(byte[] buffer)
        {
            return buffer[MajorAt] == 3 && buffer[MinorAt] == 0;
        }

        /// <summary>Whether the peer is the server of the security mechanism.</summary>
        public static bool IsServer(byte[] buffer)
        {
            return (buffer[AsServerAt] & 1) != 0;
        }

        /// <summary>The peer's mechanism; for messages, so at most its 20 characters, others than printable ones as dots.</summary>
        public static string MechanismName(byte[] buffer)
        {
            string name = "";
            for (int i = 0; i < MechanismBytes && buffer[MechanismAt + i] != 0; i++)
            {
                byte b = buffer[MechanismAt + i];
                name += b > 32 && b < 127 ? (char)b : '.';
            }

            return name;
        }

        /// <summary>Whether the peer's mechanism is this one, to the last padding byte.</summary>
        public static bool HasMechanism(byte[] buffer, string mechanism)
        {
            for (int i = 0; i < MechanismBytes; i++)
            {
                if (buffer[MechanismAt + i] != (i < mechanism.Length ? (byte)mechanism[i] : 0))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
