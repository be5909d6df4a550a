using IoTNet.Boards.Tests;

// Doubles of nanoFramework's System.Net.NetworkInformation; see DeviceDouble.
namespace System.Net.NetworkInformation
{
    public enum NetworkInterfaceType
    {
        Unknown = 1,
        Ethernet = 6,
        Wireless80211 = 71,
        WirelessAP = 72,
    }

    public enum AuthenticationType : byte
    {
        None = 0,
        Open = 4,
        WPA2 = 8,
    }

    public class NetworkInterface
    {
        internal NetworkInterface(NetworkInterfaceType type) => NetworkInterfaceType = type;

        public string IPv4Address { get; internal set; } = "0.0.0.0";

        public string IPv4SubnetMask { get; internal set; } = "0.0.0.0";

        public string IPv4GatewayAddress { get; internal set; } = "0.0.0.0";

        public string[] IPv4DnsAddresses { get; internal set; } = [];

        public bool IsDhcpEnabled { get; internal set; } = true;

        public bool IsAutomaticDnsEnabled { get; internal set; } = true;

        public NetworkInterfaceType NetworkInterfaceType { get; }

        public uint SpecificConfigId { get; set; }

        public static NetworkInterface[] GetAllNetworkInterfaces() => [.. DeviceDouble.Interfaces.Values];

        public static bool GetIsNetworkAvailable() => DeviceDouble.IsNetworkAvailable;

        public void EnableStaticIPv4(string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress)
        {
            DeviceDouble.Called($"static {ipv4Address} {ipv4SubnetMask} {ipv4GatewayAddress}");
            (IPv4Address, IPv4SubnetMask, IPv4GatewayAddress, IsDhcpEnabled) = (ipv4Address, ipv4SubnetMask, ipv4GatewayAddress, false);
        }

        public void EnableDhcp()
        {
            DeviceDouble.Called("dhcp");
            (IPv4Address, IsDhcpEnabled) = ("0.0.0.0", true);
        }

        public void EnableStaticIPv4Dns(string[] dnsAddresses)
        {
            DeviceDouble.Called($"dns {string.Join(' ', dnsAddresses)}");
            (IPv4DnsAddresses, IsAutomaticDnsEnabled) = (dnsAddresses, false);
        }

        [Obsolete("as in nanoFramework")]
        public void EnableAutomaticDns()
        {
            DeviceDouble.Called("automatic dns");
            IsAutomaticDnsEnabled = true;
        }
    }

    public class NetworkAvailabilityEventArgs : EventArgs
    {
        internal NetworkAvailabilityEventArgs(bool isAvailable) => IsAvailable = isAvailable;

        public bool IsAvailable { get; }
    }

    public delegate void NetworkAddressChangedEventHandler(object sender, EventArgs e);

    public delegate void NetworkAvailabilityChangedEventHandler(object sender, NetworkAvailabilityEventArgs e);

    public static class NetworkChange
    {
        public static event NetworkAddressChangedEventHandler? NetworkAddressChanged;

        public static event NetworkAvailabilityChangedEventHandler? NetworkAvailabilityChanged;

        /// <summary>Handlers of both events.</summary>
        internal static int Handlers =>
            (NetworkAddressChanged?.GetInvocationList().Length ?? 0) + (NetworkAvailabilityChanged?.GetInvocationList().Length ?? 0);

        internal static void Reset() => (NetworkAddressChanged, NetworkAvailabilityChanged) = (null, null);

        // The sender is the interface's number, as an ushort, as in nanoFramework's NetworkChange.cs.
        internal static void TellAvailability(ushort index, bool isAvailable) =>
            NetworkAvailabilityChanged?.Invoke(index, new NetworkAvailabilityEventArgs(isAvailable));

        internal static void TellAddress(ushort index) => NetworkAddressChanged?.Invoke(index, EventArgs.Empty);
    }

    public class Wireless80211Configuration(uint id)
    {
        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoConnect = 6,
            SmartConfig = 10,
        }

        public ConfigurationOptions Options { get; set; }

        public string? Password { get; set; }

        public string? Ssid { get; set; }

        internal uint Number { get; } = id;

        public static Wireless80211Configuration[] GetAllWireless80211Configurations() => [DeviceDouble.Station];

        public void SaveConfiguration() => DeviceDouble.Called($"save station {Ssid}/{Password} {Options}");
    }

    public class WirelessAPConfiguration(uint id)
    {
        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoStart = 6,
            HiddenSSID = 8,
        }

        public AuthenticationType Authentication { get; set; }

        public string? Password { get; set; }

        public string? Ssid { get; set; }

        public ConfigurationOptions Options { get; set; }

        public byte MaxConnections { get; set; } = 1;

        internal uint Number { get; } = id;

        public static WirelessAPConfiguration[] GetAllWirelessAPConfigurations() => [DeviceDouble.AccessPoint];

        public void SaveConfiguration() =>
            DeviceDouble.Called($"save access point {Ssid}/{Password} {Options} {Authentication} {MaxConnections}");
    }
}
