using System;

namespace IoTNet.Apps
{
    /// <summary>What <see cref="NslookupApp"/> was asked.</summary>
    internal sealed class NslookupOptions
    {
        public const string Usage = "NAME [TYPE=A] [--server ADDRESS[:PORT]] [--tcp] [--timeout MS]";

        public const string Help = Usage + "\n" +
            "  NAME      a name, or an address, whose name is then asked for\n" +
            "  TYPE      " + Types + "\n" +
            "  --server  whom to ask; without it those of the board's link\n" +
            "  --tcp     ask by TCP only\n" +
            "  --timeout the most that it takes; 10000 ms\n" +
            "examples:\n" +
            "  Nslookup example.com\n" +
            "  Nslookup example.com TXT --tcp\n" +
            "  Nslookup 192.0.2.1                                  the name of an address\n" +
            "  Nslookup _mqtt._tcp.example.com SRV --server [2001:db8::53]:5353\n" +
            "  Nslookup printer.local                              asks all devices on the link\n" +
            "ends with 0 when there are records, 1 when there are none, 2 when the arguments are wrong";

        private const string Types = "A, AAAA, CNAME, MX, NS, PTR, SOA, SRV, TXT, or a number";

        private bool _hasType;

        private NslookupOptions()
        {
        }

        public string Name { get; private set; }

        public DnsType Type { get; private set; } = DnsType.A;

        /// <summary>Null = the link's.</summary>
        public IPEndPoint Server { get; private set; }

        public bool UseTcp { get; private set; }

        /// <summary>Nothing is asked, <see cref="Help"/> is wanted.</summary>
        public bool WantsHelp { get; private set; }

        public int TimeoutMs { get; private set; } = 10000;

        /// <exception cref="ArgumentException">The arguments are wrong; the message says what is expected.</exception>
        public static NslookupOptions Read(string[] arguments)
        {
            NslookupOptions options = new NslookupOptions();
            for (int i = 0; i < arguments.Length; i++)
            {
                switch (arguments[i])
                {
                    case "--server":
                        options.Server = ReadServer(Value(arguments, ++i));
                        break;
                    case "--tcp":
                        options.UseTcp = true;
                        break;
                    case "--help":
                    case "-h":
                        options.WantsHelp = true;
                        return options;
                    case "--timeout":
                        options.TimeoutMs = ReadTimeout(Value(arguments, ++i));
                        break;
                    default:
                        options.Take(arguments[i]);
                        break;
                }
            }

            return options.Name != null ? options : throw new ArgumentException("Expected " + Usage + "; --help tells more.");
        }

        private void Take(string argument)
        {
            if (Name == null && argument.IndexOf('-') != 0)
            {
                Name = argument;
            }
            else if (Name != null && !_hasType)
            {
                Type = ReadType(argument);
                _hasType = true;
            }
            else
            {
                throw new ArgumentException("Expected " + Usage + ", found '" + argument + "'.");
            }

            // An address asks for its name, as nslookup has it.
            if (!_hasType && IPAddress.TryParse(Name, out _))
            {
                Type = DnsType.PTR;
            }
        }

        private static string Value(string[] arguments, int index)
        {
            return index < arguments.Length ? arguments[index]
                : throw new ArgumentException("Expected a value after " + arguments[index - 1] + ".");
        }

        private static IPEndPoint ReadServer(string text)
        {
            if (IPAddress.TryParse(text, out IPAddress address))
            {
                return new IPEndPoint(address, 53);
            }

            return IPEndPoint.TryParse(text, out IPEndPoint server) ? server
                : throw new ArgumentException("--server expects ADDRESS or ADDRESS:PORT, such as 192.0.2.53 or [2001:db8::53]:53; found '" + text + "'.");
        }

        private static int ReadTimeout(string text)
        {
            return int.TryParse(text, out int ms) && ms > 0 ? ms
                : throw new ArgumentException("--timeout expects milliseconds, 1 or more; found '" + text + "'.");
        }

        private static DnsType ReadType(string text)
        {
            switch (text.ToUpper())
            {
                case "A": return DnsType.A;
                case "AAAA": return DnsType.AAAA;
                case "CNAME": return DnsType.CNAME;
                case "MX": return DnsType.MX;
                case "NS": return DnsType.NS;
                case "PTR": return DnsType.PTR;
                case "SOA": return DnsType.SOA;
                case "SRV": return DnsType.SRV;
                case "TXT": return DnsType.TXT;
                default:
                    return int.TryParse(text, out int number) && number > 0 && number < 65536 ? (DnsType)number
                        : throw new ArgumentException("Expected a type (" + Types + "), found '" + text + "'.");
            }
        }
    }
}
