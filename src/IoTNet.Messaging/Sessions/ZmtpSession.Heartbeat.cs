using System;

namespace IoTNet
{
    // RFC 37 3.5, connection heartbeating: PING and PONG; and other commands that come between messages.
    internal sealed partial class ZmtpSession
    {
        // Null while nobody asks for any.
        private Heartbeat _beats;

        private void BeginBeats()
        {
            if (_options.HeartbeatMs > 0)
            {
                _beats = new Heartbeat();
                Heard();
                _beats.NextPingMs = _beats.LastHeardMs + _options.HeartbeatMs;
                StartTimer(_beats.LastHeardMs);
            }
        }

        private void Heard()
        {
            if (_beats != null)
            {
                _beats.Hear(Environment.TickCount64);
            }
        }

        private void Beat()
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

            if (_options.HeartbeatMs > 0 && nowMs >= _beats.NextPingMs)
            {
                _beats.NextPingMs = nowMs + _options.HeartbeatMs;
                _beats.PingedMs = _beats.PingedMs == 0 ? nowMs : _beats.PingedMs;
                SendPing();
            }

            if (_linked)
            {
                StartTimer(nowMs);
            }
        }

        private void SendPing()
        {
            if (_control.Count >= MaxControlBytes)
            {
                // It does not read: one more would tell it no more.
                return;
            }

            byte[] ping = Heartbeat.Ping(_options.HeartbeatTtlMs);
            AddFrame(FrameHeader.Command, ping, 0, ping.Length);
            Flush();
        }

        private long LateMs => _beats.LateMs(_options.HeartbeatTimeoutMs < 0 ? _options.HeartbeatMs : _options.HeartbeatTimeoutMs);

        private void StartTimer(long nowMs)
        {
            long dueMs = LateMs;
            if (_options.HeartbeatMs > 0 && _beats.NextPingMs < dueMs)
            {
                dueMs = _beats.NextPingMs;
            }

            if (dueMs != long.MaxValue)
            {
                _timer.Start(dueMs > nowMs ? (int)(dueMs - nowMs) : 0, 0);
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
            byte[] pong = Heartbeat.Pong(buffer, offset, count, out int ttlMs);
            if (pong == null)
            {
                Lose("a PING of the wrong length");
                return false;
            }

            if (_beats == null && ttlMs > 0)
            {
                _beats = new Heartbeat();
                Heard();
            }

            if (_beats != null)
            {
                _beats.PeerTtlMs = ttlMs;
                StartTimer(_beats.LastHeardMs);
            }

            if (_control.Count >= MaxControlBytes)
            {
                // It sends and does not read: hundreds of answers wait for it, and one more would tell it no more.
                return true;
            }

            AddFrame(FrameHeader.Command, pong, 0, pong.Length);
            Flush();
            return Socket != null;
        }
    }
}
