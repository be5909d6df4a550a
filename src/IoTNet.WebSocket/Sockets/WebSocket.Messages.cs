#if !IOTNET_NO_WEBSOCKET
// RFC 6455 5.4 to 5.6.
using System;

namespace IoTNet
{
    // From frames to messages.
    public sealed partial class WebSocket
    {
        // The message that is coming, and its bytes so far, when they did not come in one piece.
        private bool _inMessage;
        private bool _isText;
        private byte[] _message;
        private int _messageCount;
        private TextCheck _check;

        // A control frame that has come in part.
        private byte[] _control;
        private int _controlCount;

        private bool AllowsRsv1(int opcode)
        {
            return false;
        }

        private void BeginData(int first, int opcode)
        {
            if (opcode != Opcode.Continuation)
            {
                _inMessage = true;
                _isText = opcode == Opcode.Text;
                _check?.Reset();
            }

            if (Part != null)
            {
                return;
            }

            if (_left > _set.MaxFrameBytes)
            {
                Fail(WebSocketCloseCode.TooLarge, "a frame of more than " + _set.MaxFrameBytes.ToString() + " bytes");
            }
            else if (_left > _set.MaxMessageBytes - _messageCount)
            {
                Fail(WebSocketCloseCode.TooLarge, "a message of more than " + _set.MaxMessageBytes.ToString() + " bytes");
            }
        }

        private void TakeData(byte[] buffer, int at, int count)
        {
            bool isLast = !_inFrame && (_first & FrameHeader.Fin) != 0;
            if (_isText && !CheckText(buffer, at, count, isLast))
            {
                Fail(WebSocketCloseCode.InvalidData, "text that is no UTF-8");
                return;
            }

            if (Part != null)
            {
                EndMessage(isLast);
                if (_state == StateOpen && (count > 0 || isLast))
                {
                    Part(this, buffer, at, count, _isText, isLast);
                }
            }
            else if (isLast && _messageCount == 0)
            {
                EndMessage(true);
                Deliver(buffer, at, count);
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

        private void EndMessage(bool isLast)
        {
            _inMessage = !isLast;
        }

        private void DeliverKept()
        {
            byte[] message = _message;
            int count = _messageCount;
            _message = null;
            _messageCount = 0;
            EndMessage(true);
            try
            {
                Deliver(message, 0, count);
            }
            finally
            {
                _set.Spare.GiveBack(message);
            }
        }

        private void Deliver(byte[] buffer, int at, int count)
        {
            // As browsers do: what comes while it is being closed is nobody's.
            if (_state == StateOpen)
            {
                (_isText ? Text : Binary)?.Invoke(this, buffer, at, count);
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
                int most = _set.MaxMessageBytes;
                int wanted = _messageCount + count > most / 2 ? most : (_messageCount + count) * 2;
                long known = _messageCount + count + _left;
                byte[] larger = _set.Spare.Take((_first & FrameHeader.Fin) != 0 && known < wanted ? (int)known : wanted);
                if (_messageCount > 0)
                {
                    Array.Copy(_message, 0, larger, 0, _messageCount);
                }

                _set.Spare.GiveBack(_message);
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

            switch (_first & FrameHeader.OpcodeBits)
            {
                case Opcode.Ping:
                    TakePing(buffer, at, count);
                    break;
                case Opcode.Pong:
                    if (_state == StateOpen)
                    {
                        PongReceived?.Invoke(this, buffer, at, count);
                    }

                    break;
                default:
                    TakeClose(buffer, at, count);
                    break;
            }
        }

        private void TakePing(byte[] buffer, int at, int count)
        {
            if (_state != StateOpen)
            {
                return;
            }

            // RFC 6455 5.5.3: of several pings only the last has to be answered; a peer that does not read its pongs gets none.
            if (Connection.IsWritable)
            {
                SendFrame(FrameHeader.Fin | Opcode.Pong, buffer, at, count);
            }

            PingReceived?.Invoke(this, buffer, at, count);
        }
    }
}
#endif
