#if !NANOFRAMEWORK_1_0
using System.Net.NetworkInformation;

namespace IoTNet.Boards
{
    // What the operating system says of its interfaces. Linux calls its loopback interface's state unknown.
    internal static class LinkAddresses
    {
        public static int Get(IPAddress[] addresses, bool withLoopback)
        {
            int count = 0;
            foreach (NetworkInterface link in NetworkInterface.GetAllNetworkInterfaces())
            {
                bool isUp = link.OperationalStatus == OperationalStatus.Up || link.OperationalStatus == OperationalStatus.Unknown;
                foreach (UnicastIPAddressInformation unicast in link.GetIPProperties().UnicastAddresses)
                {
                    System.Net.IPAddress address = unicast.Address;
                    if (isUp && (withLoopback || !System.Net.IPAddress.IsLoopback(address)) && count++ < addresses.Length)
                    {
                        addresses[count - 1] = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                            ? new IPAddress(address.GetAddressBytes(), address.ScopeId)
                            : new IPAddress(address.GetAddressBytes());
                    }
                }
            }

            return count;
        }
    }
}
#endif
