namespace IoTNet
{
    /// <summary>A host's name and addresses: .NET's and nanoFramework's <c>System.Net.IPHostEntry</c>.</summary>
    public class IPHostEntry
    {
        private string _hostName = "";
        private IPAddress[] _addressList = new IPAddress[0];

        /// <summary>Makes an entry without name and addresses, as nanoFramework's class does.</summary>
        public IPHostEntry()
        {
        }

        internal IPHostEntry(string hostName, IPAddress[] addressList)
        {
            _hostName = hostName;
            _addressList = addressList;
        }

        /// <summary>The host's name.</summary>
        public string HostName => _hostName;

        /// <summary>Its addresses, the one to try first first.</summary>
        public IPAddress[] AddressList => _addressList;
    }
}
