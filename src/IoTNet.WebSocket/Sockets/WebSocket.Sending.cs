using System;
using System.Text;

namespace IoTNet
{
    // From messages to frames.
    public sealed partial class WebSocket
    {
        // The most bytes of UTF-8 that a char takes; a pair of surrogates takes four.
        private const int BytesPerChar = 3;

        private static readonly byte[] s_empty = new byte[0];

        // What a packed message ends with before that is cut off.
        private const int PackedTail = 4;

        /// <summary>Sends a text message.</summary>
        /// <param name="text">The text.</param>
        /// <returns>True; false when more than HighWaterBytes wait now (it is taken; stop until <see cref="Drain"/>), and when the
        /// WebSocket is not open any more (it is dropped).</returns>
        /// <exception cref="ArgumentNullException">No text was given.</exception>
        /// <exception cref="SocketException">ENOBUFS: with what waits it is more than MaxBufferedBytes; nothing was
        /// taken.</exception>
        /// <exception cref="InvalidOperationException">A message in parts is under way; or not on the loop's thread.</exception>
        public bool SendText(string text)
        {
            return Check(TrySendText(text));
        }

        /// <summary>Sends a text message that is UTF-8 already; it is not checked.</summary>
        /// <param name="buffer">Holds the bytes; they are not changed.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <returns>As <see cref="SendText(string)"/>.</returns>
        /// <exception cref="ArgumentNullException">No buffer was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Offset and count do not lie within it.</exception>
        /// <exception cref="SocketException">As <see cref="SendText(string)"/>.</exception>
        /// <exception cref="InvalidOperationException">As <see cref="SendText(string)"/>.</exception>
        public bool SendText(byte[] buffer, int offset, int count)
        {
            return Check(TrySend(buffer, offset, count, true));
        }

        /// <summary>Sends a binary message.</summary>
        /// <param name="buffer">Holds the bytes; they are not changed.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <returns>As <see cref="SendText(string)"/>.</returns>
        /// <exception cref="ArgumentNullException">No buffer was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Offset and count do not lie within it.</exception>
        /// <exception cref="SocketException">As <see cref="SendText(string)"/>.</exception>
        /// <exception cref="InvalidOperationException">As <see cref="SendText(string)"/>.</exception>
        public bool SendBinary(byte[] buffer, int offset, int count)
        {
            return Check(TrySend(buffer, offset, count, false));
        }

        /// <summary>Sends a part of a message, in a frame of its own: messages of any length, without holding one. No other message
        /// may come in between.</summary>
        /// <param name="buffer">Holds the bytes; they are not changed.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many; may be 0.</param>
        /// <param name="isText">Whether the message is text; counts for its first part.</param>
        /// <param name="isLast">Whether the message ends with it.</param>
        /// <returns>As <see cref="SendText(string)"/>.</returns>
        /// <exception cref="ArgumentNullException">No buffer was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Offset and count do not lie within it.</exception>
        /// <exception cref="SocketException">As <see cref="SendText(string)"/>.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public bool SendPart(byte[] buffer, int offset, int count, bool isText, bool isLast)
        {
            return Check(TrySendPart(buffer, offset, count, isText, isLast));
        }

        /// <summary>As <see cref="SendText(string)"/>, but says it by its result.</summary>
        /// <param name="text">The text.</param>
        /// <returns>1: taken; 0: taken, and more than HighWaterBytes wait; -ENOBUFS: it does not fit; -EPIPE: not open; nothing
        /// was taken then.</returns>
        /// <exception cref="ArgumentNullException">No text was given.</exception>
        /// <exception cref="InvalidOperationException">As <see cref="SendText(string)"/>.</exception>
        public int TrySendText(string text)
        {
            int most = (text ?? throw new ArgumentNullException(nameof(text))).Length * BytesPerChar;
            OutputBatch batch = _set.Batch;
            if (!IsOpen || Is(PartSentFlag) || (Is(PacksFlag) && text.Length >= _set.CompressLeastBytes) || !batch.Reserve(this, most + FrameHeader.MaxBytes))
            {
                byte[] bytes = _set.Spare.Take(most);
                int result = TrySend(bytes, 0, Encoding.UTF8.GetBytes(text, 0, text.Length, bytes, 0), true);
                _set.Spare.GiveBack(bytes);
                return result;
            }

            // In place, behind a header of the size that it needs when all is ASCII.
            int start = batch.Count;
            int guess = FrameHeader.SizeFor(text.Length, !Is(ServerFlag));
            int count = Encoding.UTF8.GetBytes(text, 0, text.Length, batch.Bytes, start + guess);
            int size = FrameHeader.SizeFor(count, !Is(ServerFlag));
            if (size + count > _set.MaxBufferedBytes - Connection.BufferedBytes - start)
            {
                return -(int)Errno.ENOBUFS;
            }

            if (size != guess)
            {
                Array.Copy(batch.Bytes, start + guess, batch.Bytes, start + size, count);
            }

            Finish(FrameHeader.Fin | Opcode.Text, start, size, count);
            return Sent();
        }

