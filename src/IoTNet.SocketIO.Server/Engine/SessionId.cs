namespace IoTNet
{
    /// <summary>Names that nobody can guess: 120 bits, as in socket.io.</summary>
    internal static class SessionId
    {
        private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

        public static string Make()
        {
            byte[] random = new byte[20];
            Randomness.Fill(random);
            char[] text = new char[random.Length];
            for (int i = 0; i < random.Length; i++)
            {
                text[i] = Digits[random[i] & 63];
            }

            return new string(text);
        }
    }
}
