namespace IoTNet.Apps
{
    /// <summary>Records as zone files have them (RFC 1035 5.1): name, TTL, type, data.</summary>
    internal static class RecordText
    {
        public static string Format(DnsRecord record)
        {
            return record.Name + " " + record.TtlSeconds.ToString() + " " + TypeName(record.Type) + " " + Data(record);
        }

        public static string TypeName(DnsType type)
        {
            switch (type)
            {
                case DnsType.A: return "A";
                case DnsType.AAAA: return "AAAA";
                case DnsType.CNAME: return "CNAME";
                case DnsType.MX: return "MX";
                case DnsType.NS: return "NS";
                case DnsType.PTR: return "PTR";
                case DnsType.SOA: return "SOA";
                case DnsType.SRV: return "SRV";
                case DnsType.TXT: return "TXT";
                default: return "TYPE" + ((int)type).ToString();
            }
        }

        private static string Data(DnsRecord record)
        {
            switch (record.Type)
            {
                case DnsType.A:
                case DnsType.AAAA:
                    return record.Address.ToString();
                case DnsType.CNAME:
                case DnsType.NS:
                case DnsType.PTR:
                    return record.Target;
                case DnsType.MX:
                    return record.Priority.ToString() + " " + record.Target;
                case DnsType.SRV:
                    return record.Priority.ToString() + " " + record.Weight.ToString() + " " + record.Port.ToString() + " " +
                        record.Target;
                case DnsType.SOA:
                    return StartOfAuthority(record);
                case DnsType.TXT:
                    return Texts(record);
                default:
                    return Unknown(record.GetData());
            }
        }

        // The first server, the mailbox of whoever is in charge, and five numbers.
        private static string StartOfAuthority(DnsRecord record)
        {
            byte[] data = record.GetData();
            string text = record.Target + " " + DnsName.Format(data, DnsName.GetLength(data, 0));
            for (int i = 0; i < 5; i++)
            {
                text += " " + record.GetZoneNumber(i).ToString();
            }

            return text;
        }

        // RFC 3597 5: the form for types that a program does not know.
        private static string Unknown(byte[] data)
        {
            string text = "\\# " + data.Length.ToString() + (data.Length > 0 ? " " : "");
            foreach (byte octet in data)
            {
                text += octet.ToString("X2");
            }

            return text;
        }

        private static string Texts(DnsRecord record)
        {
            string text = "";
            for (int i = 0; i < record.TextCount; i++)
            {
                text += i == 0 ? "\"" : " \"";
                foreach (byte octet in record.GetText(i))
                {
                    bool plain = octet >= ' ' && octet <= '~' && octet != '"' && octet != '\\';
                    text += plain ? new string((char)octet, 1) : "\\" + (1000 + octet).ToString().Substring(1);
                }

                text += "\"";
            }

            return text;
        }
    }
}
