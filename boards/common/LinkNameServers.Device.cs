#if NANOFRAMEWORK_1_0
using System.Net.NetworkInformation;

namespace IoTNet.Boards
{
    // The servers that DHCP or the board's configuration gave to its interfaces.
    internal static class LinkNameServers
    {
        public static int Get(IPAddress[] servers)
        {
            int count = 0;
            foreach (NetworkInterface link in NetworkInterface.GetAllNetworkInterfaces())
            {
                string[] addresses = link.IPv4DnsAddresses;
                for (int i = 0; addresses != null && i < addresses.Length && count < servers.Length; i++)
                {
                    // An interface without servers tells 0.0.0.0.
                    if (IPAddress.TryParse(addresses[i], out IPAddress address) && address != IPAddress.Any)
                    {
                        servers[count++] = address;
                    }
                }
            }

            return count;
        }
    }
}
#endif
