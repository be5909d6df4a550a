// RFC 6455 5: frames are read, and unmasked, where they lie in the receive buffer.
using System;

namespace IoTNet
{
    /// <summary>From bytes to messages, in pieces of any size. It holds no more than a header, a control frame and one message of
    /// bounded length, the last two only when they did not come in one piece.</summary>
    internal sealed partial class MessageReader
    {
        private static readonly byte[] s_empty = new byte[0];

        private readonly IMessageTarget _target;
        private readonly bool _isServer;

        // A header that has come in part.
        private byte[] _header;
        private int _headerCount;

        // The frame whose payload is coming.
        private bool _inFrame;
        private int _first;
        private long _left;
        private bool _isMasked;
        private uint _mask;

        /// <param name="isServer">Whether the peer is a client, whose frames are masked.</param>
        /// <param name="compressor">Unpacks messages; null when that is not agreed upon.</param>
        public MessageReader(IMessageTarget target, bool isServer, int maxFrameBytes, int maxMessageBytes, SpareBuffers spare,
            IMessageCompressor compressor)
        {
            _compressor = compressor;
            _target = target;
            _isServer = isServer;
            _maxFrameBytes = maxFrameBytes;
            _maxMessageBytes = maxMessageBytes;
            _spare = spare;
        }

        /// <summary>Set from within a call of the target, too: reading ends with that call.</summary>
        public bool IsPaused { get; set; }

        /// <summary>Whether nothing is read any more.</summary>
        public bool IsStopped { get; private set; }

        /// <summary>Reads.</summary>
        /// <returns>The place up to which all is done; before the end only when it is paused.</returns>
        public int Read(byte[] buffer, int at, int end)
        {
            while (at < end && !IsPaused && !IsStopped)
            {
                at = _inFrame ? TakePayload(buffer, at, end) : TakeHeader(buffer, at, end);
            }

            return IsStopped ? end : at;
        }

        /// <summary>Reads nothing any more, and gives the message's buffer back.</summary>
        public void Stop()
        {
            IsStopped = true;
            _inFrame = false;
            _spare.GiveBack(_message);
            _message = null;
            _messageCount = 0;
        }

        private int TakeHeader(byte[] buffer, int at, int end)
        {
            if (_headerCount == 0 && end - at >= 2)
            {
                int size = FrameHeader.SizeOf(buffer[at + 1]);
                if (end - at >= size)
                {
                    BeginFrame(buffer, at, size);
                    return at + size;
                }
            }

            _header ??= new byte[FrameHeader.MaxBytes];
            while (at < end)
            {
                _header[_headerCount++] = buffer[at++];
                if (_headerCount >= 2 && _headerCount == FrameHeader.SizeOf(_header[1]))
                {
                    int size = _headerCount;
                    _headerCount = 0;
                    BeginFrame(_header, 0, size);
                    break;
                }
            }

            return at;
        }

        private void BeginFrame(byte[] header, int at, int size)
        {
            int first = header[at];
            int opcode = first & FrameHeader.OpcodeBits;
            _isMasked = (header[at + 1] & FrameHeader.MaskBit) != 0;
            _left = FrameHeader.LengthOf(header, at);
            string violation = Violation(first, opcode);
            if (violation != null)
            {
                Fail(WebSocketCloseCode.ProtocolError, violation);
                return;
            }

            if (_isMasked)
            {
                int key = at + size - 4;
                _mask = (uint)(header[key] | (header[key + 1] << 8) | (header[key + 2] << 16) | (header[key + 3] << 24));
            }

            _first = first;
            _inFrame = true;
            if (opcode < Opcode.Close && !BeginData(opcode))
            {
                return;
            }

            if (_left == 0)
            {
                TakePayload(s_empty, 0, 0);
            }
        }

        // What RFC 6455 5.1 to 5.5 forbid; null when there is nothing.
        private string Violation(int first, int opcode)
        {
            if ((first & FrameHeader.OtherRsv) != 0 || ((first & FrameHeader.Rsv1) != 0 && !AllowsRsv1(opcode)))
            {
                return "a reserved bit is set";
            }

            if (_isMasked != _isServer)
            {
                return _isServer ? "a client's frame without a mask" : "a server's frame with a mask";
            }

            if (_left < 0)
            {
                return "a length that is not in its shortest form, or of 2^63 or more";
            }

            if (opcode >= Opcode.Close)
            {
                return opcode > Opcode.Pong ? "a reserved opcode"
                    : (first & FrameHeader.Fin) == 0 ? "a control frame in parts"
                    : _left > FrameHeader.MaxControlPayload ? "a control frame of more than 125 bytes"
                    : null;
            }

            return opcode > Opcode.Binary ? "a reserved opcode"
                : opcode == Opcode.Continuation && !_inMessage ? "a continuation of nothing"
                : opcode != Opcode.Continuation && _inMessage ? "a message within a message"
                : null;
        }

        private int TakePayload(byte[] buffer, int at, int end)
        {
            int count = _left < end - at ? (int)_left : end - at;
            if (_isMasked)
            {
                _mask = Masking.Apply(buffer, at, count, _mask);
            }

            _left -= count;
            _inFrame = _left > 0;
            if ((_first & FrameHeader.OpcodeBits) >= Opcode.Close)
            {
                TakeControl(buffer, at, count);
            }
            else
            {
                TakeData(buffer, at, count);
            }

            return at + count;
        }

        private void Fail(int code, string violation)
        {
            Stop();
            _target.OnViolation(code, violation);
        }
    }
}
