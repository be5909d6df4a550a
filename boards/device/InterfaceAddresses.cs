using System;
using System.Net.NetworkInformation;

namespace IoTNet.Boards
{
    /// <summary>A board's interfaces and their addresses, by nanoFramework's NetworkInterface. Compiled into each board's own
    /// assembly.</summary>
    internal static class InterfaceAddresses
    {
        /// <summary>Finds the board's interface of a kind, with what is true of it at this moment.</summary>
        /// <param name="type">The kind.</param>
        /// <returns>The interface; null = the firmware has none.</returns>
        internal static NetworkInterface Find(NetworkInterfaceType type)
        {
            foreach (NetworkInterface link in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (link.NetworkInterfaceType == type)
                {
                    return link;
                }
            }

            return null;
        }

        /// <summary>Finds the board's interface of a kind.</summary>
        /// <param name="type">The kind.</param>
        /// <param name="name">Its name, for the message.</param>
        /// <returns>The interface.</returns>
        /// <exception cref="InvalidOperationException">The firmware has none.</exception>
        internal static NetworkInterface Get(NetworkInterfaceType type, string name)
        {
            return Find(type) ?? throw new InvalidOperationException("This firmware has no " + name + " interface.");
        }

        /// <summary>Reads an interface's address.</summary>
        /// <param name="link">The interface, freshly read.</param>
        /// <returns>The address; Any = none.</returns>
        internal static IPAddress AddressOf(NetworkInterface link)
        {
            return link != null && IPAddress.TryParse(link.IPv4Address, out IPAddress address) ? address : IPAddress.Any;
        }

        /// <summary>Gives an interface its address, or lets it ask DHCP. What is as it should be is left alone, as each change is
        /// written to the board's flash, and takes 100 ms.</summary>
        /// <param name="link">The interface, freshly read.</param>
        /// <param name="settings">The settings, checked.</param>
        internal static void Apply(NetworkInterface link, NetworkSettings settings)
        {
            if (settings.IsDhcp)
            {
                if (!link.IsDhcpEnabled)
                {
                    link.EnableDhcp();
                }
            }
            else
            {
                string address = settings.Address.ToString(), mask = settings.Netmask.ToString();
                string gateway = (settings.Gateway ?? IPAddress.Any).ToString();
                if (link.IsDhcpEnabled || link.IPv4Address != address || link.IPv4SubnetMask != mask ||
                    link.IPv4GatewayAddress != gateway)
                {
                    link.EnableStaticIPv4(address, mask, gateway);
                }
            }

            ApplyNameServers(link, settings);
        }

        private static void ApplyNameServers(NetworkInterface link, NetworkSettings settings)
        {
            if (settings.NameServers == null)
            {
                if (settings.IsDhcp && !link.IsAutomaticDnsEnabled)
                {
                    // Obsolete, and the only way back to the servers that DHCP tells: EnableDhcp leaves the flag as it is.
#pragma warning disable CS0618
                    link.EnableAutomaticDns();
#pragma warning restore CS0618
                }

                return;
            }

            string[] servers = new string[settings.NameServers.Length];
            for (int i = 0; i < servers.Length; i++)
            {
                servers[i] = settings.NameServers[i].ToString();
            }

            if (link.IsAutomaticDnsEnabled || !AreSame(link.IPv4DnsAddresses, servers))
            {
                link.EnableStaticIPv4Dns(servers);
            }
        }

        private static bool AreSame(string[] a, string[] b)
        {
            bool same = a.Length == b.Length;
            for (int i = 0; same && i < a.Length; i++)
            {
                same = a[i] == b[i];
            }

            return same;
        }
    }
}
