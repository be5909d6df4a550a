using System.Collections;

namespace IoTNet
{
    /// <summary>Names and addresses that are known without asking, as in <c>/etc/hosts</c>. Any thread may change it at any
    /// time.</summary>
    public sealed class HostTable
    {
        // Name, address, name, address ...
        private readonly ArrayList _pairs = new ArrayList();

        /// <summary>Adds an address to a name; the first name of an address is the one that a PTR query finds.</summary>
        /// <param name="name">The name, in any case, with or without a dot at its end.</param>
        /// <param name="address">The address.</param>
        /// <returns>0; or EAI_NONAME when it is not a name (<see cref="DnsName.Parse"/>) or there is no address.</returns>
        public int Add(string name, IPAddress address)
        {
            byte[] wire = new byte[DnsName.MaxLength];
            int length = DnsName.Parse(name, wire, 0);
            if (length < 0 || address == null)
            {
                return (int)DnsError.EAI_NONAME;
            }

            lock (_pairs)
            {
                _pairs.Add(DnsName.Format(wire, 0));
                _pairs.Add(address);
            }

            return 0;
        }

        /// <summary>Finds the records of a name.</summary>
        /// <param name="question">The name, and A, AAAA or PTR.</param>
        /// <param name="answer">Takes the records.</param>
        /// <returns>Their number; EAI_NODATA when the name is here, but not with this type; 0 when it is not.</returns>
        internal int Find(DnsQuestion question, DnsAnswer answer)
        {
            string name = DnsName.Format(question.Name, 0).ToLower();
            bool known = false;
            ArrayList found = new ArrayList();
            lock (_pairs)
            {
                for (int i = 0; i < _pairs.Count; i += 2)
                {
                    string host = (string)_pairs[i];
                    IPAddress address = (IPAddress)_pairs[i + 1];
                    bool match = question.Type == DnsType.PTR ? DnsName.Reverse(address) == name : host.ToLower() == name;
                    known |= match;
                    if (match && (question.Type == DnsType.PTR || question.Type == AddressType(address)))
                    {
                        found.Add(MakeRecord(question.Type, name, host, address));
                    }
                }
            }

            return found.Count > 0 ? answer.Set(found, name) : known ? (int)DnsError.EAI_NODATA : 0;
        }

        /// <summary>Takes all names out.</summary>
        public void Clear()
        {
            lock (_pairs)
            {
                _pairs.Clear();
            }
        }

        internal static DnsType AddressType(IPAddress address)
        {
            return address.AddressFamily == AddressFamily.InterNetwork ? DnsType.A : DnsType.AAAA;
        }

        internal static DnsRecord MakeRecord(DnsType type, string name, string host, IPAddress address)
        {
            byte[] data = address.GetAddressBytes();
            if (type == DnsType.PTR)
            {
                byte[] wire = new byte[DnsName.MaxLength];
                data = new byte[DnsName.Parse(host, wire, 0)];
                System.Array.Copy(wire, 0, data, 0, data.Length);
            }

            return new DnsRecord(name, type, 0, data);
        }
    }
}
