namespace IoTNet.Tests
{
    /// <summary>What the stack of nanoFramework boards can do: only nanoFramework's API is used. AF_UNIX is the in-memory
    /// stack's.</summary>
    public class DeviceCapabilities : StackCapabilities
    {
        /// <summary>Says what a board can do.</summary>
        /// <param name="sockets">How many sockets can be open at once.</param>
        public DeviceCapabilities(int sockets)
        {
            Sockets = sockets;
        }

        /// <inheritdoc/>
        public override int Sockets { get; }

        /// <inheritdoc/>
        public override string Title => "device (System.Net)";

        /// <inheritdoc/>
        public override bool HasIPv6 => false;

        /// <inheritdoc/>
        public override bool HasHalfClose => false;

        /// <inheritdoc/>
        public override bool HasOutOfBand => false;

        /// <inheritdoc/>
        public override bool HasRealLength => false;

        /// <inheritdoc/>
        public override bool HasPortUnreachable => false;

        /// <inheritdoc/>
        public override bool CanDissolve => false;

        /// <inheritdoc/>
        public override bool AllocatesForAddresses => true;

        /// <inheritdoc/>
        public override bool HasOwnSelector => false;

        /// <inheritdoc/>
        public override string Tls => "yes: nanoFramework's";

        /// <inheritdoc/>
        public override bool HasOption(SocketOptionLevel level, SocketOptionName name)
        {
            // No number of nanoFramework's, but answered by Socket itself.
            bool own = level == SocketOptionLevel.Socket && (name == SocketOptionName.ConnectTimeout
                || name == SocketOptionName.Domain || name == SocketOptionName.Protocol);
            return own || ((int)name < 0x2000 && name != SocketOptionName.PacketInformation && name != SocketOptionName.HopLimit)
                || name == SocketOptionName.MaxConnections;
        }
    }
}
