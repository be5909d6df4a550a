namespace IoTNet
{
    /// <summary>What a query asks now: the name on the wire and the type. A CNAME or a search domain changes the name.</summary>
    internal sealed class DnsQuestion
    {
        /// <summary>The name, uncompressed.</summary>
        public readonly byte[] Name = new byte[DnsName.MaxLength];

        public DnsType Type;

        /// <summary>The bytes of the name.</summary>
        public int Length;

        /// <summary>Takes a name and, behind it, a domain.</summary>
        /// <param name="text">The name.</param>
        /// <param name="domain">The domain; null = none.</param>
        /// <returns>Whether it is a name.</returns>
        public bool Set(string text, string domain)
        {
            Length = DnsName.Parse(text, Name, 0);
            if (Length > 0 && domain != null)
            {
                // The domain takes the place of the root's empty label.
                int more = DnsName.Parse(domain, Name, Length - 1);
                Length = more < 0 || Length - 1 + more > DnsName.MaxLength ? -1 : Length - 1 + more;
            }

            return Length > 0;
        }

        public int CountLabels()
        {
            int labels = 0;
            for (int at = 0; Name[at] != 0; at += Name[at] + 1)
            {
                labels++;
            }

            return labels;
        }

        /// <summary>Whether the name is a domain, or lies within it.</summary>
        /// <param name="domain">One label, in small letters.</param>
        public bool EndsWith(string domain)
        {
            int start = 0;
            for (int at = 0; Name[at] != 0; at += Name[at] + 1)
            {
                start = at;
            }

            if (Name[start] != domain.Length)
            {
                return false;
            }

            for (int i = 0; i < domain.Length; i++)
            {
                if (DnsName.ToLower(Name[start + 1 + i]) != domain[i])
                {
                    return false;
                }
            }

            return true;
        }

        public void CopyFrom(DnsQuestion other)
        {
            System.Array.Copy(other.Name, 0, Name, 0, other.Length);
            Length = other.Length;
            Type = other.Type;
        }

        /// <summary>Gives each letter of a name a random case (draft-vixie-dnsext-dns0x20 3): a bit that a forger must guess
        /// as well.</summary>
        /// <param name="name">The name.</param>
        /// <param name="length">Its bytes.</param>
        /// <param name="random">Random bytes; a bit for each byte of the name.</param>
        /// <param name="start">Where they begin.</param>
        public static void RandomizeCase(byte[] name, int length, byte[] random, int start)
        {
            for (int i = 0; i < length; i++)
            {
                // Bytes of length are below 'A'.
                int lower = name[i] | 0x20;
                if (name[i] >= 'A' && lower >= 'a' && lower <= 'z')
                {
                    bool small = (random[start + (i / 8)] & (1 << (i % 8))) != 0;
                    name[i] = (byte)(small ? lower : lower - 0x20);
                }
            }
        }
    }
}
