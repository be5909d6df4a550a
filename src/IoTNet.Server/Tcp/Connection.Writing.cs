using System;

namespace IoTNet
{
    // What goes: at once what the stack takes, the rest in pieces.
    public sealed partial class Connection
    {
        // The first piece of what waits; null when nothing does.
        private OutputPiece _output;

        /// <summary>How many bytes wait to be sent.</summary>
        public int BufferedBytes => _output == null ? 0 : _output.Total;

        /// <summary>Whether a write can still be taken: not after <see cref="End"/>, an error or the close.</summary>
        public bool IsWritable => (_flags & (ClosedFlag | EndedFlag)) == 0 && Failure == Errno.None;

        /// <summary>Sends bytes: at once what the stack takes, the rest is copied and sent when there is room. All or nothing is
        /// taken.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <returns>True; false when more than <see cref="ConnectionOptions.HighWaterBytes"/> wait now (the bytes are taken; stop
        /// until <see cref="Drain"/>), and when the connection is not writable any more (they are dropped).</returns>
        /// <exception cref="ArgumentNullException">No buffer was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Offset and count do not lie within it.</exception>
        /// <exception cref="SocketException">ENOBUFS: together with what waits it is more than
        /// <see cref="ConnectionOptions.MaxBufferedBytes"/>; nothing was taken.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public bool Write(byte[] buffer, int offset, int count)
        {
            int result = TryWrite(buffer, offset, count);
            if (result == -(int)Errno.ENOBUFS)
            {
                throw TcpFailure.Of(Errno.ENOBUFS, "write " + count.ToString() + " bytes while " + BufferedBytes.ToString() +
                    " wait on " + ToString() + ", which may buffer " + _set.MaxBufferedBytes.ToString());
            }

            return result > 0;
        }

        /// <summary>As <see cref="Write"/>, but says it by its result.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <returns>1: taken; 0: taken, and more than HighWaterBytes wait; -ENOBUFS: it does not fit, nothing was taken; -EPIPE:
        /// not writable, nothing was taken.</returns>
        /// <exception cref="ArgumentNullException">No buffer was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Offset and count do not lie within it.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public int TryWrite(byte[] buffer, int offset, int count)
        {
            if (buffer == null)
            {
                throw new ArgumentNullException(nameof(buffer));
            }

            if (offset < 0 || count < 0 || count > buffer.Length - offset)
            {
                throw new ArgumentOutOfRangeException(nameof(count), "Offset " + offset.ToString() + " and count " +
                    count.ToString() + " do not lie within " + buffer.Length.ToString() + " bytes.");
            }

            _set.Loop.CheckThread();
            if (!IsWritable)
            {
                return -(int)Errno.EPIPE;
            }

            if (count > _set.MaxBufferedBytes - BufferedBytes)
            {
                return -(int)Errno.ENOBUFS;
            }

            Send(buffer, offset, count);
            if (!IsWritable)
            {
                return -(int)Errno.EPIPE;
            }

            if (BufferedBytes <= _set.HighWaterBytes)
            {
                return 1;
            }

            _flags |= MustDrainFlag;
            return 0;
        }

        /// <summary>Sends what waits, then ends this half; what the peer still sends is told until it ends its own, and then the
        /// connection is closed (within this call when the peer was first and nothing waits). On a stack that cannot end one
        /// half (EOPNOTSUPP: nanoFramework's) it is closed when all is handed to the stack: what the peer still sends is lost.
        /// Ending again does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void End()
        {
            _set.Loop.CheckThread();
            if (IsWritable)
            {
                _flags |= EndedFlag;
                FinishWhenSent();
            }
        }

        private void Send(byte[] buffer, int offset, int count)
        {
            if (count > 0 && _output == null)
            {
                int sent = Socket.TrySend(buffer, offset, count, SocketFlags.DontWait);
                if (sent < 0 && sent != -(int)Errno.EAGAIN && sent != -(int)Errno.EINTR)
                {
                    FailSoon((Errno)(-sent));
                    return;
                }

                if (sent > 0)
                {
                    TouchBySend();
                    offset += sent;
                    count -= sent;
                }
            }

            if (count > 0)
            {
                Keep(buffer, offset, count);
                UpdateEvents();
            }
        }

        private void Keep(byte[] buffer, int offset, int count)
        {
            if (_output == null)
            {
                _output = _set.TakePiece();
                _output.Last = _output;
                _output.Total = 0;
            }

            OutputPiece last = _output.Last;
            _output.Total += count;
            while (count > 0)
            {
                if (last.End == last.Bytes.Length)
                {
                    last.Next = _set.TakePiece();
                    last = last.Next;
                }

                int room = last.Bytes.Length - last.End;
                int part = count < room ? count : room;
                Array.Copy(buffer, offset, last.Bytes, last.End, part);
                last.End += part;
                offset += part;
                count -= part;
            }

            _output.Last = last;
        }

        private void Flush()
        {
            while (_output != null)
            {
                OutputPiece piece = _output;
                int sent = Socket.TrySend(piece.Bytes, piece.Begin, piece.End - piece.Begin, SocketFlags.DontWait);
                if (sent < 0)
                {
                    if (sent != -(int)Errno.EAGAIN && sent != -(int)Errno.EINTR)
                    {
                        Fail((Errno)(-sent), "send on ");
                        return;
                    }

                    break;
                }

                TouchBySend();
                piece.Begin += sent;
                piece.Total -= sent;
                if (piece.Begin < piece.End)
                {
                    break;
                }

                DropFirstPiece();
            }

            UpdateEvents();
            if ((_flags & MustDrainFlag) != 0 && BufferedBytes <= _set.LowWaterBytes)
            {
                _flags &= ~MustDrainFlag;
                if ((_flags & EndedFlag) == 0)
                {
                    _handlers.Drain?.Invoke(this);
                }
            }

            FinishWhenSent();
        }

        private void FinishWhenSent()
        {
            if ((_flags & (EndedFlag | FinishedFlag | ClosedFlag)) != EndedFlag || _output != null)
            {
                return;
            }

            _flags |= FinishedFlag;
            bool peerEnded = (_flags & PeerEndedFlag) != 0;
            int result = peerEnded ? 0 : Socket.TryShutdown(SocketShutdown.Send);
            if (peerEnded || result == -(int)Errno.EOPNOTSUPP)
            {
                CloseNow(false);
            }
            else if (result < 0)
            {
                FailSoon((Errno)(-result));
            }
        }

        // A send is no first byte of the client.
        private void TouchBySend()
        {
            if ((_flags & HeardFlag) != 0)
            {
                _set.Restart(this, _set.IdleMs);
            }
        }

        private void DropFirstPiece()
        {
            OutputPiece piece = _output;
            _output = piece.Next;
            if (_output != null)
            {
                _output.Last = piece.Last;
                _output.Total = piece.Total;
            }

            _set.GiveBack(piece);
        }

        private void DropOutput()
        {
            while (_output != null)
            {
                DropFirstPiece();
            }
        }
    }
}
