using System;

namespace IoTNet.Boards
{
    /// <summary>
    /// The state machine: each step does one thing with the link, tells the state, and says how long to wait for the next. One
    /// thread makes all steps; nothing is waited for but within the link.
    /// </summary>
    internal sealed partial class NetworkMachine
    {
        /// <summary>What a step answers: nothing to do until somebody calls.</summary>
        internal const int UntilWoken = -1;

        /// <summary>An address is looked for so often, in ms, should the link not tell of it.</summary>
        private const int AddressPollMs = 250;

        private readonly INetworkLink _link;
        private readonly NetworkSettings _settings;
        private readonly INetworkClock _clock;
        private readonly INetworkWatcher _watcher;
        private readonly RetryDelay _retry;
        private readonly NetworkCredentials _accessPoint;
        private NetworkCredentials _credentials;
        private NetworkState _state;
        private NetworkReason _reason;
        private IPAddress _address = IPAddress.Any;
        private bool _begun;
        private bool _opened;
        private long _dueMs;
        private long _upSinceMs;

        internal NetworkMachine(
            INetworkLink link, NetworkSettings settings, INetworkClock clock, Random random, INetworkWatcher watcher)
        {
            _link = link;
            _settings = settings;
            _clock = clock;
            _watcher = watcher;
            _retry = new RetryDelay(settings.RetryInitialMs, settings.RetryMaximumMs, random);
            _credentials = link.IsWireless ? settings.Credentials : null;
            _accessPoint = link.IsWireless ? settings.AccessPoint : null;
        }

        /// <summary>Failures in a row.</summary>
        internal int Failures => _retry.Failures;

        /// <summary>Goes on.</summary>
        /// <param name="configured">New credentials; null = none.</param>
        /// <param name="retryNow">Whether not to wait any longer.</param>
        /// <returns>When to call again: milliseconds, 0 = at once, <see cref="UntilWoken"/>. Earlier is fine.</returns>
        internal int Step(NetworkCredentials configured, bool retryNow)
        {
            try
            {
                if (configured != null)
                {
                    return Adopt(configured);
                }

                if (retryNow && _state == NetworkState.Retrying)
                {
                    _retry.Reset();
                    return Enter(NetworkState.Connecting, NetworkReason.Asked, 0);
                }

                return Step();
            }
            catch (Exception e)
            {
                _watcher.OnError(e);
                return Fail(NetworkReason.LinkError);
            }
        }

        private int Step()
        {
            switch (_state)
            {
                case NetworkState.Down:
                    return Begin();
                case NetworkState.Connecting:
                    return Connect();
                case NetworkState.GettingAddress:
                    return AwaitAddress();
                case NetworkState.Up:
                    return Watch();
                case NetworkState.Retrying:
                    return AwaitRetry();
                case NetworkState.AccessPoint:
                    return AwaitSetup();
                default:
                    return UntilWoken;
            }
        }

        private int Begin()
        {
            if (_begun)
            {
                // Waits for credentials.
                return UntilWoken;
            }

            _begun = true;
            OpenLink();
            return Decide();
        }

        private void OpenLink()
        {
            if (!_opened)
            {
                _link.Open(_settings, _watcher.OnLinkChanged);
                _opened = true;
            }
        }

        // Station or access point: at the start, and again when that failed.
        private int Decide()
        {
            if (_link.IsWireless)
            {
                _credentials = _credentials ?? _link.Load();

                // The board was restarted for it.
                if (_accessPoint != null && _link.IsAccessPointOpen)
                {
                    return OpenAccessPoint(NetworkReason.None);
                }

                if (_credentials == null)
                {
                    return _accessPoint == null ? Enter(NetworkState.Down, NetworkReason.NoCredentials, UntilWoken)
                        : OpenAccessPoint(NetworkReason.NoCredentials);
                }
            }

            return Enter(NetworkState.Connecting, NetworkReason.None, 0);
        }

        private int Connect()
        {
            OpenLink();
            if (_link.IsWireless && _credentials == null)
            {
                return Decide();
            }

            NetworkReason result = _link.Connect(_credentials, _settings.ConnectTimeoutMs);
            return result == NetworkReason.None ? BeginAddress(NetworkReason.None) : Fail(result);
        }

        private int BeginAddress(NetworkReason reason)
        {
            _address = IPAddress.Any;
            _dueMs = _clock.NowMs + _settings.AddressTimeoutMs;
            return Enter(NetworkState.GettingAddress, reason, 0);
        }

        private int AwaitAddress()
        {
            if (!_link.IsConnected)
            {
                return Fail(GoneReason);
            }

            IPAddress address = _link.Address;
            if (!address.Equals(IPAddress.Any))
            {
                _address = address;
                _upSinceMs = _clock.NowMs;
                return Enter(NetworkState.Up, NetworkReason.None, _settings.WatchMs);
            }

            int leftMs = LeftMs();
            return leftMs == 0 ? Fail(NetworkReason.DhcpTimeout) : leftMs < AddressPollMs ? leftMs : AddressPollMs;
        }

        private int Watch()
        {
            if (!_link.IsConnected)
            {
                return Fail(GoneReason);
            }

            IPAddress address = _link.Address;
            if (address.Equals(IPAddress.Any))
            {
                return BeginAddress(NetworkReason.AddressLost);
            }

            if (!address.Equals(_address))
            {
                _address = address;
                return Enter(NetworkState.Up, NetworkReason.AddressChanged, _settings.WatchMs);
            }

            return _settings.WatchMs;
        }

        private int AwaitRetry()
        {
            // No sense in trying before somebody has plugged the cable in, and none in waiting after.
            if (_reason == NetworkReason.CableOut)
            {
                return _link.IsConnected ? Enter(NetworkState.Connecting, NetworkReason.None, 0) : _settings.WatchMs;
            }

            int leftMs = LeftMs();
            return leftMs > 0 ? leftMs : Enter(NetworkState.Connecting, NetworkReason.None, 0);
        }

        private NetworkReason GoneReason => _link.IsWireless ? NetworkReason.Lost : NetworkReason.CableOut;

        private int LeftMs()
        {
            long leftMs = _dueMs - _clock.NowMs;
            return leftMs <= 0 ? 0 : leftMs > int.MaxValue ? int.MaxValue : (int)leftMs;
        }

        private int Enter(NetworkState state, NetworkReason reason, int waitMs)
        {
            _state = state;
            _reason = reason;
            if (state != NetworkState.Up && state != NetworkState.AccessPoint)
            {
                _address = IPAddress.Any;
            }

            _watcher.OnState(state, reason, _address);
            return waitMs;
        }
    }
}
