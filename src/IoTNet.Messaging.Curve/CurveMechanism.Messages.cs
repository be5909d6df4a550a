// RFC 26, MESSAGE: a name, a short nonce that counts up, and a box of a byte of flags and the frame.
namespace IoTNet
{
    // Seals and opens the frames after the handshake; one thread may seal while another opens.
    internal abstract partial class CurveMechanism
    {
        private const string MessageText = "CurveZMQMESSAGE-";
        private const int MessageNonceAt = 8;
        private const int MessageBoxAt = MessageNonceAt + ShortNonceBytes;
        private const int MessageFlagsAt = MessageBoxAt + TagBytes;
        private const int MessageBodyAt = MessageFlagsAt + 1;
        private const int NonceCounterAt = 16;

        // The frame's More is the same bit; a command, of which RFC 26 does not know, is libzmq's second.
        private const int WireCommand = 2;

        private static readonly byte[] s_message = CommandName.Make("MESSAGE");

        private readonly byte[] _sendNonce = new byte[SecretBox.NonceBytes];
        private readonly byte[] _receiveNonce = new byte[SecretBox.NonceBytes];
        private SecretBox _sendBox;
        private SecretBox _receiveBox;
        private ulong _sent;
        private ulong _received;

        public sealed override bool Seals => true;

        public sealed override int SealBytes => MessageBodyAt;

        public sealed override int Encode(int flags, byte[] buffer, int offset, int count, byte[] target, int targetOffset)
        {
            System.Array.Copy(buffer, offset, target, targetOffset + MessageBodyAt, count);
            target[targetOffset + MessageFlagsAt] = (byte)((flags & FrameHeader.More) |
                ((flags & FrameHeader.Command) != 0 ? WireCommand : 0));
            CommandName.Write(s_message, target, targetOffset);
            _sent++;
            WriteNumber(_sent, target, targetOffset + MessageNonceAt);
            WriteNumber(_sent, _sendNonce, NonceCounterAt);
            _sendBox.Seal(_sendNonce, target, targetOffset + MessageFlagsAt, count + 1, target, targetOffset + MessageBoxAt);
            return MessageBodyAt + count;
        }

        public sealed override int Decode(byte[] buffer, int offset, int count, out int flags, out int bodyOffset)
        {
            flags = 0;
            bodyOffset = offset + MessageBodyAt;
            if (count < MessageBodyAt || !CommandName.Is(s_message, buffer, offset, count))
            {
                return -1;
            }

            ulong number = ReadNumber(buffer, offset + MessageNonceAt);
            if (number <= _received)
            {
                // RFC 26: a nonce that came before is a message that was recorded.
                return -1;
            }

            WriteNumber(number, _receiveNonce, NonceCounterAt);
            if (!_receiveBox.Open(
                _receiveNonce, buffer, offset + MessageBoxAt, count - MessageBoxAt, buffer, offset + MessageFlagsAt))
            {
                return -1;
            }

            _received = number;
            int wireFlags = buffer[offset + MessageFlagsAt];
            flags = wireFlags == WireCommand ? FrameHeader.Command : wireFlags;
            // RFC 26: other bits are zero; a command is one frame (RFC 37).
            return wireFlags > WireCommand ? -1 : count - MessageBodyAt;
        }

        /// <summary>Takes the key of the connection.</summary>
        protected void BeginMessages(byte[] sharedKey)
        {
            _sendBox = new SecretBox();
            _sendBox.SetKey(sharedKey);
            _receiveBox = new SecretBox();
            _receiveBox.SetKey(sharedKey);
        }

        /// <summary>Takes the short nonce of a command of the handshake that was authentic.</summary>
        /// <returns>False when it did not count up.</returns>
        protected bool TakeNonce(byte[] buffer, int at)
        {
            ulong number = ReadNumber(buffer, at);
            bool isNew = number > _received;
            _received = number;
            return isNew;
        }

        private static void WriteNumber(ulong number, byte[] buffer, int at)
        {
            for (int i = at + ShortNonceBytes - 1; i >= at; i--)
            {
                buffer[i] = (byte)number;
                number >>= 8;
            }
        }

        private static ulong ReadNumber(byte[] buffer, int at)
        {
            ulong number = 0;
            for (int i = at; i < at + ShortNonceBytes; i++)
            {
                number = (number << 8) | buffer[i];
            }

            return number;
        }
    }
}
