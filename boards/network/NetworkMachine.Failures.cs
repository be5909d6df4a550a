using System;

namespace IoTNet.Boards
{
    // What follows a failure: the next try after a while, or the board's own access point.
    internal sealed partial class NetworkMachine
    {
        private int Fail(NetworkReason reason)
        {
            if (_watcher.IsStopping)
            {
                return UntilWoken;
            }

            try
            {
                // The firmware would go on trying by itself, at its own pace.
                _link.Disconnect();
            }
            catch (Exception e)
            {
                _watcher.OnError(e);
            }

            if (_state == NetworkState.Up && _clock.NowMs - _upSinceMs >= _settings.StableMs)
            {
                _retry.Reset();
            }

            _dueMs = _clock.NowMs + _retry.Next();
            if (_accessPoint != null && _credentials != null && _settings.AccessPointAfterFailures > 0 &&
                _retry.Failures >= _settings.AccessPointAfterFailures && _state != NetworkState.AccessPoint)
            {
                return TryOpenAccessPoint(reason);
            }

            return Enter(NetworkState.Retrying, reason, LeftMs());
        }

        private int TryOpenAccessPoint(NetworkReason reason)
        {
            try
            {
                return OpenAccessPoint(reason);
            }
            catch (Exception e)
            {
                _watcher.OnError(e);
                return Enter(NetworkState.Retrying, NetworkReason.LinkError, LeftMs());
            }
        }

        private int OpenAccessPoint(NetworkReason reason)
        {
            if (!_link.OpenAccessPoint(_accessPoint))
            {
                return Restart(reason);
            }

            _retry.Reset();
            _dueMs = _credentials == null ? long.MaxValue : _clock.NowMs + _settings.AccessPointMs;
            _address = _link.Address;
            return Enter(NetworkState.AccessPoint, reason, _credentials == null ? UntilWoken : _settings.AccessPointMs);
        }

        private int AwaitSetup()
        {
            if (_dueMs == long.MaxValue)
            {
                return UntilWoken;
            }

            int leftMs = LeftMs();
            if (leftMs > 0)
            {
                return leftMs;
            }

            return _link.CloseAccessPoint() ? Enter(NetworkState.Connecting, NetworkReason.AccessPointTimeout, 0)
                : Restart(NetworkReason.AccessPointTimeout);
        }

        private int Adopt(NetworkCredentials configured)
        {
            // First, so that a link that throws does not lose them.
            _credentials = configured;
            _begun = true;
            _retry.Reset();
            OpenLink();
            _link.Store(configured);
            if (_state == NetworkState.AccessPoint)
            {
                if (!_link.CloseAccessPoint())
                {
                    return Restart(NetworkReason.Configured);
                }
            }
            else
            {
                _link.Disconnect();
            }

            return Enter(NetworkState.Connecting, NetworkReason.Configured, 0);
        }

        private int Restart(NetworkReason reason)
        {
            _ = Enter(NetworkState.Restarting, reason, UntilWoken);
            if (!_watcher.IsStopping)
            {
                _link.Restart();
            }

            return UntilWoken;
        }
    }
}
