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

        /// <summary>Takes all names out.</summary>
        public void Clear()
        {
            lock (_pairs)
            {
                _pairs.Clear();
            }
        }
    }
}
