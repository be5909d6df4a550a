using System;

namespace IoTNet
{
    // RFC 37 3.5, connection heartbeating: PING and PONG; and other commands that come between messages.
    internal sealed partial class ZmtpSession
    {
        // RFC 37: a PING's context has at most 16 bytes, its time to live two, in tenths of a second.
        private const int MaxContextBytes = 16;
        private const int TtlBytes = 2;

        private readonly LoopTimer _beatTimer;
        private long _lastHeardMs;
        private long _nextPingMs;

        // When the oldest PING went since something was heard; 0 = none did.
        private long _pingedMs;
        private int _peerTtlMs;

        private void BeginBeats()
        {
            _peerTtlMs = 0;
            Heard();
            _nextPingMs = _lastHeardMs + _options.HeartbeatMs;
            StartBeatTimer(_lastHeardMs);
        }

        private void Heard()
        {
            _lastHeardMs = Environment.TickCount64;
            _pingedMs = 0;
        }

        private void OnBeat(object state)
        {
            long nowMs = Environment.TickCount64;
            if (_paused)
            {
                // While the application does not read, nothing is heard, and the peer is not to blame.
                Heard();
            }
            else if (nowMs >= LateMs)
            {
                Lose("the peer is silent (heartbeat)");
                return;
            }

            if (_options.HeartbeatMs > 0 && nowMs >= _nextPingMs)
            {
                _nextPingMs = nowMs + _options.HeartbeatMs;
                _pingedMs = _pingedMs == 0 ? nowMs : _pingedMs;
                SendPing();
            }

            if (_linked)
            {
                StartBeatTimer(nowMs);
            }
        }

        private void SendPing()
        {
            if (_control.Count >= MaxControlBytes)
            {
                // It does not read: one more would tell it no more.
                return;
            }

            int ttl = _options.HeartbeatTtlMs / 100;
            byte[] ping = new byte[CommandName.Ping.Length + TtlBytes];
            int at = CommandName.Write(CommandName.Ping, ping, 0);
            ping[at] = (byte)(ttl >> 8);
            ping[at + 1] = (byte)ttl;
            AddFrame(FrameHeader.Command, ping, 0, ping.Length);
            Flush();
        }

        // When a silence has lasted too long: since a PING, or since the peer's last word by its own account.
        private long LateMs
        {
            get
            {
                int timeoutMs = _options.HeartbeatTimeoutMs < 0 ? _options.HeartbeatMs : _options.HeartbeatTimeoutMs;
                long pongMs = _pingedMs == 0 || timeoutMs == 0 ? long.MaxValue : _pingedMs + timeoutMs;
                long ttlMs = _peerTtlMs == 0 ? long.MaxValue : _lastHeardMs + _peerTtlMs;
                return pongMs < ttlMs ? pongMs : ttlMs;
            }
        }

        private void StartBeatTimer(long nowMs)
        {
            long dueMs = LateMs;
            if (_options.HeartbeatMs > 0 && _nextPingMs < dueMs)
            {
                dueMs = _nextPingMs;
            }

            if (dueMs != long.MaxValue)
            {
                _beatTimer.Start(dueMs > nowMs ? (int)(dueMs - nowMs) : 0, 0);
            }
        }

        // False when the connection is over by it.
        private bool TakeCommand(byte[] buffer, int offset, int count)
        {
            if (CommandName.Is(CommandName.Ping, buffer, offset, count))
            {
                return TakePing(buffer, offset + CommandName.Ping.Length, count - CommandName.Ping.Length);
            }

            if (CommandName.Is(CommandName.Error, buffer, offset, count))
            {
                Lose("the peer sent an ERROR");
                return false;
            }

            // RFC 37: PONG says by its coming that the peer lives; unknown commands are passed over.
            return true;
        }

        private bool TakePing(byte[] buffer, int offset, int count)
        {
            if (count < TtlBytes || count > TtlBytes + MaxContextBytes)
            {
                Lose("a PING of the wrong length");
                return false;
            }

            _peerTtlMs = ((buffer[offset] << 8) | buffer[offset + 1]) * 100;
            StartBeatTimer(_lastHeardMs);

            if (_control.Count >= MaxControlBytes)
            {
                // It sends and does not read: hundreds of answers wait for it, and one more would tell it no more.
                return true;
            }

            int context = count - TtlBytes;
            byte[] pong = new byte[CommandName.Pong.Length + context];
            int at = CommandName.Write(CommandName.Pong, pong, 0);
            Array.Copy(buffer, offset + TtlBytes, pong, at, context);
            AddFrame(FrameHeader.Command, pong, 0, pong.Length);
            Flush();
            return _socket != null;
        }
    }
}
