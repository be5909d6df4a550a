using System;

namespace IoTNet
{
    // From the stream into the pipe.
    internal sealed partial class ZmtpSession
    {
        // A peer that sends without pause keeps the others waiting for as many.
        private const int ReadsPerTurn = 4;
        private const int SealedReadBytes = 4096;
        private const string WrongFrame = "a malformed frame, or one of more than MaxFrameBytes";
        private const string LongMessage = "a message of more than MaxMessageBytes";

        private int _neededBytes;
        private bool _paused;

        // Of the message that has begun; commands in its midst count, too, as they stay with it.
        private int _messageBytes;

        private void Receive()
        {
            for (int i = 0; i < ReadsPerTurn && Socket != null && !_paused; i++)
            {
                byte[] buffer;
                int offset;
                int room;
                FramePipe pipe = _linked && _mechanism == null ? _peer.In : null;
                if (pipe != null)
                {
                    room = pipe.ReceiveRoom(_neededBytes, out buffer, out offset);
                }
                else
                {
                    room = _linked ? SealedReadBytes : 512;
                    offset = _received.Room(room);
                    buffer = _received.Bytes;
                }

                int count = Socket.TryReceive(buffer, offset, room, SocketFlags.DontWait);
                if (count <= 0)
                {
                    if (count != -(int)Errno.EAGAIN && count != -(int)Errno.EINTR)
                    {
                        Lose(count == 0 ? "the peer closed the connection" : ErrnoTable.Describe((Errno)(-count)));
                    }

                    return;
                }

                Heard();
                if (pipe != null)
                {
                    pipe.Received(count);
                    Scan();
                }
                else
                {
                    _received.Added(count);
                    if (_linked)
                    {
                        Open();
                    }
                    else
                    {
                        TakeHandshake();
                    }
                }

                if (count < room)
                {
                    return;
                }
            }
        }

        // What came in one piece with the end of the handshake.
        private void TakeRest()
        {
            _neededBytes = 0;
            _paused = false;
            Set(OpensMessageFlag, false);
            _messageBytes = 0;
            if (_mechanism != null)
            {
                Open();
                return;
            }

            // Nothing more comes into it; and it is gone with the connection.
            ByteQueue rest = _received;
            _received = null;
            while (rest.Count > 0 && _linked)
            {
                FramePipe pipe = _peer.In;
                int room = pipe.ReceiveRoom(_neededBytes, out byte[] buffer, out int offset);
                int part = rest.Count < room ? rest.Count : room;
                Array.Copy(rest.Bytes, rest.Start, buffer, offset, part);
                rest.Take(part);
                pipe.Received(part);
                Scan();
                if (_paused && rest.Count > 0)
                {
                    // More than the mark allows came with the handshake: it waits in the block, whose room is bounded by the read.
                    continue;
                }
            }
        }

        // The application has made room.
        private void Resume()
        {
            if (_paused && _peer.In.CanWrite())
            {
                _paused = false;
                Heard();
                if (_mechanism != null)
                {
                    Open();
                }
                else
                {
                    Scan();
                }

                UpdateEvents();
            }
        }

        // Frames in place; whole messages are the reader's.
        private void Scan()
        {
            _neededBytes = 0;
            FramePipe pipe = _peer.In;
            while (true)
            {
                int header = pipe.ScanFrame(out int flags, out int body, out int count);
                if (header == 0)
                {
                    break;
                }

                string wrong = WhatIsWrong(header, count);
                if (wrong != null)
                {
                    pipe.TellReader();
                    Lose(wrong);
                    return;
                }

                if (!pipe.ScansMessage && !pipe.CanWrite())
                {
                    _paused = true;
                    UpdateEvents();
                    break;
                }

                if (!pipe.HasWhole(header + count))
                {
                    _neededBytes = header + count;
                    break;
                }

                CountFrame(flags, header + count);
                if ((flags & FrameHeader.Command) == 0)
                {
                    pipe.AcceptScanned(header + count, (flags & FrameHeader.More) == 0);
                }
                else if (!TakeCommand(pipe.ScanBuffer, body, count))
                {
                    pipe.TellReader();
                    return;
                }
                else if (IsSubscription(pipe.ScanBuffer, body, count))
                {
                    pipe.AcceptScanned(header + count, true);
                }
                else
                {
                    pipe.SkipScanned(header + count);
                }
            }

            pipe.TellReader();
        }

        // Sealed frames are opened one by one and copied.
        private void Open()
        {
            while (_linked)
            {
                FramePipe pipe = _peer.In;
                int header = FrameHeader.Read(_received.Bytes, _received.Start, _received.Count, out _, out int size);
                string wrong = header == 0 ? null : WhatIsWrong(header, size - _mechanism.SealBytes);
                if (wrong != null)
                {
                    Lose(wrong);
                    return;
                }

                if (header == 0 || _received.Count < header + size)
                {
                    _received.Room(size + FrameHeader.MaxBytes);
                    return;
                }

                if (!Is(OpensMessageFlag) && !pipe.CanWrite())
                {
                    _paused = true;
                    UpdateEvents();
                    return;
                }

                int count = _mechanism.Decode(_received.Bytes, _received.Start + header, size, out int flags, out int body);
                if (count < 0)
                {
                    Lose("a frame that is forged, repeated or malformed");
                    return;
                }

                CountFrame(flags, header + count);
                if ((flags & FrameHeader.Command) != 0 && !TakeCommand(_received.Bytes, body, count))
                {
                    return;
                }

                if ((flags & FrameHeader.Command) == 0 || IsSubscription(_received.Bytes, body, count))
                {
                    pipe.WriteFrame(flags, _received.Bytes, body, count);
                    bool more = (flags & FrameHeader.More) != 0;
                    Set(OpensMessageFlag, more);
                    if (!more)
                    {
                        pipe.Commit();
                    }
                }

                _received.Take(header + size);
            }
        }

        // By the header alone, so that nobody makes us take the memory. Null when nothing is.
        private string WhatIsWrong(int header, int count)
        {
            if (header < 0 || count < 0 || count > _options.MaxFrameBytes)
            {
                return WrongFrame;
            }

            return header + count > _options.MaxMessageBytes - _messageBytes ? LongMessage : null;
        }

        private void CountFrame(int flags, int bytes)
        {
            bool endsMessage = (flags & (FrameHeader.More | FrameHeader.Command)) == 0;
            bool isOutside = _messageBytes == 0 && (flags & FrameHeader.More) == 0;
            _messageBytes = endsMessage || isOutside ? 0 : _messageBytes + bytes;
        }

        private bool IsSubscription(byte[] buffer, int offset, int count)
        {
            return (_owner.Type == MessageSocketType.Pub || _owner.Type == MessageSocketType.XPub) &&
                (CommandName.Is(CommandName.Subscribe, buffer, offset, count) || CommandName.Is(CommandName.Cancel, buffer, offset, count));
        }
    }
}
