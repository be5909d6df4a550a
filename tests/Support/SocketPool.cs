namespace IoTNet.Tests
{
    /// <summary>How many sockets a stack has.</summary>
    internal static class SocketPool
    {
        // More than any board has.
        private const int Most = 64;

        /// <summary>Opens sockets until the stack has no more, and closes them.</summary>
        public static int Count(INetworkStack stack)
        {
            int[] handles = new int[Most];
            int count = 0;
            while (count < Most)
            {
                int handle = stack.Open(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                if (handle < 0)
                {
                    break;
                }

                handles[count++] = handle;
            }

            for (int i = 0; i < count; i++)
            {
                stack.Close(handles[i]);
            }

            return count;
        }
    }
}
