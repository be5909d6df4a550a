namespace IoTNet
{
    /// <summary>A bind, a connect or a send of a <see cref="DatagramSocket"/> that has not ended.</summary>
    internal sealed class DatagramRequest
    {
        /// <summary>The next one in the queue, or of those that are free.</summary>
        public DatagramRequest Next;

        /// <summary>The next one whose host is to be looked up; the lookups' lock guards it.</summary>
        public DatagramRequest NextLookup;

        /// <summary>Where to; filled when the host is known.</summary>
        public readonly SocketAddress To = new SocketAddress();

        /// <summary>The host as it was given, for lookups and texts; null: only the address was given, or nothing.</summary>
        public string Host;
        public int Port;

        /// <summary>Whether it goes to the connected peer.</summary>
        public bool IsConnected;

        public byte[] Buffer;
        public int Offset;
        public int Count;

        /// <summary>Several buffers instead of one.</summary>
        public byte[][] Buffers;
        public DatagramCallback Callback;

        /// <summary>Whether the host is known, or cannot be found.</summary>
        public bool IsReady;

        /// <summary>Set by the lookup's thread, and read after its post.</summary>
        public DatagramException LookupError;

        /// <summary>Why it has failed.</summary>
        public DatagramException Error;

        /// <summary>The destination for texts, as Node has it: port 0 is not named.</summary>
        public string Where => IsConnected ? null : Host == null ? To.ToString() : Port == 0 ? Host : Host + ":" + Port.ToString();

        public void Clear()
        {
            Host = null;
            Buffer = null;
            Buffers = null;
            Callback = null;
            IsReady = false;
            IsConnected = false;
            LookupError = null;
            Error = null;
        }
    }
}
