using System.Net.NetworkInformation;

namespace IoTNet.Boards
{
    // What the board keeps over a restart: its credentials, and whether it opens an access point.
    public sealed partial class Esp32WifiLink
    {
        /// <summary>Phones and the like at the access point at the same time; each takes memory of the firmware.</summary>
        private const byte MostStations = 4;

        private bool _accessPointOpen;

        /// <inheritdoc/>
        public bool IsAccessPointOpen => _accessPointOpen;

        /// <inheritdoc/>
        public NetworkCredentials Load()
        {
            Wireless80211Configuration stored = Station();
            return string.IsNullOrEmpty(stored.Ssid) ? null : new NetworkCredentials(stored.Ssid, stored.Password);
        }

        /// <inheritdoc/>
        public void Store(NetworkCredentials credentials)
        {
            Wireless80211Configuration stored = Station();

            // The firmware connects before the managed code runs: up some seconds earlier.
            stored.Options = Wireless80211Configuration.ConfigurationOptions.AutoConnect;
            stored.Ssid = credentials.Ssid;
            stored.Password = credentials.Password;
            stored.SaveConfiguration();
        }

        /// <inheritdoc/>
        public bool OpenAccessPoint(NetworkCredentials credentials)
        {
            WirelessAPConfiguration stored = OwnAccessPoint();
            bool same = IsEnabled(stored) && stored.Ssid == credentials.Ssid && (stored.Password ?? "") == credentials.Password;
            if (!same)
            {
                stored.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
                stored.Ssid = credentials.Ssid;
                stored.Password = credentials.Password;
                stored.Authentication = credentials.IsOpen ? AuthenticationType.Open : AuthenticationType.WPA2;
                stored.MaxConnections = MostStations;
                stored.SaveConfiguration();
            }

            return _accessPointOpen && same;
        }

        /// <inheritdoc/>
        public bool CloseAccessPoint()
        {
            WirelessAPConfiguration stored = OwnAccessPoint();
            if (IsEnabled(stored))
            {
                stored.Options = WirelessAPConfiguration.ConfigurationOptions.Disable;
                stored.SaveConfiguration();
            }

            return !_accessPointOpen;
        }

        private static bool IsEnabled(WirelessAPConfiguration stored) =>
            (stored.Options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;

        private static Wireless80211Configuration Station()
        {
            NetworkInterface station = InterfaceAddresses.Get(NetworkInterfaceType.Wireless80211, "Wi-Fi station");
            return Wireless80211Configuration.GetAllWireless80211Configurations()[station.SpecificConfigId];
        }

        private static WirelessAPConfiguration OwnAccessPoint()
        {
            NetworkInterface own = InterfaceAddresses.Get(NetworkInterfaceType.WirelessAP, "Wi-Fi access point");
            return WirelessAPConfiguration.GetAllWirelessAPConfigurations()[own.SpecificConfigId];
        }

        // What stands there at the board's start is what the firmware has opened.
        private void ReadAccessPoint()
        {
            _accessPointOpen = InterfaceAddresses.Find(NetworkInterfaceType.WirelessAP) != null && IsEnabled(OwnAccessPoint());
        }
    }
}
