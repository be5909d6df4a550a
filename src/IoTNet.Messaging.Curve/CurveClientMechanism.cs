// RFC 26, the client's side of the handshake. Multiplications on the curve: c', C'-S, C'-S' and C-S'.
using System;

namespace IoTNet
{
    internal sealed class CurveClientMechanism : CurveMechanism
    {
        private readonly byte[] _serverKey; // S
        private readonly CurveKeyPair _keys; // C, c
        private readonly byte[] _connectionKey = new byte[KeyBytes]; // C'
        private readonly byte[] _connectionSecret = new byte[KeyBytes]; // c'
        private readonly byte[] _serverConnectionKey = new byte[KeyBytes]; // S'
        private readonly byte[] _sharedKey = new byte[KeyBytes];
        private readonly byte[] _cookie = new byte[CookieBytes];
        private bool _isServerKeyGood;

        public CurveClientMechanism(MessageSocketType type, byte[] identity, byte[] serverKey, CurveKeyPair keys)
            : base(type, identity, false)
        {
            _serverKey = serverKey;
            _keys = keys;
        }

        protected override int Write(int step, byte[] buffer, int offset, int at)
        {
            return step == Hello ? WriteHello(buffer, offset) : WriteInitiate(buffer, offset);
        }

        protected override bool Read(int step, byte[] buffer, int offset, int count, int at)
        {
            return step == Welcome ? ReadWelcome(buffer, offset, count) : ReadReady(buffer, offset, count);
        }

        private int WriteHello(byte[] buffer, int offset)
        {
            MakeKeys(_connectionKey, _connectionSecret);
            _isServerKeyGood = UseKeys(_sharedKey, _connectionSecret, _serverKey);

            // The padding keeps strangers from having a server say more to somebody than they said to it.
            Array.Clear(buffer, offset + HelloVersionAt, HelloBytes - HelloVersionAt);
            buffer[offset + HelloVersionAt] = 1;
            Array.Copy(_connectionKey, 0, buffer, offset + HelloKeyAt, KeyBytes);
            byte[] nonce = NextShortNonce(HelloText, buffer, offset + HelloNonceAt);
            Box.Seal(nonce, buffer, offset + HelloBoxAt + TagBytes, HelloZeros, buffer, offset + HelloBoxAt);
            return offset + HelloBytes;
        }

        private bool ReadWelcome(byte[] buffer, int offset, int count)
        {
            if (count != WelcomeBytes || !_isServerKeyGood || !Box.Open(
                NonceOf(WelcomeText, buffer, offset + WelcomeNonceAt), buffer, offset + WelcomeBoxAt, count - WelcomeBoxAt,
                buffer, offset + WelcomeKeyAt))
            {
                return Refuse("WELCOME is not of the server whose key we have");
            }

            Array.Copy(buffer, offset + WelcomeKeyAt, _serverConnectionKey, 0, KeyBytes);
            Array.Copy(buffer, offset + WelcomeCookieAt, _cookie, 0, CookieBytes);
            return UseKeys(_sharedKey, _connectionSecret, _serverConnectionKey) || Refuse("the server's transient key is none");
        }

        private int WriteInitiate(byte[] buffer, int offset)
        {
            Array.Copy(_cookie, 0, buffer, offset + InitiateCookieAt, CookieBytes);
            Array.Copy(_keys.OwnPublicKey, 0, buffer, offset + InitiateKeyAt, KeyBytes);

            // The vouch: that C' is ours says whoever has c.
            int vouch = offset + InitiateVouchBoxAt + TagBytes;
            Array.Copy(_connectionKey, 0, buffer, vouch, KeyBytes);
            Array.Copy(_serverKey, 0, buffer, vouch + KeyBytes, KeyBytes);
            UseKeys(new byte[KeyBytes], _keys.OwnSecretKey, _serverConnectionKey);
            byte[] nonce = NewLongNonce(VouchText, buffer, offset + InitiateVouchAt);
            Box.Seal(nonce, buffer, vouch, 2 * KeyBytes, buffer, offset + InitiateVouchBoxAt);

            int end = WriteMetadata(buffer, offset + InitiateMetadataAt);
            Box.SetKey(_sharedKey);
            nonce = NextShortNonce(InitiateText, buffer, offset + InitiateNonceAt);
            int plain = offset + InitiateKeyAt;
            Box.Seal(nonce, buffer, plain, end - plain, buffer, offset + InitiateBoxAt);
            return end;
        }

        private bool ReadReady(byte[] buffer, int offset, int count)
        {
            int plain = offset + ReadyBoxAt + TagBytes;
            if (offset + count < plain || !Box.Open(
                NonceOf(ReadyText, buffer, offset + ReadyNonceAt), buffer, offset + ReadyBoxAt, count - ReadyBoxAt, buffer, plain))
            {
                return Refuse("READY is not of this connection");
            }

            TakeNonce(buffer, offset + ReadyNonceAt);
            if (!ReadMetadata(buffer, plain, offset + count))
            {
                return false;
            }

            BeginMessages(_sharedKey);
            Array.Clear(_connectionSecret, 0, KeyBytes);
            Array.Clear(_sharedKey, 0, KeyBytes);
            EndHandshake();
            return true;
        }
    }
}
