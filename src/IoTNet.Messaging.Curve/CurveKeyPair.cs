// ZeroMQ RFC 26: the permanent key pair of a client or a server.
using System;

namespace IoTNet
{
    /// <summary>A key pair for CURVE. The public key is for everybody; whoever has the secret key is the device.</summary>
    /// <remarks>Making a public key costs a device about what a quarter of a handshake costs: give the constructor both when both
    /// are at hand.</remarks>
    public sealed class CurveKeyPair
    {
        /// <summary>Length of each key in bytes.</summary>
        public const int KeyBytes = 32;

        /// <summary>Length of each key in characters of Z85.</summary>
        public const int KeyCharacters = 40;

        private readonly byte[] _publicKey;
        private readonly byte[] _secretKey;

        /// <summary>Two keys that belong together, which is not checked: with two that do not, every handshake fails.</summary>
        /// <param name="publicKey">32 bytes, copied.</param>
        /// <param name="secretKey">32 bytes, copied.</param>
        /// <exception cref="ArgumentNullException">A key is missing.</exception>
        /// <exception cref="ArgumentException">A key has another length.</exception>
        public CurveKeyPair(byte[] publicKey, byte[] secretKey)
        {
            _publicKey = Copy(publicKey, nameof(publicKey));
            _secretKey = Copy(secretKey, nameof(secretKey));
        }

        /// <summary>Two keys that belong together, as Z85.</summary>
        /// <param name="publicKey">40 characters.</param>
        /// <param name="secretKey">40 characters.</param>
        /// <exception cref="ArgumentNullException">A key is missing.</exception>
        /// <exception cref="ArgumentException">A text is no Z85, or has another length.</exception>
        public CurveKeyPair(string publicKey, string secretKey)
            : this(Z85.Decode(publicKey), Z85.Decode(secretKey))
        {
        }

        /// <summary>The public key: 32 bytes, a copy.</summary>
        public byte[] PublicKey => (byte[])_publicKey.Clone();

        /// <summary>The secret key: 32 bytes, a copy.</summary>
        public byte[] SecretKey => (byte[])_secretKey.Clone();

        /// <summary>The public key, not to be changed.</summary>
        internal byte[] OwnPublicKey => _publicKey;

        /// <summary>The secret key, not to be changed.</summary>
        internal byte[] OwnSecretKey => _secretKey;

        /// <summary>The public key as 40 characters of Z85.</summary>
        public string PublicKeyText => Z85.Encode(_publicKey);

        /// <summary>The secret key as 40 characters of Z85.</summary>
        public string SecretKeyText => Z85.Encode(_secretKey);

        /// <summary>Makes a new key pair of <see cref="Randomness"/>.</summary>
        public static CurveKeyPair Generate()
        {
            byte[] secretKey = new byte[KeyBytes];
            Randomness.Fill(secretKey);
            return FromSecretKey(secretKey);
        }

        /// <summary>Makes the public key of a secret key.</summary>
        /// <param name="secretKey">32 bytes, copied.</param>
        /// <exception cref="ArgumentNullException">There is no key.</exception>
        /// <exception cref="ArgumentException">The key has another length.</exception>
        public static CurveKeyPair FromSecretKey(byte[] secretKey)
        {
            byte[] publicKey = new byte[KeyBytes];
            new Curve25519().PublicKey(publicKey, Copy(secretKey, nameof(secretKey)));
            return new CurveKeyPair(publicKey, secretKey);
        }

        /// <summary>Makes the public key of a secret key.</summary>
        /// <param name="secretKey">40 characters of Z85.</param>
        /// <exception cref="ArgumentNullException">There is no key.</exception>
        /// <exception cref="ArgumentException">The text is no Z85, or has another length.</exception>
        public static CurveKeyPair FromSecretKey(string secretKey)
        {
            return FromSecretKey(Z85.Decode(secretKey));
        }

        /// <summary>A key's own array, once its length is checked.</summary>
        internal static byte[] Copy(byte[] key, string argument)
        {
            if (key == null)
            {
                throw new ArgumentNullException(argument);
            }

            if (key.Length != KeyBytes)
            {
                throw new ArgumentException("A CURVE key has 32 bytes, not " + key.Length.ToString() + ".", argument);
            }

            return (byte[])key.Clone();
        }
    }
}
