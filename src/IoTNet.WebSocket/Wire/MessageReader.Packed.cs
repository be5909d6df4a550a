// RFC 7692 6.2.
namespace IoTNet
{
    // Messages that the peer has packed: held whole, and unpacked within the limit of a message.
    internal sealed partial class MessageReader
    {
        private const int LeastBytes = 1024;

        private void TakePacked(byte[] buffer, int at, int count, bool isLast)
        {
            if (!isLast)
            {
                Append(buffer, at, count);
                return;
            }

            Set(MessageFlag, false);
            if (_messageCount == 0)
            {
                Unpack(buffer, at, count);
                return;
            }

            Append(buffer, at, count);
            byte[] message = _message;
            count = _messageCount;
            _message = null;
            _messageCount = 0;
            try
            {
                Unpack(message, 0, count);
            }
            finally
            {
                _settings.Spare.GiveBack(message);
            }
        }

        // In a buffer that is four times as large whenever it is too small: so it is done again, but never for more than a third
        // of the work, and what a few bytes claim to be takes no memory before it is there.
        private void Unpack(byte[] source, int at, int count)
        {
            int size = count > LeastBytes / 4 ? count : LeastBytes / 4;
            int result;
            do
            {
                size = size > _settings.MaxMessageBytes / 4 ? _settings.MaxMessageBytes : size * 4;
                byte[] target = _settings.Spare.Take(size);
                try
                {
                    result = _settings.Compressor.Decompress(source, at, count, target, size);
                    if (result >= 0)
                    {
                        TellUnpacked(target, result);
                    }
                }
                finally
                {
                    _settings.Spare.GiveBack(target);
                }
            }
            while (result == -1 && size < _settings.MaxMessageBytes);
            if (result == -1)
            {
                Fail(WebSocketCloseCode.TooLarge, "a message of more than " + _settings.MaxMessageBytes.ToString() + " bytes, unpacked");
            }
            else if (result < 0)
            {
                Fail(WebSocketCloseCode.InvalidData, "a packed message that is no DEFLATE");
            }
        }

        private void TellUnpacked(byte[] message, int count)
        {
            if (Is(TextFlag) && !CheckText(message, 0, count, true))
            {
                Fail(WebSocketCloseCode.InvalidData, "text that is no UTF-8");
            }
            else if (_target.TakesParts)
            {
                _target.OnPart(message, 0, count, Is(TextFlag), true);
            }
            else
            {
                _target.OnMessage(message, 0, count, Is(TextFlag));
            }
        }
    }
}
