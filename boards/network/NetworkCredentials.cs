using System;
using System.Text;

namespace IoTNet.Boards
{
    /// <summary>What it takes to join an access point: its name and its password.</summary>
    public sealed class NetworkCredentials
    {
        /// <summary>The longest name of an access point, in UTF-8 bytes (IEEE 802.11: 32). One less, as nanoFramework keeps it with an
        /// ending NUL.</summary>
        public const int LongestSsid = 31;

        /// <summary>The shortest and the longest password, in characters (WPA2's passphrase: 8 to 63).</summary>
        public const int ShortestPassword = 8, LongestPassword = 63;

        /// <summary>Makes credentials.</summary>
        /// <param name="ssid">The access point's name, 1 to 31 bytes in UTF-8.</param>
        /// <param name="password">Its password, 8 to 63 characters; empty = an open access point.</param>
        /// <exception cref="ArgumentException">One is too short or too long; the text says which, and the limits.</exception>
        public NetworkCredentials(string ssid, string password)
        {
            int ssidBytes = ssid == null ? 0 : Encoding.UTF8.GetBytes(ssid).Length;
            if (ssidBytes < 1 || ssidBytes > LongestSsid)
            {
                throw new ArgumentException("An SSID has 1 to " + LongestSsid + " bytes in UTF-8, not " + ssidBytes + ".");
            }

            int length = password == null ? 0 : password.Length;
            if (length != 0 && (length < ShortestPassword || length > LongestPassword))
            {
                throw new ArgumentException(
                    "A password has " + ShortestPassword + " to " + LongestPassword + " characters, or none for an open access point, not " +
                    length + ".");
            }

            Ssid = ssid;
            Password = password ?? "";
        }

        /// <summary>The access point's name.</summary>
        public string Ssid { get; }

        /// <summary>Its password; empty = none.</summary>
        public string Password { get; }

        /// <summary>Whether the access point is open.</summary>
        public bool IsOpen => Password.Length == 0;

        /// <summary>Compares name and password.</summary>
        /// <param name="other">Others; null = none.</param>
        /// <returns>Whether they are the same.</returns>
        public bool IsSame(NetworkCredentials other)
        {
            return other != null && other.Ssid == Ssid && other.Password == Password;
        }
    }
}
