// RFC 6455 5.4 to 5.6.
using System;

namespace IoTNet
{
    // From frames to messages.
    internal sealed partial class MessageReader
    {
        // The message that is coming: its bytes so far, when they did not come in one piece.
        private byte[] _message;
        private int _messageCount;
        private TextCheck _check;

        // A control frame that has come in part.
        private byte[] _control;
        private int _controlCount;

        private bool AllowsRsv1(int opcode)
        {
            // RFC 7692 6: set on a message's first frame only.
            return Is(PacksFlag) && (opcode == Opcode.Text || opcode == Opcode.Binary);
        }

        private bool BeginData(int opcode)
        {
            if (opcode != Opcode.Continuation)
            {
                Set(MessageFlag, true);
                Set(TextFlag, opcode == Opcode.Text);
                Set(PackedFlag, (_first & FrameHeader.Rsv1) != 0);
                _check?.Reset();
            }

            if (_target.TakesParts && !Is(PackedFlag))
            {
                return true;
            }

            if (_left > _settings.MaxFrameBytes)
            {
                Fail(WebSocketCloseCode.TooLarge, "a frame of more than " + _settings.MaxFrameBytes.ToString() + " bytes");
                return false;
            }

            if (_left > _settings.MaxMessageBytes - _messageCount)
            {
                Fail(WebSocketCloseCode.TooLarge, "a message of more than " + _settings.MaxMessageBytes.ToString() + " bytes");
                return false;
            }

            return true;
        }

        private void TakeData(byte[] buffer, int at, int count)
        {
            bool isLast = !_inFrame && (_first & FrameHeader.Fin) != 0;
            if (Is(PackedFlag))
            {
                TakePacked(buffer, at, count, isLast);
                return;
            }

            if (Is(TextFlag) && !CheckText(buffer, at, count, isLast))
            {
                Fail(WebSocketCloseCode.InvalidData, "text that is no UTF-8");
                return;
            }

            Set(MessageFlag, !isLast);
            if (_target.TakesParts)
            {
                if (count > 0 || isLast)
                {
                    _target.OnPart(buffer, at, count, Is(TextFlag), isLast);
                }
            }
            else if (isLast && _messageCount == 0)
            {
                _target.OnMessage(buffer, at, count, Is(TextFlag));
            }
            else
            {
                Append(buffer, at, count);
                if (isLast)
                {
                    DeliverKept();
                }
            }
        }

        private bool CheckText(byte[] buffer, int at, int count, bool isLast)
        {
            _check ??= new TextCheck();
            return _check.Check(buffer, at, count) && (!isLast || _check.IsWhole);
        }

        private void DeliverKept()
        {
            byte[] message = _message;
            int count = _messageCount;
            _message = null;
            _messageCount = 0;
            try
            {
                _target.OnMessage(message, 0, count, Is(TextFlag));
            }
            finally
            {
                _settings.Spare.GiveBack(message);
            }
        }

        // As much room as has come, and as much again: a length that is only claimed takes no memory.
        private void Append(byte[] buffer, int at, int count)
        {
            if (count == 0)
            {
                return;
            }

            if (_message == null || count > _message.Length - _messageCount)
            {
                int needed = _messageCount + count;
                int wanted = needed > _settings.MaxMessageBytes / 2 ? _settings.MaxMessageBytes : needed * 2;
                long known = needed + _left;
                int whole = known < _settings.MaxMessageBytes ? (int)known : _settings.MaxMessageBytes;
                byte[] larger = _settings.Spare.Take(whole, (_first & FrameHeader.Fin) != 0 && whole < wanted ? whole : wanted);
                if (_messageCount > 0)
                {
                    Array.Copy(_message, 0, larger, 0, _messageCount);
                }

                _settings.Spare.GiveBack(_message);
                _message = larger;
            }

            Array.Copy(buffer, at, _message, _messageCount, count);
            _messageCount += count;
        }

        private void TakeControl(byte[] buffer, int at, int count)
        {
            if (_inFrame || _controlCount > 0)
            {
                _control ??= new byte[FrameHeader.MaxControlPayload];
                Array.Copy(buffer, at, _control, _controlCount, count);
                _controlCount += count;
                if (_inFrame)
                {
                    return;
                }

                buffer = _control;
                at = 0;
                count = _controlCount;
                _controlCount = 0;
            }

            _target.OnControl(_first & FrameHeader.OpcodeBits, buffer, at, count);
        }
    }
}
