using IoTNet.Boards.Tests;

// Doubles of nanoFramework's System.Device.Wifi; see DeviceDouble.
namespace System.Device.Wifi
{
    public enum WifiConnectionStatus
    {
        AccessRevoked = 0,
        InvalidCredential = 1,
        NetworkNotAvailable = 2,
        Success = 3,
        Timeout = 4,
        UnspecifiedFailure = 5,
        UnsupportedAuthenticationProtocol = 6,
    }

    public enum WifiReconnectionKind
    {
        Automatic = 0,
        Manual = 1,
    }

    public class WifiConnectionResult
    {
        public WifiConnectionStatus ConnectionStatus { get; internal init; }
    }

    public sealed class WifiAdapter
    {
        public int NetworkInterface => 0;

        public static WifiAdapter[] FindAllAdapters() => [.. DeviceDouble.Adapters];

        public WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential)
        {
            DeviceDouble.Called($"connect {ssid}/{passwordCredential} {reconnectionKind}");
            return new WifiConnectionResult { ConnectionStatus = DeviceDouble.Connecting(ssid, passwordCredential) };
        }

        public void Disconnect()
        {
            DeviceDouble.Called("disconnect");
            DeviceDouble.Disconnecting();
        }

        public void SetDeviceName(string deviceName) => DeviceDouble.Called($"name {deviceName}");
    }
}
