#if NANOFRAMEWORK_1_0
using System.Net.NetworkInformation;

namespace IoTNet.Boards
{
    // What DHCP or the board's configuration gave to its interfaces; nanoFramework tells of no IPv6.
    internal static class LinkAddresses
    {
        public static int Get(IPAddress[] addresses, bool withLoopback)
        {
            int count = 0;
            foreach (NetworkInterface link in NetworkInterface.GetAllNetworkInterfaces())
            {
                // An interface without an address tells 0.0.0.0.
                if (IPAddress.TryParse(link.IPv4Address, out IPAddress address) && address != IPAddress.Any && count++ < addresses.Length)
                {
                    addresses[count - 1] = address;
                }
            }

            if (withLoopback && count++ < addresses.Length)
            {
                addresses[count - 1] = IPAddress.Loopback;
            }

            return count;
        }
    }
}
#endif
