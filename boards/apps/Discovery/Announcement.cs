using System.Text;

namespace IoTNet.Apps
{
    /// <summary>What boards tell each other: <c>IoTNet-discovery/1 hello ID NAME</c>, or <c>bye</c>, in ASCII. The id is drawn
    /// anew with each start, so that a board knows its own words and two boards of one name stay two.</summary>
    internal static class Announcement
    {
        public const int MaxNameBytes = 32;

        /// <summary>The longest one; anything longer is somebody else's.</summary>
        public const int MaxBytes = 96;

        private const string Mark = "IoTNet-discovery/1";
        private const int IdLength = 8;

        public static bool IsName(string text)
        {
            if (text == null || text.Length == 0 || text.Length > MaxNameBytes)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] <= ' ' || text[i] > '~')
                {
                    return false;
                }
            }

            return true;
        }

        public static byte[] Write(bool isHello, string id, string name)
        {
            return Encoding.UTF8.GetBytes(Mark + (isHello ? " hello " : " bye ") + id + " " + name);
        }

        /// <summary>Reads one.</summary>
        /// <returns>False when it is none: everything may come to a port.</returns>
        public static bool TryRead(byte[] buffer, int offset, int count, out bool isHello, out string id, out string name)
        {
            isHello = false;
            id = null;
            name = null;
            for (int i = 0; i < count; i++)
            {
                if (buffer[offset + i] < ' ' || buffer[offset + i] > '~')
                {
                    return false;
                }
            }

            string[] words = count > MaxBytes ? new string[0] : Encoding.UTF8.GetString(buffer, offset, count).Split(' ');
            if (words.Length != 4 || words[0] != Mark || words[2].Length != IdLength || !IsName(words[3]))
            {
                return false;
            }

            isHello = words[1] == "hello";
            id = words[2];
            name = words[3];
            return isHello || words[1] == "bye";
        }

        /// <summary>Makes an id out of a random number.</summary>
        public static string MakeId(int number)
        {
            return number.ToString("X8");
        }
    }
}
