namespace IoTNet
{
    /// <summary>Services by name and by port: POSIX getservbyname() and getservbyport(), from a table of its own with what
    /// devices use.</summary>
    public static class ServiceNames
    {
        // IANA, "Service Name and Transport Protocol Port Number Registry"; t = TCP, u = UDP. What Debian's /etc/services
        // has is as there, so that both give the same answers.
        private const string Table =
            "tcpmux 1 t\n" +
            "echo 7 tu\n" +
            "discard 9 tu sink null\n" +
            "daytime 13 tu\n" +
            "chargen 19 tu ttytst source\n" +
            "ftp-data 20 t\n" +
            "ftp 21 t\n" +
            "ssh 22 t\n" +
            "telnet 23 t\n" +
            "smtp 25 t mail\n" +
            "time 37 tu timserver\n" +
            "whois 43 t nicname\n" +
            "domain 53 tu\n" +
            "bootps 67 u\n" +
            "bootpc 68 u\n" +
            "tftp 69 u\n" +
            "http 80 t www\n" +
            "pop3 110 t pop-3\n" +
            "ntp 123 u\n" +
            "imap2 143 t imap\n" +
            "snmp 161 tu\n" +
            "snmp-trap 162 tu snmptrap\n" +
            "ptp-event 319 u\n" +
            "ptp-general 320 u\n" +
            "ldap 389 tu\n" +
            "https 443 tu\n" +
            "mbap 502 tu modbus\n" +
            "shell 514 t cmd syslog\n" +
            "syslog 514 u\n" +
            "dhcpv6-client 546 u\n" +
            "dhcpv6-server 547 u\n" +
            "rtsp 554 tu\n" +
            "submission 587 t\n" +
            "ipp 631 t\n" +
            "domain-s 853 tu\n" +
            "imaps 993 t\n" +
            "pop3s 995 t\n" +
            "socks 1080 t\n" +
            "mqtt 1883 t\n" +
            "ssdp 1900 u\n" +
            "opcua-tcp 4840 t\n" +
            "sip 5060 tu\n" +
            "mdns 5353 u\n" +
            "llmnr 5355 tu\n" +
            "amqps 5671 t\n" +
            "amqp 5672 t\n" +
            "coap 5683 tu\n" +
            "coaps 5684 tu\n" +
            "syslog-tls 6514 t\n" +
            "http-alt 8080 t webcache\n" +
            "secure-mqtt 8883 t\n" +
            "bacnet 47808 tu\n";

        /// <summary>Finds a service by its name or an alias.</summary>
        /// <param name="name">The name; case matters, as in POSIX.</param>
        /// <param name="protocol"><c>tcp</c> or <c>udp</c>; null = either, TCP before UDP.</param>
        /// <returns>The service; null when the table does not have it.</returns>
        public static ServiceEntry FindByName(string name, string protocol)
        {
            return name == null ? null : Find(name, 0, protocol);
        }

        /// <summary>Finds a service by its port.</summary>
        /// <param name="port">The port, in host order.</param>
        /// <param name="protocol"><c>tcp</c> or <c>udp</c>; null = either, TCP before UDP.</param>
        /// <returns>The service; null when the table does not have it.</returns>
        public static ServiceEntry FindByPort(int port, string protocol)
        {
            return Find(null, port, protocol);
        }

        /// <summary>The port of a service (Python: <c>getservbyname</c>).</summary>
        /// <param name="name">The name; case matters, as in POSIX.</param>
        /// <param name="protocol"><c>tcp</c> or <c>udp</c>; null = either, TCP before UDP.</param>
        /// <returns>The port, such as 80 for <c>http</c>.</returns>
        /// <exception cref="DnsException">EAI_SERVICE: there is none of that name for this protocol.</exception>
        public static int GetPort(string name, string protocol = null)
        {
            ServiceEntry entry = FindByName(name, protocol) ?? throw new DnsException(DnsError.EAI_SERVICE,
                "Service '" + name + "' not found" + Over(protocol) + "; give its port as a number.");
            return entry.Port;
        }

        /// <summary>The name of the service on a port (Python: <c>getservbyport</c>).</summary>
        /// <param name="port">The port, 0..65535.</param>
        /// <param name="protocol"><c>tcp</c> or <c>udp</c>; null = either, TCP before UDP.</param>
        /// <returns>The name, such as <c>http</c> for 80.</returns>
        /// <exception cref="DnsException">EAI_SERVICE: the table has none on this port for this protocol.</exception>
        public static string GetName(int port, string protocol = null)
        {
            ServiceEntry entry = FindByPort(port, protocol) ?? throw new DnsException(DnsError.EAI_SERVICE,
                "IoTNet has no name for port " + port.ToString() + Over(protocol) + ".");
            return entry.Name;
        }

        private static ServiceEntry Find(string name, int port, string protocol)
        {
            char mark = protocol == "tcp" ? 't' : protocol == "udp" ? 'u' : protocol == null ? ' ' : '?';
            string[] fields = NameTable.Find(Table, name, port, mark);
            return fields == null
                ? null
                : new ServiceEntry(fields, protocol ?? (fields[NameTable.Marks][0] == 't' ? "tcp" : "udp"));
        }

        private static string Over(string protocol)
        {
            return protocol == null ? "" : " over " + protocol;
        }
    }
}
