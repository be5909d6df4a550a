namespace IoTNet.Tests
{
    /// <summary>An emulated board's lwIP; AF_UNIX is the in-memory stack's.</summary>
    public sealed class LwipCapabilities : StackCapabilities
    {
        /// <summary>Says what a board's lwIP can do.</summary>
        /// <param name="hasIPv6">Whether it was built with IPv6.</param>
        /// <param name="sockets">How many sockets can be open at once.</param>
        public LwipCapabilities(bool hasIPv6, int sockets)
        {
            HasIPv6 = hasIPv6;
            Sockets = sockets;
        }

        /// <inheritdoc/>
        public override int Sockets { get; }

        /// <inheritdoc/>
        public override bool HasIPv6 { get; }

        /// <inheritdoc/>
        public override string Title => "emulated (lwIP)";

        /// <inheritdoc/>
        public override bool HasOutOfBand => false;

        /// <inheritdoc/>
        public override bool HasPortUnreachable => false;

        /// <inheritdoc/>
        public override bool HasOption(SocketOptionLevel level, SocketOptionName name)
        {
            if (level == SocketOptionLevel.Socket)
            {
                return name != SocketOptionName.DontRoute && name != SocketOptionName.OutOfBandInline &&
                    name != SocketOptionName.Priority && name != SocketOptionName.ReusePort && name != SocketOptionName.SendBuffer &&
                    name != SocketOptionName.SendLowWater && name != SocketOptionName.ReceiveLowWater;
            }

            return name != SocketOptionName.Mtu && name != SocketOptionName.LocalPortRange &&
                name != SocketOptionName.ReceiveTimeToLive && name != SocketOptionName.HopLimit;
        }
    }
}
