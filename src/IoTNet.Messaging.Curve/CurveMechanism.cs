// RFC 26, the CURVE mechanism: what both sides share of the handshake. Names as there: C and S are the permanent keys of
// client and server, C' and S' those of the connection; small letters are the secret ones.
using System.Text;

namespace IoTNet
{
    internal abstract partial class CurveMechanism : FourStepMechanism
    {
        protected const int KeyBytes = CurveKeyPair.KeyBytes;
        protected const int TagBytes = SecretBox.TagBytes;

        // A nonce has 24 bytes: a text of 16 and a counter (short), or a text of 8 and chance (long).
        protected const int ShortNonceBytes = 8;
        protected const int LongNonceBytes = 16;

        // RFC 26, HELLO: 200 bytes.
        protected const int HelloBytes = 200;
        protected const int HelloVersionAt = 6;
        protected const int HelloPaddingAt = 8;
        protected const int HelloKeyAt = 80;
        protected const int HelloNonceAt = 112;
        protected const int HelloBoxAt = 120;
        protected const int HelloZeros = 64;

        // RFC 26, WELCOME: 168 bytes; the box has S' and the cookie, the cookie a nonce and a box of C' and s'.
        protected const int WelcomeBytes = 168;
        protected const int WelcomeNonceAt = 8;
        protected const int WelcomeBoxAt = 24;
        protected const int WelcomeKeyAt = WelcomeBoxAt + TagBytes;
        protected const int WelcomeCookieAt = WelcomeKeyAt + KeyBytes;
        protected const int CookieBytes = LongNonceBytes + TagBytes + (2 * KeyBytes);

        // RFC 26, INITIATE: the box has C, the vouch (a nonce and a box of C' and S) and the metadata.
        protected const int InitiateCookieAt = 9;
        protected const int InitiateNonceAt = InitiateCookieAt + CookieBytes;
        protected const int InitiateBoxAt = InitiateNonceAt + ShortNonceBytes;
        protected const int InitiateKeyAt = InitiateBoxAt + TagBytes;
        protected const int InitiateVouchAt = InitiateKeyAt + KeyBytes;
        protected const int InitiateVouchBoxAt = InitiateVouchAt + LongNonceBytes;
        protected const int InitiateMetadataAt = InitiateVouchBoxAt + TagBytes + (2 * KeyBytes);

        // RFC 26, READY: the box has the metadata.
        protected const int ReadyNonceAt = 6;
        protected const int ReadyBoxAt = ReadyNonceAt + ShortNonceBytes;

        protected static readonly byte[] HelloText = Encoding.UTF8.GetBytes("CurveZMQHELLO---");
        protected static readonly byte[] WelcomeText = Encoding.UTF8.GetBytes("WELCOME-");
        protected static readonly byte[] CookieText = Encoding.UTF8.GetBytes("COOKIE--");
        protected static readonly byte[] InitiateText = Encoding.UTF8.GetBytes("CurveZMQINITIATE");
        protected static readonly byte[] VouchText = Encoding.UTF8.GetBytes("VOUCH---");
        protected static readonly byte[] ReadyText = Encoding.UTF8.GetBytes("CurveZMQREADY---");

        private readonly byte[] _nonce = new byte[SecretBox.NonceBytes];

        protected CurveMechanism(MessageSocketType type, byte[] identity, bool isServer)
            : base(type, identity, isServer)
        {
            Encoding.UTF8.GetBytes(MessageText, 0, 16, _sendNonce, 0);
            Encoding.UTF8.GetBytes(MessageText, 0, 16, _receiveNonce, 0);
            _sendNonce[15] = (byte)(isServer ? 'S' : 'C');
            _receiveNonce[15] = (byte)(isServer ? 'C' : 'S');
        }

        public sealed override string Name => "CURVE";

        /// <summary>The curve, while the handshake goes on.</summary>
        protected Curve25519 Curve { get; private set; } = new Curve25519();

        /// <summary>The box at hand in the handshake: with the permanent or the transient keys, or the cookie's.</summary>
        protected SecretBox Box { get; private set; } = new SecretBox();

        /// <summary>Makes a transient key pair.</summary>
        protected void MakeKeys(byte[] publicKey, byte[] secretKey)
        {
            Randomness.Fill(secretKey);
            Curve.PublicKey(publicKey, secretKey);
        }

        /// <summary>Turns <see cref="Box"/> to a pair of keys.</summary>
        /// <param name="sharedKey">Takes the key that they share.</param>
        /// <returns>False when the public key is none.</returns>
        protected bool UseKeys(byte[] sharedKey, byte[] secretKey, byte[] publicKey)
        {
            bool isGood = SecretBox.ShareKey(sharedKey, Curve, secretKey, publicKey);
            Box.SetKey(sharedKey);
            return isGood;
        }

        /// <summary>The whole nonce to the text and the part of it in a command.</summary>
        protected byte[] NonceOf(byte[] text, byte[] buffer, int at)
        {
            System.Array.Copy(text, 0, _nonce, 0, text.Length);
            System.Array.Copy(buffer, at, _nonce, text.Length, SecretBox.NonceBytes - text.Length);
            return _nonce;
        }

        /// <summary>Writes a new long nonce.</summary>
        /// <returns>The whole one.</returns>
        protected byte[] NewLongNonce(byte[] text, byte[] buffer, int at)
        {
            byte[] chance = new byte[LongNonceBytes];
            Randomness.Fill(chance);
            System.Array.Copy(chance, 0, buffer, at, LongNonceBytes);
            return NonceOf(text, buffer, at);
        }

        /// <summary>Writes the next short nonce.</summary>
        /// <returns>The whole one.</returns>
        protected byte[] NextShortNonce(byte[] text, byte[] buffer, int at)
        {
            _sent++;
            WriteNumber(_sent, buffer, at);
            return NonceOf(text, buffer, at);
        }

        /// <summary>Forgets what only the handshake needed.</summary>
        protected void EndHandshake()
        {
            Curve = null;
            Box = null;
        }
    }
}
