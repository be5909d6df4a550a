namespace IoTNet.Apps
{
    // A TCP client's place: the buffer stays, connections come and go.
    internal sealed class EchoClient
    {
        public EchoClient(int bytes)
        {
            Buffer = new byte[bytes];
        }

        public byte[] Buffer { get; }

        public Socket Socket { get; private set; }

        /// <summary>For the log; null when there is none.</summary>
        public string Name { get; private set; }

        public Deadline Idle { get; set; }

        /// <summary>The first byte that was not sent back yet.</summary>
        public int Begin { get; set; }

        /// <summary>How many bytes were not sent back yet.</summary>
        public int Pending { get; set; }

        // As long as the client does not take what it is owed, nothing more is read from it.
        public PollEvents WaitsFor => Pending > 0 ? PollEvents.Out : PollEvents.In;

        public void Open(Socket socket, string name)
        {
            Socket = socket;
            Name = name;
            Begin = 0;
            Pending = 0;
        }

        public void Close()
        {
            Socket.Close();
            Socket = null;
            Name = null;
        }
    }
}
