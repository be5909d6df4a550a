namespace IoTNet
{
    /// <summary>
    /// A stack that can do nothing and says so: the template for a new board's stack (copy it, then replace one answer
    /// after the other), and the proof that the seam can be implemented without anything else.
    /// </summary>
    public sealed class NullStack : INetworkStack
    {
        private const int NotOpen = -(int)Errno.EBADF;

        /// <inheritdoc/>
        public string Name => "null";

        /// <inheritdoc/>
        public bool HasLoopback => true;

        /// <inheritdoc/>
        public string DescribeExhaustion() => "the null stack has no sockets";

        /// <inheritdoc/>
        public int Open(AddressFamily family, SocketType type, ProtocolType protocol) => -(int)Errno.EAFNOSUPPORT;

        /// <inheritdoc/>
        public int Close(int handle) => NotOpen;

        /// <inheritdoc/>
        public int Bind(int handle, SocketAddress local) => NotOpen;

        /// <inheritdoc/>
        public int Listen(int handle, int backlog) => NotOpen;

        /// <inheritdoc/>
        public int Accept(int handle, SocketAddress peer, int timeoutMs) => NotOpen;

        /// <inheritdoc/>
        public int Connect(int handle, SocketAddress remote, int timeoutMs) => NotOpen;

        /// <inheritdoc/>
        public int Shutdown(int handle, SocketShutdown how) => NotOpen;

        /// <inheritdoc/>
        public int Send(int handle, byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs) => NotOpen;

        /// <inheritdoc/>
        public int Receive(int handle, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, int timeoutMs) => NotOpen;

        /// <inheritdoc/>
        public int SendMsg(int handle, SocketMessage message, int timeoutMs) => NotOpen;

        /// <inheritdoc/>
        public int ReceiveMsg(int handle, SocketMessage message, int timeoutMs) => NotOpen;

        /// <inheritdoc/>
        public int GetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length) => NotOpen;

        /// <inheritdoc/>
        public int SetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length) => NotOpen;

        /// <inheritdoc/>
        public int GetLocalAddress(int handle, SocketAddress local) => NotOpen;

        /// <inheritdoc/>
        public int GetRemoteAddress(int handle, SocketAddress remote) => NotOpen;

        /// <inheritdoc/>
        public int Poll(int handle, PollEvents events, int timeoutMs) => (int)PollEvents.Nval;

        /// <inheritdoc/>
        public int PollMany(int[] handles, int[] events, int[] results, int count, int timeoutMs)
        {
            int ready = 0;
            for (int i = 0; i < count; i++)
            {
                results[i] = handles[i] < 0 ? 0 : (int)PollEvents.Nval;
                ready += handles[i] < 0 ? 0 : 1;
            }

            return ready;
        }
    }
}
