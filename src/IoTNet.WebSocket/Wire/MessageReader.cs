// RFC 6455 5: frames are read, and unmasked, where they lie in the receive buffer.
using System;

namespace IoTNet
{
    /// <summary>From bytes to messages, in pieces of any size. It holds no more than a header, a control frame and one message of
    /// bounded length, the last two only when they did not come in one piece.</summary>
    internal sealed partial class MessageReader
    {
        private static readonly byte[] s_empty = new byte[0];

        // What it is and has read: on a device a field takes 12 bytes, of whatever type it is.
        private const int ServerFlag = 1;
        private const int PacksFlag = 1 << 1;
        private const int PausedFlag = 1 << 2;
        private const int StoppedFlag = 1 << 3;
        private const int MessageFlag = 1 << 4;
        private const int TextFlag = 1 << 5;
        private const int PackedFlag = 1 << 6;
        private const int MaskedFlag = 1 << 7;

        private readonly IMessageTarget _target;
        private readonly ReaderSettings _settings;
        private int _flags;

        // A header that has come in part.
        private byte[] _header;
        private int _headerCount;

        // The frame whose payload is coming.
        private bool _inFrame;
        private int _first;
        private long _left;
        private uint _mask;

        /// <param name="isServer">Whether the peer is a client, whose frames are masked.</param>
        /// <param name="packs">Whether messages may be packed: both sides have agreed upon it.</param>
        public MessageReader(IMessageTarget target, bool isServer, bool packs, ReaderSettings settings)
        {
            _target = target;
            _settings = settings;
            _flags = (isServer ? ServerFlag : 0) | (packs ? PacksFlag : 0);
        }

        /// <summary>Set from within a call of the target, too: reading ends with that call.</summary>
        public bool IsPaused
        {
            get => Is(PausedFlag);
            set => Set(PausedFlag, value);
        }

        /// <summary>Whether nothing is read any more.</summary>
        public bool IsStopped => Is(StoppedFlag);

        /// <summary>Reads.</summary>
        /// <returns>The place up to which all is done; before the end only when it is paused.</returns>
        public int Read(byte[] buffer, int at, int end)
        {
            while (at < end && !Is(PausedFlag | StoppedFlag))
            {
                at = _inFrame ? TakePayload(buffer, at, end) : TakeHeader(buffer, at, end);
            }

            return IsStopped ? end : at;
        }

        /// <summary>Reads nothing any more, and gives the message's buffer back.</summary>
        public void Stop()
        {
            Set(StoppedFlag, true);
            _inFrame = false;
            _settings.Spare.GiveBack(_message);
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
            Set(MaskedFlag, (header[at + 1] & FrameHeader.MaskBit) != 0);
            _left = FrameHeader.LengthOf(header, at);
            string violation = Violation(first, opcode);
            if (violation != null)
            {
                Fail(WebSocketCloseCode.ProtocolError, violation);
                return;
            }

            if (Is(MaskedFlag))
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

            if (Is(MaskedFlag) != Is(ServerFlag))
            {
                return Is(ServerFlag) ? "a client's frame without a mask" : "a server's frame with a mask";
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
                : opcode == Opcode.Continuation && !Is(MessageFlag) ? "a continuation of nothing"
                : opcode != Opcode.Continuation && Is(MessageFlag) ? "a message within a message"
                : null;
        }

        private int TakePayload(byte[] buffer, int at, int end)
        {
            int count = _left < end - at ? (int)_left : end - at;
            if (Is(MaskedFlag))
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

        private bool Is(int flag)
        {
            return (_flags & flag) != 0;
        }

        private void Set(int flag, bool isSet)
        {
            _flags = isSet ? _flags | flag : _flags & ~flag;
        }

        private void Fail(int code, string violation)
        {
            Stop();
            _target.OnViolation(code, violation);
        }
    }
}