        /// <summary>As <see cref="SendText(byte[], int, int)"/> and <see cref="SendBinary"/>, but says it by its result.</summary>
        /// <param name="buffer">Holds the bytes; they are not changed.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <param name="isText">Whether they are text.</param>
        /// <returns>As <see cref="TrySendText"/>.</returns>
        /// <exception cref="ArgumentNullException">No buffer was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Offset and count do not lie within it.</exception>
        /// <exception cref="InvalidOperationException">As <see cref="SendText(string)"/>.</exception>
        public int TrySend(byte[] buffer, int offset, int count, bool isText)
        {
            if (Is(PartSentFlag) && IsOpen)
            {
                throw new InvalidOperationException("A message in parts is under way: SendPart with isLast ends it.");
            }

            int first = FrameHeader.Fin | (isText ? Opcode.Text : Opcode.Binary);
            return Is(PacksFlag) && count >= _set.CompressLeastBytes && IsOpen ? SendPacked(first, buffer, offset, count)
                : Send(first, buffer, offset, count);
        }

        /// <summary>As <see cref="SendPart"/>, but says it by its result.</summary>
        /// <param name="buffer">Holds the bytes; they are not changed.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many; may be 0.</param>
        /// <param name="isText">Whether the message is text; counts for its first part.</param>
        /// <param name="isLast">Whether the message ends with it.</param>
        /// <returns>As <see cref="TrySendText"/>.</returns>
        /// <exception cref="ArgumentNullException">No buffer was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Offset and count do not lie within it.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public int TrySendPart(byte[] buffer, int offset, int count, bool isText, bool isLast)
        {
            int opcode = Is(PartSentFlag) ? Opcode.Continuation : isText ? Opcode.Text : Opcode.Binary;
            int result = Send(opcode | (isLast ? FrameHeader.Fin : 0), buffer, offset, count);
            if (result >= 0)
            {
                Set(PartSentFlag, !isLast);
            }

            return result;
        }

        /// <summary>Sends a ping; the peer answers it by a pong with the same bytes.</summary>
        /// <param name="buffer">Holds the bytes; null = none.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many, 0 to 125.</param>
        /// <returns>As <see cref="SendText(string)"/>.</returns>
        /// <exception cref="ArgumentOutOfRangeException">More than 125; or they do not lie within the buffer.</exception>
        /// <exception cref="SocketException">As <see cref="SendText(string)"/>.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public bool Ping(byte[] buffer, int offset, int count)
        {
            return SendControl(Opcode.Ping, buffer, offset, count);
        }

        /// <summary>Sends a pong that no ping asked for: a sign of life (RFC 6455 5.5.3). Pings are answered without it.</summary>
        /// <param name="buffer">Holds the bytes; null = none.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many, 0 to 125.</param>
        /// <returns>As <see cref="SendText(string)"/>.</returns>
        /// <exception cref="ArgumentOutOfRangeException">More than 125; or they do not lie within the buffer.</exception>
        /// <exception cref="SocketException">As <see cref="SendText(string)"/>.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public bool Pong(byte[] buffer, int offset, int count)
        {
            return SendControl(Opcode.Pong, buffer, offset, count);
        }

        /// <summary>Writes what has been put together.</summary>
        internal int WriteBatch(byte[] bytes, int count)
        {
            return Connection.TryWrite(bytes, 0, count);
        }

        private bool SendControl(int opcode, byte[] buffer, int offset, int count)
        {
            if (count > FrameHeader.MaxControlPayload)
            {
                throw new ArgumentOutOfRangeException(nameof(count), "Expected 0 to 125, not " + count.ToString() + ".");
            }

            return Check(Send(FrameHeader.Fin | opcode, buffer ?? s_empty, offset, count));
        }

