using IoTNet.Tests;

namespace IoTNet.Apps
{
    /// <summary>A stack that the suite is run on, and what it can do.</summary>
    internal sealed class TestedStack
    {
        // A loopback answers within a few ms.
        private const int ProbeMs = 2000;

        private TestedStack(NetworkStack stacks, StackCapabilities capabilities, string title)
        {
            Stacks = stacks;
            Capabilities = capabilities;
            Title = title;
        }

        public NetworkStack Stacks { get; }

        public StackCapabilities Capabilities { get; }

        public string Title { get; }

        /// <summary>A fresh stack in memory, roomy enough for every test.</summary>
        public static TestedStack InMemory()
        {
            LoopbackStack memory = new LoopbackStack(SuiteLimits.Make());
            return new TestedStack(new NetworkStack(memory, memory), new MemoryCapabilities(), "in memory");
        }

        /// <summary>The stack that the board uses.</summary>
        public static TestedStack OfBoard()
        {
            NetworkStack stacks = NetworkStack.Current;
            return new TestedStack(stacks, CapabilitiesOf(stacks.Network), "of this board, " + stacks.Network.Name);
        }

        /// <summary>Why the suite cannot run on it: its tests talk to themselves.</summary>
        /// <returns>One line; null when it can.</returns>
        public string FindMissing()
        {
            if (!Stacks.Network.HasLoopback)
            {
                return "this stack carries no traffic to 127.0.0.1";
            }

            if (Stacks.Local == null)
            {
                return "there is no in-memory stack for AF_UNIX: NetworkStack.Use(network, new UnixStack())";
            }

            using Socket listener = new Socket(Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            using Socket client = new Socket(Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            int result = client.TryConnect(listener.LocalEndPoint, ProbeMs);
            return result >= 0 ? null : "a connection to 127.0.0.1 fails with " + ErrnoTable.Name((Errno)(-result)) +
                "; was this firmware's lwIP built without its loopback (LWIP_NETIF_LOOPBACK)?";
        }

        private static StackCapabilities CapabilitiesOf(INetworkStack network)
        {
#if NANOFRAMEWORK_1_0
            return new DeviceCapabilities(SocketPool.Count(network));
#else
            switch (network.Name)
            {
                case "lwip": return new LwipCapabilities(HasIPv6(network), SocketPool.Count(network));
                case "loopback": return new MemoryCapabilities();
                default: return new HostCapabilities();
            }
#endif
        }

#if !NANOFRAMEWORK_1_0
        private static bool HasIPv6(INetworkStack network)
        {
            int handle = network.Open(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            network.Close(handle);
            return handle > 0;
        }
#endif
    }
}
