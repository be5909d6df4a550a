namespace IoTNet
{
    /// <summary>What an end point is called.</summary>
    public sealed class NameInfo
    {
        internal NameInfo(string host, string service)
        {
            Host = host;
            Service = service;
        }

        /// <summary>The host's name, or its address as text.</summary>
        public string Host { get; }

        /// <summary>The service's name, or its port as text; of a Unix end point the path.</summary>
        public string Service { get; }
    }
}
