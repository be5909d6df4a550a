#if !IOTNET_NO_WEBSOCKET
// RFC 6455 5: frames are read, and unmasked, where they lie in the receive buffer.
using System;

namespace IoTNet
{
    // From bytes to frames.
    public sealed partial class WebSocket
    {
        private static readonly byte[] s_empty = new byte[0];

        // A header that has come in part; as long as a whole one once it was needed.
        private byte[] _header;
        private int _headerCount;

        // The frame whose payload is coming.
        private bool _inFrame;
        private int _first;
        private long _left;
        private bool _isMasked;
        private uint _mask;

        // Bytes that wait for the end of a pause.
        private byte[] _kept;
        private LoopTimer _later;
        private bool _receiving;
        private bool _heard;

        void IConnectionUser.OnData(byte[] buffer, int offset, int count)
        {
            _heard = true;
            if (_kept != null)
            {
                Keep(buffer, offset, count);
                return;
            }

            int at = Receive(buffer, offset, offset + count);
            if (at < offset + count)
            {
                Keep(buffer, at, offset + count - at);
            }
        }

        // Gives the place up to which all is done; before the end only when it is paused.
        private int Receive(byte[] buffer, int at, int end)
        {
            _receiving = true;
            try
            {
                while (at < end && !_discards && !Connection.IsPaused)
                {
                    at = _inFrame ? TakePayload(buffer, at, end) : TakeHeader(buffer, at, end);
                }
            }
            finally
            {
                _receiving = false;
                _set.Batch.Flush();
            }

            return _discards ? end : at;
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
            if (opcode < Opcode.Close)
            {
                BeginData(first, opcode);
            }

            if (_left == 0 && _inFrame)
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

        private void Keep(byte[] buffer, int offset, int count)
        {
            int held = _kept == null ? 0 : _kept.Length;
            byte[] kept = new byte[held + count];
            if (held > 0)
            {
                Array.Copy(_kept, 0, kept, 0, held);
            }

            Array.Copy(buffer, offset, kept, held, count);
            _kept = kept;
        }

        private void RunLater()
        {
            _later ??= new LoopTimer(_set.Loop, OnLater, null);
            if (!_set.Loop.IsStopping)
            {
                _later.Start(0, 0);
            }
        }

        private void OnLater(object state)
        {
            byte[] kept = _kept;
            _kept = null;
            if (kept == null || _state == StateClosed)
            {
                return;
            }

            int at = Receive(kept, 0, kept.Length);
            if (at < kept.Length)
            {
                Keep(kept, at, kept.Length - at);
            }
        }
    }
}
#endif
