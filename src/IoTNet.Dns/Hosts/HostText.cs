// What a host's text is before anybody is asked: an address, a name, or neither.
namespace IoTNet
{
    internal static class HostText
    {
        /// <summary>Reads an address, without a scope that may stand behind it.</summary>
        /// <param name="text">The text.</param>
        /// <param name="address">The address; null when the text is none.</param>
        /// <returns>0; or EAI_NONAME: the text is no address, and no name either.</returns>
        public static int ReadAddress(string text, out IPAddress address)
        {
            address = null;
            if (IPAddress.TryParseLoose(text, out uint ipv4))
            {
                address = new IPAddress(ipv4);
                return 0;
            }

            if (text.IndexOf(':') >= 0)
            {
                int percent = text.IndexOf('%');
                return IPAddress.TryParse(percent < 0 ? text : text.Substring(0, percent), out address)
                    ? 0 : (int)DnsError.EAI_NONAME;
            }

            return CanBeName(text) ? 0 : (int)DnsError.EAI_NONAME;
        }

        /// <summary>Reads the scope behind an address (RFC 4007 11.2): a number, or where the link matters the name of an
        /// interface.</summary>
        /// <returns>The scope, 0 when there is none; -1 when it is neither.</returns>
        public static long ReadScope(string text, IPAddress address)
        {
            int start = text.IndexOf('%') + 1;
            if (start == 0)
            {
                return 0;
            }

            INetworkInterfaces interfaces = NetworkStack.Current.Network as INetworkInterfaces;
            int index = interfaces != null && IsLinkLocal(address) ? interfaces.FindInterface(text.Substring(start)) : 0;
            return index > 0 ? index : ParseNumber(text, start, 0xFFFFFFFFL);
        }

        /// <summary>Writes an address with the name of its interface, as getnameinfo() does.</summary>
        public static string Format(IPAddress address)
        {
            INetworkInterfaces interfaces = NetworkStack.Current.Network as INetworkInterfaces;
            string text = address.ToString();
            if (address.ScopeId == 0 || address.ScopeId > int.MaxValue || interfaces == null || !IsLinkLocal(address))
            {
                return text;
            }

            string name = interfaces.GetInterfaceName((int)address.ScopeId);
            return name == null ? text : text.Substring(0, text.IndexOf('%') + 1) + name;
        }

        /// <summary>Whether a name means this host (RFC 6761 6.3): no server is asked for it.</summary>
        public static bool IsLocalhost(string name)
        {
            const string Localhost = "localhost";
            name = name.ToLower();
            name = name.Length > 0 && name[name.Length - 1] == '.' ? name.Substring(0, name.Length - 1) : name;
            int start = name.Length - Localhost.Length;
            return start >= 0 && name.Substring(start) == Localhost && (start == 0 || name[start - 1] == '.');
        }

        /// <summary>Reads a decimal number to the end of a text.</summary>
        /// <returns>The number; -1 when there is none, or it is greater than the limit.</returns>
        public static long ParseNumber(string text, int start, long max)
        {
            long value = start < text.Length ? 0 : -1;
            for (int i = start; i < text.Length && value >= 0; i++)
            {
                int digit = text[i] - '0';
                value = digit < 0 || digit > 9 ? -1 : (value * 10) + digit;
                if (value > max)
                {
                    return -1;
                }
            }

            return value;
        }

        private static bool IsLinkLocal(IPAddress address)
        {
            // RFC 4291 2.7: ff01::/16 stays on the interface, ff02::/16 on the link.
            int multicastScope = address.IsIPv6Multicast ? address.GetAddressBytes()[1] & 0xF : 0;
            return address.IsIPv6LinkLocal || multicastScope == 1 || multicastScope == 2;
        }

        // RFC 1123 2.1: the last label of a name is no number. Such a text was meant to be an address.
        private static bool CanBeName(string text)
        {
            int end = text.Length > 0 && text[text.Length - 1] == '.' ? text.Length - 1 : text.Length;
            int start = end;
            bool digitsOnly = true;
            while (start > 0 && text[start - 1] != '.')
            {
                start--;
                digitsOnly = digitsOnly && text[start] >= '0' && text[start] <= '9';
            }

            return end > start && !digitsOnly;
        }
    }
}
