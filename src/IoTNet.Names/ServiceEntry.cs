namespace IoTNet
{
    /// <summary>A service on a port: POSIX's <c>struct servent</c>.</summary>
    public sealed class ServiceEntry
    {
        internal ServiceEntry(string[] fields, string protocol)
        {
            Name = fields[NameTable.Name];
            Port = int.Parse(fields[NameTable.Number]);
            Aliases = NameTable.Aliases(fields);
            Protocol = protocol;
        }

        /// <summary>Its official name.</summary>
        public string Name { get; }

        /// <summary>Its other names.</summary>
        public string[] Aliases { get; }

        /// <summary>The port, 0..65535, in host order.</summary>
        public int Port { get; }

        /// <summary><c>tcp</c> or <c>udp</c>.</summary>
        public string Protocol { get; }
    }
}
