// D. J. Bernstein, "Cryptography in NaCl", 7 to 10: crypto_box and crypto_secretbox, a tag in front of what is sealed.
namespace IoTNet
{
    /// <summary>Seals and opens with one key (XSalsa20 and Poly1305). One object serves one thread and, as it keeps what it made
    /// of the first 16 bytes of a nonce, at best one direction of a connection.</summary>
    internal sealed class SecretBox
    {
        /// <summary>How many bytes a sealed message has more than the message.</summary>
        public const int TagBytes = Poly1305.TagBytes;

        /// <summary>Length of a key.</summary>
        public const int KeyBytes = 32;

        /// <summary>Length of a nonce, which must never come twice under a key.</summary>
        public const int NonceBytes = 24;

        private const int PrefixBytes = 16;

        // The stream's first 32 bytes are the key of the tag; the message begins at word 8.
        private const int FirstWord = 8;

        private static readonly byte[] s_zeros = new byte[PrefixBytes];

        private readonly Salsa20 _salsa = new Salsa20();
        private readonly Poly1305 _poly = new Poly1305();
        private readonly byte[] _key = new byte[KeyBytes];
        private readonly byte[] _prefix = new byte[PrefixBytes];
        private readonly byte[] _tag = new byte[TagBytes];
        private bool _isDerived;

        /// <summary>Makes the key that two key pairs share (NaCl: crypto_box_beforenm).</summary>
        /// <param name="key">Takes it.</param>
        /// <returns>False for a public key that is none: one that gives a key which is none
        /// (<see cref="Curve25519.Multiply"/>), or that has bit 255.</returns>
        public static bool ShareKey(byte[] key, Curve25519 curve, byte[] secretKey, byte[] publicKey)
        {
            // RFC 7748 5 ignores bit 255, which no public key has that was made from a secret one: with it, a key that is not to be
            // let in would have a second form.
            bool isGood = curve.Multiply(key, secretKey, publicKey) & publicKey[31] < 128;
            Salsa20 salsa = new Salsa20();
            salsa.SetKey(key);
            salsa.DeriveKey(s_zeros);
            salsa.GetKey(key);
            return isGood;
        }

        /// <summary>Takes a key of 32 bytes.</summary>
        public void SetKey(byte[] key)
        {
            System.Array.Copy(key, 0, _key, 0, KeyBytes);
            _isDerived = false;
        }

        /// <summary>Seals a message.</summary>
        /// <param name="nonce">24 bytes, never before used with the key.</param>
        /// <param name="target">Takes 16 bytes more than the message. It may be the message's own array if the message begins
        /// 16 bytes behind targetOffset.</param>
        public void Seal(byte[] nonce, byte[] source, int offset, int count, byte[] target, int targetOffset)
        {
            Begin(nonce);
            _salsa.Xor(FirstWord, source, offset, count, target, targetOffset + TagBytes);
            _poly.Compute(target, targetOffset + TagBytes, count, target, targetOffset);
        }

        /// <summary>Opens a sealed message.</summary>
        /// <param name="nonce">24 bytes.</param>
        /// <param name="offset">Where the tag begins.</param>
        /// <param name="count">Length of tag and message.</param>
        /// <param name="target">Takes count - 16 bytes. It may be the source if targetOffset is 16 bytes behind offset.</param>
        /// <returns>False, and nothing is written, when it was not sealed with this key and nonce.</returns>
        public bool Open(byte[] nonce, byte[] source, int offset, int count, byte[] target, int targetOffset)
        {
            if (count < TagBytes)
            {
                return false;
            }

            Begin(nonce);
            _poly.Compute(source, offset + TagBytes, count - TagBytes, _tag, 0);
            int difference = 0;
            for (int i = 0; i < TagBytes; i++)
            {
                // All of them: the time must not tell how much of a forged tag is right.
                difference |= _tag[i] ^ source[offset + i];
            }

            if (difference != 0)
            {
                return false;
            }

            _salsa.Xor(FirstWord, source, offset + TagBytes, count - TagBytes, target, targetOffset);
            return true;
        }

        private void Begin(byte[] nonce)
        {
            // The 24 bytes of a CURVE message's nonce are a text of 16 and a counter: the key derived with the text serves all.
            int difference = 0;
            for (int i = 0; i < PrefixBytes; i++)
            {
                difference |= _prefix[i] ^ nonce[i];
            }

            if (!_isDerived || difference != 0)
            {
                System.Array.Copy(nonce, 0, _prefix, 0, PrefixBytes);
                _salsa.SetKey(_key);
                _salsa.DeriveKey(_prefix);
                _isDerived = true;
            }

            _salsa.Begin(nonce, PrefixBytes);
            _poly.SetKey(_salsa.Block);
        }
    }
}
