namespace IoTNet.Tests
{
    /// <summary>The operating system's stack, on Linux.</summary>
    public class HostCapabilities : StackCapabilities
    {
        /// <inheritdoc/>
        public override string Title => "host";

        /// <inheritdoc/>
        public override bool HasSystemUnix => true;

        /// <inheritdoc/>
        public override bool HasOption(SocketOptionLevel level, SocketOptionName name)
        {
            return name != SocketOptionName.ReceiveTimeToLive && name != SocketOptionName.HopLimit;
        }
    }
}
