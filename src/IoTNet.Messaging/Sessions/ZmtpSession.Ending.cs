namespace IoTNet
{
    // How a connection is lost, when the next one is tried, and how all ends.
    internal sealed partial class ZmtpSession
    {
        // The connection is over, or none came; what follows depends on whose side this is.
        private void Lose(string why)
        {
            bool refused = _mechanism != null && (_mechanism.IsRefused || _mechanism.Failure != null);
            bool wasLinked = _linked;
            bool hadSocket = Socket != null;
            DropConnection();
            if (hadSocket)
            {
                Tell(wasLinked ? SocketEventKind.Disconnected : SocketEventKind.HandshakeFailed, 0, why);
            }

            bool isPersistent = Is(PersistentFlag);
            bool isOver = _target == null || refused || _options.ReconnectMs < 0 || (IsEnding && !isPersistent && (wasLinked || _peer == null)) ||
                (wasLinked && _owner.Type == MessageSocketType.Pair);
            if (isOver)
            {
                End();
                return;
            }

            if (!isPersistent && wasLinked)
            {
                ClosePipes();
            }
            else if (_peer != null)
            {
                _owner.UnlinkNow(_peer);
                _peer.In.Rollback();
                _peer.In.TellReader();
                _peer.Out.Restart();
            }

            int delayMs = NextDelayMs();
            Tell(SocketEventKind.ConnectRetried, delayMs, why);
            _timer.Start(delayMs, 0);
        }

        // RFC 37: a growing delay, in part by chance, so that a restarted server is not met by all at once.
        private int NextDelayMs()
        {
            int delay = _options.ReconnectMs < 1 ? 1 : _options.ReconnectMs;
            for (int i = 0; i < _target.Tries && delay < _options.ReconnectMaxMs && delay < int.MaxValue / 4; i++)
            {
                delay *= 2;
            }

            _target.Tries++;
            delay = delay > _options.ReconnectMaxMs && _options.ReconnectMaxMs > 0 ? _options.ReconnectMaxMs : delay;
            byte[] chance = new byte[1];
            Randomness.Fill(chance);
            return delay + (delay / 2 * chance[0] / 255);
        }

        // The application has closed: what it sent may still go out for a while.
        private void BeginEnd()
        {
            if (_peer == null || _options.LingerMs == 0 || !HasUnsent)
            {
                End();
                return;
            }

            if (_linked)
            {
                // Nobody reads any more: what comes stays in the stack. A handshake has to be read, or nothing goes out.
                _paused = true;
                UpdateEvents();
            }

            if (_options.LingerMs > 0 && _lingerTimer == null)
            {
                _lingerTimer = new LoopTimer(Loop, s_onLingerOver, this);
                _lingerTimer.Start(_options.LingerMs, 0);
            }
        }

        private static void OnLingerOver(object state)
        {
            ((ZmtpSession)state).End();
        }

        private void End()
        {
            if (Is(EndedFlag))
            {
                return;
            }

            Set(EndedFlag, true);
            _lingerTimer?.Stop();
            if (_target != null)
            {
                _target.Pending?.Cancel();
                _target.Pending = null;
            }

            DropConnection();
            ClosePipes();
            Tell(SocketEventKind.Closed, 0, "");
            _owner.Context.RemoveSession(this);
        }

        private void ClosePipes()
        {
            if (_peer != null)
            {
                _peer.In.CloseWriter();
                _peer.Out.CloseReader();
                _peer.Forget();
                _peer = null;
            }
        }

        private void DropConnection()
        {
            _linked = false;
            _timer.Stop();
            Unwatch();
            Socket?.Close();
            Socket = null;
            _received = null;
            _control.Clear();
            _beats = null;
            _paused = false;
            Set(StartedFlag, false);
        }
    }
}
