using System;

namespace IoTNet
{
    public sealed partial class IPAddress
    {
        /// <summary>Reads an address from text.</summary>
        /// <param name="ipString">IPv4 as four decimal numbers without leading zeros (POSIX inet_pton); IPv6 in any
        /// form of RFC 4291 2.2, with an optional <c>%</c> and scope number. No brackets: they belong to
        /// <see cref="IPEndPoint.Parse(string)"/>.</param>
        /// <returns>The address.</returns>
        /// <exception cref="ArgumentNullException">No text was given.</exception>
        /// <exception cref="FormatException">The text is no address; the message says what was expected.</exception>
        public static IPAddress Parse(string ipString)
        {
            if (ipString == null)
            {
                throw new ArgumentNullException(nameof(ipString));
            }

            IPAddress address;
            string reason = IPAddressParser.Parse(ipString, 0, ipString.Length, out address);
            if (reason != null)
            {
                throw new FormatException(IPAddressParser.Complain(ipString, "an IP address", reason));
            }

            return address;
        }

        /// <summary>Reads an address from text, if it is one.</summary>
        /// <param name="ipString">The text, in the forms that <see cref="Parse"/> takes; or null.</param>
        /// <param name="address">The address, or null.</param>
        /// <returns>Whether the text is an address.</returns>
        public static bool TryParse(string ipString, out IPAddress address)
        {
            address = null;
            return ipString != null && IPAddressParser.Parse(ipString, 0, ipString.Length, out address) == null;
        }
    }
}
