// RFC 6455 7.
using System;
using System.Text;

namespace IoTNet
{
    // The close handshake, and peers that have vanished.
    public sealed partial class WebSocket
    {
        private const int StateOpen = 0;
        private const int StateClosing = 1;
        private const int StateClosed = 2;

        private int _state;
        private int _code = WebSocketCloseCode.Abnormal;
        private string _reason = "";

        /// <summary>Begins the close handshake with 1000. What was sent before goes out first; what comes meanwhile is
        /// dropped.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close()
        {
            Close(WebSocketCloseCode.Normal, "");
        }

        /// <summary>Begins the close handshake. Closing again does nothing.</summary>
        /// <param name="code">Why: 1000 to 1003, 1007 to 1014 or 3000 to 4999.</param>
        /// <param name="reason">Words for it, at most 123 bytes of UTF-8; empty = none.</param>
        /// <exception cref="ArgumentOutOfRangeException">The code is none that may be sent.</exception>
        /// <exception cref="ArgumentException">The reason is too long.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close(int code, string reason)
        {
            if (!WebSocketCloseCode.IsSendable(code))
            {
                throw new ArgumentOutOfRangeException(nameof(code), "Expected 1000 to 1003, 1007 to 1014 or 3000 to 4999, not " +
                    code.ToString() + ".");
            }

            byte[] words = Encoding.UTF8.GetBytes(reason ?? "");
            if (words.Length > FrameHeader.MaxControlPayload - 2)
            {
                throw new ArgumentException("Expected a reason of at most 123 bytes, not " + words.Length.ToString() + ".", nameof(reason));
            }

            if (_state == StateOpen)
            {
                SendClose(code, words);
                WaitForEnd();
            }
        }

        /// <summary>Ends the WebSocket at once, without a close frame; the peer gets a reset. <see cref="Closed"/> comes within this
        /// call, with 1006.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Abort()
        {
            _reader.Stop();
            Connection.Abort();
        }

        void IConnectionUser.OnClosed()
        {
            _state = StateClosed;
            _reader.Stop();
            _timer?.Stop();
            _later?.Stop();
            _kept = null;
            WebSocketClosedHandler closed = Closed;
            Text = null;
            Binary = null;
            Part = null;
            PingReceived = null;
            PongReceived = null;
            Drain = null;
            Error = null;
            Closed = null;
            try
            {
                _set.Owner?.OnSocketClosed(this);
            }
            finally
            {
                closed?.Invoke(this, _code, _reason, Is(CloseSentFlag) && Is(CloseReceivedFlag));
            }
        }

        // The peer's close frame.
        private void TakeClose(byte[] buffer, int at, int count)
        {
            int code = count == 0 ? WebSocketCloseCode.None : count == 1 ? 0 : (buffer[at] << 8) | buffer[at + 1];
            if (count > 0 && !WebSocketCloseCode.IsSendable(code))
            {
                Fail(WebSocketCloseCode.ProtocolError, "a close frame with the code " + code.ToString());
                return;
            }

            if (count > 2 && !IsText(buffer, at + 2, count - 2))
            {
                Fail(WebSocketCloseCode.InvalidData, "a reason that is no UTF-8");
                return;
            }

            Set(CloseReceivedFlag, true);
            _reader.Stop();
            _code = code;
            _reason = count > 2 ? Encoding.UTF8.GetString(buffer, at + 2, count - 2) : "";
            if (!Is(CloseSentFlag))
            {
                // RFC 6455 5.5.1: the code is given back; the reason as well, as a browser shows its page what it gets here.
                SendClose(code, Encoding.UTF8.GetBytes(_reason));
            }

            // RFC 6455 7.1.1: the server ends the connection first, so that it is the client whose port rests.
            if (Is(ServerFlag))
            {
                EndConnection();
            }

            WaitForEnd();
        }

        private static bool IsText(byte[] buffer, int at, int count)
        {
            TextCheck check = new TextCheck();
            return check.Check(buffer, at, count) && check.IsWhole;
        }

        private void SendClose(int code, byte[] words)
        {
            Set(CloseSentFlag, true);
            _state = StateClosing;
            int count = code == WebSocketCloseCode.None ? 0 : 2 + words.Length;
            byte[] payload = new byte[2 + words.Length];
            payload[0] = (byte)(code >> 8);
            payload[1] = (byte)code;
            Array.Copy(words, 0, payload, 2, words.Length);
            if (Connection.IsWritable && SendFrame(FrameHeader.Fin | Opcode.Close, payload, 0, count) == -(int)Errno.ENOBUFS)
            {
                // A peer that reads nothing does not read this either.
                Connection.Abort();
            }
        }

        private void WaitForEnd()
        {
            if (_state == StateClosing && !Connection.IsClosed && !_set.Loop.IsStopping)
            {
                StartTimer(_set.CloseTimeoutMs);
            }
        }

        private void EndConnection()
        {
            _set.Batch.Flush();
            Connection.End();
        }

        // RFC 6455 7.1.7: say why, and listen no more. What still comes is read and dropped until the peer ends, as a close
        // with unread bytes is a reset, which may overtake the close frame.
        private void Fail(int code, string violation)
        {
            _reader.Stop();
            _code = code;
            _reason = violation;
            if (!Is(CloseSentFlag))
            {
                SendClose(code, Encoding.UTF8.GetBytes(violation));
            }

            // First, as the end may close the connection at once, and Closed is the last word.
            TellError(new SocketException(Errno.ECONNABORTED, ToString() + " is closed with " + code.ToString() + ": " + violation));
            EndConnection();
            WaitForEnd();
        }

        private void TellError(SocketException error)
        {
            WebSocketErrorHandler handler = Error;
            Error = null;
            handler?.Invoke(this, error);
        }

        private static void OnTimer(object state)
        {
            ((WebSocket)state).OnTimer();
        }

        private void OnTimer()
        {
            if (_state != StateOpen)
            {
                Connection.Close();
                return;
            }

            if (Is(HeardFlag) || Connection.IsPaused)
            {
                Set(HeardFlag | PingedFlag, false);
                StartTimer(_set.PingIntervalMs);
            }
            else if (!Is(PingedFlag))
            {
                Set(PingedFlag, true);
                StartTimer(_set.PongTimeoutMs);
                if (Connection.IsWritable)
                {
                    SendFrame(FrameHeader.Fin | Opcode.Ping, s_empty, 0, 0);
                }
            }
            else
            {
                TellError(new SocketException(Errno.ETIMEDOUT, ToString() + ": no sign of life for " +
                    _set.PongTimeoutMs.ToString() + " ms after a ping"));
                Abort();
            }
        }
    }
}
