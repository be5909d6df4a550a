// RFC 6455 4.1 and 4.2.2.
using System;
using System.Text;

namespace IoTNet
{
    /// <summary>The key that a client sends, and what a server makes of it to show that it speaks WebSocket.</summary>
    internal static class HandshakeKey
    {
        private const int Bytes = 16;
        private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

        public static string Make()
        {
            byte[] nonce = new byte[Bytes];
            Randomness.Fill(nonce);
            return Convert.ToBase64String(nonce);
        }

        /// <summary>Whether it is base64 of 16 bytes.</summary>
        public static bool IsValid(string key)
        {
            return key != null && Base64.IsValid(key) && Base64.SizeOf(key) == Bytes;
        }

        public static string AcceptOf(string key)
        {
            return Convert.ToBase64String(Sha1.Digest(Encoding.UTF8.GetBytes(key + Guid)));
        }
    }
}
