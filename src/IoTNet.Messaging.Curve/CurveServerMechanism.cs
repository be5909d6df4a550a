// RFC 26, the server's side of the handshake. Multiplications on the curve: s', S-C', S'-C' and S'-C.
using System;

namespace IoTNet
{
    internal sealed class CurveServerMechanism : CurveMechanism
    {
        private readonly CurveKeyPair _keys; // S, s
        private readonly CurveCheck _check;
        private readonly byte[] _clientConnectionKey = new byte[KeyBytes]; // C'
        private readonly byte[] _cookieKey = new byte[KeyBytes]; // K
        private readonly byte[] _sharedKey = new byte[KeyBytes];

        public CurveServerMechanism(MessageSocketType type, byte[] identity, CurveKeyPair keys, CurveCheck check)
            : base(type, identity, true)
        {
            _keys = keys;
            _check = check;
        }

        protected override int Write(int step, byte[] buffer, int offset, int at)
        {
            return step == Welcome ? WriteWelcome(buffer, offset) : WriteReady(buffer, offset);
        }

        protected override bool Read(int step, byte[] buffer, int offset, int count, int at)
        {
            return step == Hello ? ReadHello(buffer, offset, count) : ReadInitiate(buffer, offset, count);
        }

        private bool ReadHello(byte[] buffer, int offset, int count)
        {
            if (count != HelloBytes || buffer[offset + HelloVersionAt] != 1 || buffer[offset + HelloVersionAt + 1] != 0 ||
                !IsZero(buffer, offset + HelloPaddingAt, HelloKeyAt - HelloPaddingAt))
            {
                return Refuse("malformed HELLO");
            }

            Array.Copy(buffer, offset + HelloKeyAt, _clientConnectionKey, 0, KeyBytes);
            int plain = offset + HelloBoxAt + TagBytes;
            if (!UseKeys(_sharedKey, _keys.OwnSecretKey, _clientConnectionKey) || !Box.Open(
                NonceOf(HelloText, buffer, offset + HelloNonceAt), buffer, offset + HelloBoxAt, count - HelloBoxAt, buffer, plain) ||
                !IsZero(buffer, plain, HelloZeros))
            {
                return Refuse("HELLO is not for this server's key");
            }

            TakeNonce(buffer, offset + HelloNonceAt);
            return true;
        }

        private int WriteWelcome(byte[] buffer, int offset)
        {
            // RFC 26: the server keeps no transient key; C' and s' come back in the cookie, which this one connection opens.
            byte[] connectionKey = new byte[KeyBytes];
            byte[] connectionSecret = new byte[KeyBytes];
            MakeKeys(connectionKey, connectionSecret);
            Array.Copy(connectionKey, 0, buffer, offset + WelcomeKeyAt, KeyBytes);

            Randomness.Fill(_cookieKey);
            SecretBox cookieBox = new SecretBox();
            cookieBox.SetKey(_cookieKey);
            int cookie = offset + WelcomeCookieAt;
            int plain = cookie + LongNonceBytes + TagBytes;
            Array.Copy(_clientConnectionKey, 0, buffer, plain, KeyBytes);
            Array.Copy(connectionSecret, 0, buffer, plain + KeyBytes, KeyBytes);
            byte[] nonce = NewLongNonce(CookieText, buffer, cookie);
            cookieBox.Seal(nonce, buffer, plain, 2 * KeyBytes, buffer, cookie + LongNonceBytes);
            Array.Clear(connectionSecret, 0, KeyBytes);

            nonce = NewLongNonce(WelcomeText, buffer, offset + WelcomeNonceAt);
            Box.Seal(nonce, buffer, offset + WelcomeKeyAt, KeyBytes + CookieBytes, buffer, offset + WelcomeBoxAt);
            return offset + WelcomeBytes;
        }

