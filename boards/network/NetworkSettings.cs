using System;

namespace IoTNet.Boards
{
    /// <summary>How a board comes to its network. Read when <see cref="BoardNetwork"/> is made; later changes have no effect that
    /// can be relied on.</summary>
    /// <remarks>Names, passwords and the access point are Wi-Fi's; a board on a cable ignores them, so that a firmware has one
    /// set of settings for all its boards.</remarks>
    public sealed class NetworkSettings
    {
        /// <summary>The access point to join; null = the credentials that are stored on the board. Default: null.</summary>
        public string Ssid { get; set; }

        /// <summary>Its password; null or empty = an open access point. Default: null.</summary>
        public string Password { get; set; }

        /// <summary>What the board calls itself to DHCP, 1 to 32 characters; null = the firmware's own name. A board without the
        /// means ignores it. Default: null.</summary>
        public string HostName { get; set; }

        /// <summary>A static IPv4 address; null = by DHCP. Default: null.</summary>
        public IPAddress Address { get; set; }

        /// <summary>The mask of a static address; needed with one. Default: null.</summary>
        public IPAddress Netmask { get; set; }

        /// <summary>The router beside a static address; null = none. Default: null.</summary>
        public IPAddress Gateway { get; set; }

        /// <summary>The name servers, one or two, also with DHCP (then instead of those that it tells); null = DHCP's, or none.
        /// Default: null.</summary>
        public IPAddress[] NameServers { get; set; }

        /// <summary>How long joining may take, in ms. nanoFramework's own limit on an ESP32 is 20 s, whatever stands here.
        /// Default: 20,000.</summary>
        public int ConnectTimeoutMs { get; set; } = 20000;

        /// <summary>How long DHCP may take, in ms. Default: 15,000.</summary>
        public int AddressTimeoutMs { get; set; } = 15000;

        /// <summary>The longest wait after the first failure, in ms; it doubles with each further one. The wait is drawn from the
        /// upper half, so that boards that lost the same router do not come back at once. Default: 1,000.</summary>
        public int RetryInitialMs { get; set; } = 1000;

        /// <summary>The longest wait between two tries, in ms. Default: 60,000.</summary>
        public int RetryMaximumMs { get; set; } = 60000;

        /// <summary>How long the network has to be up for the waits to begin anew, in ms: an access point that throws the board out at
        /// once is not asked every second. Default: 10,000.</summary>
        public int StableMs { get; set; } = 10000;

        /// <summary>How often the state is looked at without the link having told of a change, in ms. Default: 5,000.</summary>
        public int WatchMs { get; set; } = 5000;

        /// <summary>The name of the board's own access point for the first set-up; null = it opens none. Default: null.</summary>
        public string AccessPointSsid { get; set; }

        /// <summary>Its password; null or empty = open to all in range, who can then set the board up. Default: null.</summary>
        public string AccessPointPassword { get; set; }

        /// <summary>After how many failures in a row the access point opens; 0 = only when the board has no credentials.
        /// Default: 10.</summary>
        public int AccessPointAfterFailures { get; set; } = 10;

        /// <summary>How long it stays open before the board tries its credentials again, in ms; without credentials it stays open.
        /// Default: 300,000 (5 minutes).</summary>
        public int AccessPointMs { get; set; } = 300000;

        /// <summary>Whether the address comes from DHCP.</summary>
        public bool IsDhcp => Address == null;

        /// <summary>The given credentials; null = none.</summary>
        internal NetworkCredentials Credentials => Ssid == null ? null : new NetworkCredentials(Ssid, Password);

        /// <summary>The access point's; null = none.</summary>
        internal NetworkCredentials AccessPoint =>
            AccessPointSsid == null ? null : new NetworkCredentials(AccessPointSsid, AccessPointPassword);

        /// <summary>Refuses what cannot work.</summary>
        /// <exception cref="ArgumentException">The text names the setting, what was expected and what came.</exception>
        internal void Check()
        {
            // Their constructors check them.
            NetworkCredentials unused = Credentials ?? AccessPoint;
            unused = AccessPoint;
            if (HostName != null && (HostName.Length < 1 || HostName.Length > 32))
            {
                throw new ArgumentException("HostName has 1 to 32 characters, not " + HostName.Length + ".");
            }

            CheckAddresses();
            CheckTime("ConnectTimeoutMs", ConnectTimeoutMs, 1);
            CheckTime("AddressTimeoutMs", AddressTimeoutMs, 1);
            CheckTime("RetryInitialMs", RetryInitialMs, 1);
            CheckTime("RetryMaximumMs", RetryMaximumMs, RetryInitialMs);
            CheckTime("StableMs", StableMs, 0);
            CheckTime("WatchMs", WatchMs, 1);
            CheckTime("AccessPointMs", AccessPointMs, 1);
            CheckTime("AccessPointAfterFailures", AccessPointAfterFailures, 0);
        }

        private void CheckAddresses()
        {
            if (Address == null && (Netmask != null || Gateway != null))
            {
                throw new ArgumentException("Netmask and Gateway belong to a static Address; without one DHCP tells them.");
            }

            if (Address != null && Netmask == null)
            {
                throw new ArgumentException("The static Address " + Address + " needs a Netmask.");
            }

            CheckIPv4("Address", Address);
            CheckIPv4("Netmask", Netmask);
            CheckIPv4("Gateway", Gateway);
            int servers = NameServers == null ? 1 : NameServers.Length;
            if (servers < 1 || servers > 2)
            {
                throw new ArgumentException("NameServers has one or two, not " + servers + "; null = those that DHCP tells.");
            }

            for (int i = 0; NameServers != null && i < servers; i++)
            {
                if (NameServers[i] == null)
                {
                    throw new ArgumentException("NameServers[" + i + "] is null.");
                }

                CheckIPv4("NameServers[" + i + "]", NameServers[i]);
            }
        }

        private static void CheckIPv4(string name, IPAddress address)
        {
            if (address != null && (address.AddressFamily != AddressFamily.InterNetwork || address.Equals(IPAddress.Any)))
            {
                throw new ArgumentException(name + " is an IPv4 address, not " + address + ".");
            }
        }

        private static void CheckTime(string name, int value, int least)
        {
            if (value < least)
            {
                throw new ArgumentException(name + " is at least " + least + ", not " + value + ".");
            }
        }
    }
}