        private static void CheckRange(byte[] buffer, int offset, int count)
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
        }

        private int SendPacked(int first, byte[] buffer, int offset, int count)
        {
            CheckRange(buffer, offset, count);
            byte[] packed = _set.Spare.Take(count + PackedTail);
            try
            {
                int length = _set.Compressor.Compress(buffer, offset, count, packed, count - 1);
                return length >= 0 ? SendFrame(first | FrameHeader.Rsv1, packed, 0, length) : SendFrame(first, buffer, offset, count);
            }
            finally
            {
                _set.Spare.GiveBack(packed);
            }
        }

        private int Send(int first, byte[] buffer, int offset, int count)
        {
            CheckRange(buffer, offset, count);
            return IsOpen ? SendFrame(first, buffer, offset, count) : -(int)Errno.EPIPE;
        }

        // A whole frame or nothing.
        private int SendFrame(int first, byte[] buffer, int offset, int count)
        {
            OutputBatch batch = _set.Batch;
            int size = FrameHeader.SizeFor(count, !Is(ServerFlag));
            if (count > _set.MaxBufferedBytes - size - BufferedBytes)
            {
                return -(int)Errno.ENOBUFS;
            }

            if (batch.Reserve(this, size + count))
            {
                int start = batch.Count;
                Array.Copy(buffer, offset, batch.Bytes, start + size, count);
                Finish(first, start, size, count);
                return Sent();
            }

            return SendLong(first, buffer, offset, count);
        }

        // Header and mask, where the payload has been put.
        private void Finish(int first, int start, int size, int count)
        {
            OutputBatch batch = _set.Batch;
            FrameHeader.Write(batch.Bytes, start, first, count, !Is(ServerFlag));
            if (!Is(ServerFlag))
            {
                uint mask = _set.NextMask();
                PutMask(batch.Bytes, start + size - 4, mask);
                Masking.Apply(batch.Bytes, start + size, count, mask);
            }

            batch.Count = start + size + count;
        }

        // Longer than the batch, which is empty: a server's payload straight from the caller's buffer, a client's by the batch,
        // as masking must not change it.
        private int SendLong(int first, byte[] buffer, int offset, int count)
        {
            byte[] bytes = _set.Batch.Bytes;
            int at = FrameHeader.Write(bytes, 0, first, count, !Is(ServerFlag));
            uint mask = 0;
            if (!Is(ServerFlag))
            {
                mask = _set.NextMask();
                PutMask(bytes, at, mask);
                at += 4;
            }

            int end = offset + count;
            int result;
            do
            {
                int part = end - offset < bytes.Length - at ? end - offset : bytes.Length - at;
                Array.Copy(buffer, offset, bytes, at, part);
                if (!Is(ServerFlag))
                {
                    mask = Masking.Apply(bytes, at, part, mask);
                }

                result = Connection.TryWrite(bytes, 0, at + part);
                offset += part;
                at = 0;
                if (result >= 0 && Is(ServerFlag) && offset < end)
                {
                    result = Connection.TryWrite(buffer, offset, end - offset);
                    offset = end;
                }
            }
            while (result >= 0 && offset < end);
            if (result == -(int)Errno.ENOBUFS)
            {
                // A filter made more of the first bytes than was reckoned with: half a frame is the end of the stream.
                Connection.Abort();
                result = -(int)Errno.EPIPE;
            }

            return result;
        }

        private int Sent()
        {
            if (!Is(ReceivingFlag))
            {
                return _set.Batch.Flush();
            }

            return BufferedBytes > _set.HighWaterBytes ? 0 : 1;
        }

        private bool Check(int result)
        {
            if (result == -(int)Errno.ENOBUFS)
            {
                throw new SocketException(Errno.ENOBUFS, "send on " + ToString() + " while " + BufferedBytes.ToString() +
                    " bytes wait, of at most " + _set.MaxBufferedBytes.ToString() + ": " + ErrnoTable.Describe(Errno.ENOBUFS));
            }

            return result > 0;
        }

        private static void PutMask(byte[] target, int at, uint mask)
        {
            target[at] = (byte)mask;
            target[at + 1] = (byte)(mask >> 8);
            target[at + 2] = (byte)(mask >> 16);
            target[at + 3] = (byte)(mask >> 24);
        }
    }
}
