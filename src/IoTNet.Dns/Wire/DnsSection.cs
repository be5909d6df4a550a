namespace IoTNet
{
    /// <summary>The parts of a message, in their order (RFC 1035 4.1).</summary>
    public enum DnsSection
    {
        /// <summary>What is asked.</summary>
        Question = 0,

        /// <summary>Records that answer it.</summary>
        Answer = 1,

        /// <summary>Records about who is in charge.</summary>
        Authority = 2,

        /// <summary>Records that may help, and OPT.</summary>
        Additional = 3,
    }
}
