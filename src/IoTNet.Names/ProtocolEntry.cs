namespace IoTNet
{
    /// <summary>A protocol over IP: POSIX's <c>struct protoent</c>.</summary>
    public sealed class ProtocolEntry
    {
        internal ProtocolEntry(string[] fields)
        {
            Name = fields[NameTable.Name];
            Number = int.Parse(fields[NameTable.Number]);
            Aliases = NameTable.Aliases(fields);
        }

        /// <summary>Its official name, in lower case.</summary>
        public string Name { get; }

        /// <summary>Its other names.</summary>
        public string[] Aliases { get; }

        /// <summary>Its number (IANA), as in <see cref="ProtocolType"/>.</summary>
        public int Number { get; }
    }
}
