using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;

namespace IoTNet.Boards
{
    /// <summary>An ESP32's Wi-Fi, by System.Device.Wifi and System.Net.NetworkInformation.</summary>
    /// <remarks>What the firmware does beneath (nanoframework/nf-interpreter, targets/ESP32): connecting ends after 20 s; once it has
    /// been told to connect, it connects again after each loss, at once and without end, until Disconnect; an access point opens
    /// and closes with the start of the board alone.</remarks>
    public sealed partial class Esp32WifiLink : INetworkLink
    {
        /// <summary>Leaving takes as long as the event of it needs.</summary>
        private const int LeaveTimeoutMs = 1000;

        private readonly object _lock = new object();
        private readonly AutoResetEvent _left = new AutoResetEvent(false);
        private WifiAdapter _adapter;
        private NetworkLinkChanged _changed;
        private bool _connected;
        private bool _leaving;
        private int _losses;
        private bool _hasConnected;

        /// <inheritdoc/>
        public string Name => "Wi-Fi";

        /// <inheritdoc/>
        public bool IsWireless => true;

        /// <inheritdoc/>
        public bool IsConnected
        {
            get
            {
                lock (_lock)
                {
                    return _connected;
                }
            }
        }

        /// <inheritdoc/>
        public IPAddress Address => InterfaceAddresses.AddressOf(InterfaceAddresses.Find(
            _accessPointOpen ? NetworkInterfaceType.WirelessAP : NetworkInterfaceType.Wireless80211));

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">The firmware has no Wi-Fi station.</exception>
        public void Open(NetworkSettings settings, NetworkLinkChanged changed)
        {
            WifiAdapter[] adapters = WifiAdapter.FindAllAdapters();
            if (adapters.Length == 0)
            {
                throw new InvalidOperationException("This firmware has no Wi-Fi station.");
            }

            _adapter = adapters[0];
            NetworkInterface station = InterfaceAddresses.Get(NetworkInterfaceType.Wireless80211, "Wi-Fi station");
            InterfaceAddresses.Apply(station, settings);
            if (settings.HostName != null)
            {
                _adapter.SetDeviceName(settings.HostName);
            }

            // With stored credentials the firmware may have connected before any managed code ran.
            _connected = settings.IsDhcp && !InterfaceAddresses.AddressOf(station).Equals(IPAddress.Any);
            ReadAccessPoint();
            _changed = changed;
            NetworkChange.NetworkAvailabilityChanged += OnAvailabilityChanged;
            NetworkChange.NetworkAddressChanged += OnAddressChanged;
        }

        /// <inheritdoc/>
        public void Close()
        {
            NetworkChange.NetworkAvailabilityChanged -= OnAvailabilityChanged;
            NetworkChange.NetworkAddressChanged -= OnAddressChanged;
            _changed = null;
        }

        /// <inheritdoc/>
        public NetworkReason Connect(NetworkCredentials credentials, int timeoutMs)
        {
            if (IsConnected)
            {
                if (!_hasConnected && credentials.IsSame(Load()))
                {
                    _hasConnected = true;
                    return NetworkReason.None;
                }

                Disconnect();
            }

            AwaitLeaving();
            int losses;
            lock (_lock)
            {
                losses = _losses;
            }

            _hasConnected = true;

            // In nf-interpreter Automatic is 0, no options at all; Manual is the bit that writes to the flash each time.
            WifiConnectionResult result = _adapter.Connect(credentials.Ssid, WifiReconnectionKind.Automatic, credentials.Password);
            if (result.ConnectionStatus != WifiConnectionStatus.Success)
            {
                return ReasonOf(result.ConnectionStatus);
            }

            lock (_lock)
            {
                // It may have been lost again before this thread came to run.
                _connected = losses == _losses;
            }

            return NetworkReason.None;
        }

        /// <inheritdoc/>
        public void Disconnect()
        {
            if (_adapter == null)
            {
                return;
            }

            lock (_lock)
            {
                if (_connected)
                {
                    _connected = false;
                    _leaving = true;
                    _ = _left.Reset();
                }
            }

            _adapter.Disconnect();
        }

        /// <inheritdoc/>
        public void Restart()
        {
            nanoFramework.Runtime.Native.Power.RebootDevice();
        }

        private static NetworkReason ReasonOf(WifiConnectionStatus status)
        {
            switch (status)
            {
                case WifiConnectionStatus.InvalidCredential: return NetworkReason.WrongPassword;
                case WifiConnectionStatus.NetworkNotAvailable: return NetworkReason.NotFound;
                case WifiConnectionStatus.Timeout: return NetworkReason.ConnectTimeout;
                case WifiConnectionStatus.AccessRevoked: return NetworkReason.Refused;
                case WifiConnectionStatus.UnsupportedAuthenticationProtocol: return NetworkReason.UnsupportedSecurity;
                default: return NetworkReason.ConnectFailed;
            }
        }

        // A connect that follows at once would take the event of the leaving for its own failure.
        private void AwaitLeaving()
        {
            bool leaving;
            lock (_lock)
            {
                leaving = _leaving;
                _leaving = false;
            }

            if (leaving)
            {
                _ = _left.WaitOne(LeaveTimeoutMs, false);
            }
        }

        // The sender is the interface's number (nf-interpreter: IDF_WIFI_STA_DEF), the one that WifiAdapter tells.
        private bool IsOfStation(object sender) => sender is ushort index && index == _adapter.NetworkInterface;

        private void OnAvailabilityChanged(object sender, NetworkAvailabilityEventArgs e)
        {
            if (!IsOfStation(sender))
            {
                return;
            }

            lock (_lock)
            {
                _connected = e.IsAvailable;
                _losses += e.IsAvailable ? 0 : 1;
            }

            if (!e.IsAvailable)
            {
                _ = _left.Set();
            }

            _changed?.Invoke();
        }

        private void OnAddressChanged(object sender, EventArgs e)
        {
            _changed?.Invoke();
        }
    }
}