        private bool ReadInitiate(byte[] buffer, int offset, int count)
        {
            if (count < InitiateMetadataAt)
            {
                return Refuse("malformed INITIATE");
            }

            int cookie = offset + InitiateCookieAt;
            byte[] connectionSecret = new byte[KeyBytes];
            bool isGood = OpenCookie(buffer, cookie, connectionSecret) && OpenInitiate(buffer, offset, count, connectionSecret);
            byte[] clientKey = new byte[KeyBytes];
            Array.Copy(buffer, offset + InitiateKeyAt, clientKey, 0, KeyBytes);
            isGood = isGood && OpenVouch(buffer, offset, connectionSecret, clientKey);
            Array.Clear(connectionSecret, 0, KeyBytes);
            if (!isGood)
            {
                return Refuse("INITIATE is not of this connection, or not of the client whose key it has");
            }

            return Check(clientKey) && ReadMetadata(buffer, offset + InitiateMetadataAt, offset + count);
        }

        private bool OpenCookie(byte[] buffer, int at, byte[] connectionSecret)
        {
            Box.SetKey(_cookieKey);
            Array.Clear(_cookieKey, 0, KeyBytes);
            byte[] plain = new byte[2 * KeyBytes];
            if (!Box.Open(
                NonceOf(CookieText, buffer, at), buffer, at + LongNonceBytes, CookieBytes - LongNonceBytes, plain, 0))
            {
                return false;
            }

            Array.Copy(plain, 0, _clientConnectionKey, 0, KeyBytes);
            Array.Copy(plain, KeyBytes, connectionSecret, 0, KeyBytes);
            Array.Clear(plain, 0, plain.Length);
            return true;
        }

        private bool OpenInitiate(byte[] buffer, int offset, int count, byte[] connectionSecret)
        {
            return UseKeys(_sharedKey, connectionSecret, _clientConnectionKey) && Box.Open(
                NonceOf(InitiateText, buffer, offset + InitiateNonceAt), buffer, offset + InitiateBoxAt, count - InitiateBoxAt,
                buffer, offset + InitiateKeyAt) && TakeNonce(buffer, offset + InitiateNonceAt);
        }

        // The vouch says that whoever has c speaks with C', and to this server: C' and S, sealed from C to S'.
        private bool OpenVouch(byte[] buffer, int offset, byte[] connectionSecret, byte[] clientKey)
        {
            int box = offset + InitiateVouchBoxAt;
            int plain = box + TagBytes;
            byte[] vouchKey = new byte[KeyBytes];
            return UseKeys(vouchKey, connectionSecret, clientKey) && Box.Open(
                NonceOf(VouchText, buffer, offset + InitiateVouchAt), buffer, box, TagBytes + (2 * KeyBytes), buffer, plain) &&
                IsKey(_clientConnectionKey, buffer, plain) && IsKey(_keys.OwnPublicKey, buffer, plain + KeyBytes);
        }

        private bool Check(byte[] clientKey)
        {
            try
            {
                return _check == null || _check(clientKey) || Deny("the client's key is not let in");
            }
            catch (Exception e)
            {
                // What cannot be checked is not let in; nor does it end the thread that serves the other connections.
                return Deny("the check of the client's key failed: " + e.Message);
            }
        }

        private int WriteReady(byte[] buffer, int offset)
        {
            Box.SetKey(_sharedKey);
            byte[] nonce = NextShortNonce(ReadyText, buffer, offset + ReadyNonceAt);
            int plain = offset + ReadyBoxAt + TagBytes;
            int end = WriteMetadata(buffer, plain);
            Box.Seal(nonce, buffer, plain, end - plain, buffer, offset + ReadyBoxAt);
            BeginMessages(_sharedKey);
            Array.Clear(_sharedKey, 0, KeyBytes);
            EndHandshake();
            return end;
        }

        private static bool IsZero(byte[] buffer, int at, int count)
        {
            int any = 0;
            for (int i = at; i < at + count; i++)
            {
                any |= buffer[i];
            }

            return any == 0;
        }

        private static bool IsKey(byte[] key, byte[] buffer, int at)
        {
            int difference = 0;
            for (int i = 0; i < KeyBytes; i++)
            {
                difference |= key[i] ^ buffer[at + i];
            }

            return difference == 0;
        }
    }
}
