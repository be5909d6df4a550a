using System;

namespace IoTNet
{
    // From the pipe into the stream: as much as one send takes.
    internal sealed partial class ZmtpSession
    {
        // A fast reader at the other end keeps the others waiting for as many.
        private const int SendsPerTurn = 16;
        private const int MaxControlBytes = 8192;

        private readonly ByteQueue _control = new ByteQueue();

        // Subscriptions take another form for each version, sealed frames are not what is in the pipe, and of a pipe that conflates
        // the reader has copies.
        private bool CopiesOutput => _mechanism != null || _peer.Out.Conflates || _owner.Type == MessageSocketType.Sub || _owner.Type == MessageSocketType.XSub;

        private bool WantsOut => (WantedEvents & PollEvents.Out) != 0;

        private bool HasUnsent => _control.Count > 0 || !_peer.Out.IsEmpty;

        private void Flush()
        {
            bool wants = false;
            for (int i = 0; Socket != null; i++)
            {
                if (i == SendsPerTurn)
                {
                    wants = true;
                    break;
                }

                int result = SendSome();
                if (result == 0)
                {
                    break;
                }

                if (result == -(int)Errno.EAGAIN || result == -(int)Errno.EINTR)
                {
                    wants = true;
                    break;
                }

                if (result < 0)
                {
                    Lose(ErrnoTable.Describe((Errno)(-result)));
                    return;
                }
            }

            if (Socket == null)
            {
                return;
            }

            if (wants != WantsOut)
            {
                UpdateEvents(wants);
            }

            if (!wants && _linked && !CopiesOutput)
            {
                // Only handshake and heartbeats need it.
                _control.Release();
            }

            if (!wants && _linked && IsEnding && !HasUnsent)
            {
                End();
            }
        }

        // One send. Bytes sent; 0 when there is nothing to send.
        private int SendSome()
        {
            bool mayControl = !_linked || CopiesOutput || _peer.Out.IsAtBoundary;
            if (mayControl && _linked && CopiesOutput && _control.Count < MaxControlBytes)
            {
                CopyOutput();
            }

            if (mayControl && _control.Count > 0)
            {
                int sent = Socket.TrySend(_control.Bytes, _control.Start, _control.Count, SocketFlags.DontWait);
                if (sent > 0)
                {
                    _control.Take(sent);
                }

                return sent;
            }

            if (!_linked || CopiesOutput)
            {
                return 0;
            }

            FramePipe pipe = _peer.Out;
            int count = pipe.TryBytes(out byte[] buffer, out int offset);
            if (count == 0)
            {
                return 0;
            }

            count = Socket.TrySend(buffer, offset, count, SocketFlags.DontWait);
            if (count > 0)
            {
                pipe.ConsumeBytes(count);
            }

            return count;
        }

        private void CopyOutput()
        {
            FramePipe pipe = _peer.Out;

            // What has been copied is not replaced by a later message any more.
            int maxBytes = pipe.Conflates ? 1 : MaxControlBytes;
            while (_control.Count < maxBytes && pipe.TryFrame())
            {
                int flags = pipe.FrameFlags;
                byte[] buffer = pipe.FrameBuffer;
                int offset = pipe.FrameOffset;
                int count = pipe.FrameCount;
                if ((flags & FrameHeader.Command) != 0)
                {
                    // SubPattern.Start: what stands before the mark of this connection is an older one's.
                    Set(StartedFlag, buffer[offset + count - 1] == (byte)_peer.Epoch);
                    Set(CopiesMessageFlag, false);
                }
                else if (Is(StartedFlag) || (_owner.Type != MessageSocketType.Sub && _owner.Type != MessageSocketType.XSub))
                {
                    CopyFrame(flags, buffer, offset, count);
                }

                pipe.Consume();
            }
        }

        private void CopyFrame(int flags, byte[] buffer, int offset, int count)
        {
            bool isSubscription = flags == 0 && !Is(Speaks30Flag | CopiesMessageFlag) && count > 0 && buffer[offset] <= 1 &&
                (_owner.Type == MessageSocketType.Sub || _owner.Type == MessageSocketType.XSub);
            if (isSubscription)
            {
                // RFC 37: 3.1 has commands for what was a message of 1 or 0 and the prefix.
                byte[] name = buffer[offset] == 1 ? CommandName.Subscribe : CommandName.Cancel;
                byte[] command = new byte[name.Length + count - 1];
                name.CopyTo(command, 0);
                Array.Copy(buffer, offset + 1, command, name.Length, count - 1);
                AddFrame(FrameHeader.Command, command, 0, command.Length);
            }
            else
            {
                AddFrame(flags, buffer, offset, count);
            }

            Set(CopiesMessageFlag, (flags & FrameHeader.More) != 0);
        }

        // A frame of ours, sealed when the mechanism does.
        private void AddFrame(int flags, byte[] buffer, int offset, int count)
        {
            if (_mechanism == null)
            {
                _control.AddFrame(flags, buffer, offset, count);
                return;
            }

            int body = count + _mechanism.SealBytes;
            int at = _control.Room(FrameHeader.MaxBytes + body);
            int header = FrameHeader.Write(_control.Bytes, at, 0, body);
            _mechanism.Encode(flags, buffer, offset, count, _control.Bytes, at + header);
            _control.Added(header + body);
        }

        private void UpdateEvents(bool wantsOut)
        {
            WantedEvents = (_paused ? PollEvents.None : PollEvents.In) | (wantsOut ? PollEvents.Out : PollEvents.None);
        }

        // While it is paused nothing is read.
        private void UpdateEvents()
        {
            UpdateEvents(WantsOut);
        }
    }
}
