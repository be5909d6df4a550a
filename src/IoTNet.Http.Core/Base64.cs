// RFC 4648 4.
namespace IoTNet
{
    /// <summary>Looks at base64 before it is decoded: what a device's decoder does with text that is none is not told.</summary>
    internal static class Base64
    {
        /// <summary>Whether a text is whole base64: groups of four, padded at its end.</summary>
        public static bool IsValid(string text)
        {
            int length = text.Length;
            if (length == 0 || (length & 3) != 0)
            {
                return false;
            }

            int padding = text[length - 1] != '=' ? 0 : text[length - 2] != '=' ? 1 : 2;
            for (int i = 0; i < length - padding; i++)
            {
                char c = text[i];
                if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/'))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>How many bytes a valid text stands for.</summary>
        public static int SizeOf(string text)
        {
            int length = text.Length;
            return (length / 4 * 3) - (text[length - 1] != '=' ? 0 : text[length - 2] != '=' ? 1 : 2);
        }
    }
}
