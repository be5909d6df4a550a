using System.Device.Wifi;
using System.Net.NetworkInformation;

namespace IoTNet.Boards.Tests;

/// <summary>
/// The device behind the doubles: what a test sets is what the API tells, and what the API is told is noted. The doubles in this
/// folder have the names and signatures of nanoFramework's API, and only the members that boards/esp32 and boards/stm32
/// use (Doubles_OfTheApi_HaveItsMembers compares them with the API's facts). They are never shipped.
/// </summary>
internal static class DeviceDouble
{
    public static Dictionary<NetworkInterfaceType, NetworkInterface> Interfaces { get; } = [];

    public static Wireless80211Configuration Station { get; private set; } = new(0);

    public static WirelessAPConfiguration AccessPoint { get; private set; } = new(0);

    public static List<WifiAdapter> Adapters { get; } = [];

    public static bool IsNetworkAvailable { get; set; }

    /// <summary>What the firmware was told, in order.</summary>
    public static List<string> Calls { get; } = [];

    /// <summary>What the call of this text throws, once.</summary>
    public static Dictionary<string, Exception> Throws { get; } = [];

    /// <summary>What connecting answers; runs on the thread that connects.</summary>
    public static Func<string, string, WifiConnectionStatus> Connecting { get; set; } = (_, _) => WifiConnectionStatus.Success;

    /// <summary>What disconnecting does.</summary>
    public static Action Disconnecting { get; set; } = () => { };

    /// <summary>As new: an interface of each kind, nothing stored, no network.</summary>
    public static void Reset()
    {
        Interfaces.Clear();
        foreach (NetworkInterfaceType type in new[] { NetworkInterfaceType.Wireless80211, NetworkInterfaceType.WirelessAP, NetworkInterfaceType.Ethernet })
        {
            Interfaces[type] = new NetworkInterface(type);
        }

        Station = new Wireless80211Configuration(0) { Ssid = "", Password = "" };
        AccessPoint = new WirelessAPConfiguration(0)
        {
            Ssid = "nano_123456", Password = "", Options = WirelessAPConfiguration.ConfigurationOptions.Disable,
        };
        Adapters.Clear();
        Adapters.Add(new WifiAdapter());
        Calls.Clear();
        Throws.Clear();
        IsNetworkAvailable = false;
        Connecting = (_, _) => WifiConnectionStatus.Success;
        Disconnecting = () => { };
        NetworkChange.Reset();
    }

    public static void Called(string call)
    {
        lock (Calls)
        {
            Calls.Add(call);
        }

        if (Throws.Remove(call, out Exception? e))
        {
            throw e;
        }
    }

    /// <summary>The calls so far, and forgets them.</summary>
    public static string[] TakeCalls()
    {
        lock (Calls)
        {
            string[] calls = [.. Calls];
            Calls.Clear();
            return calls;
        }
    }
}
