using System;
using System.Net.NetworkInformation;

namespace IoTNet.Boards
{
    /// <summary>An STM32's Ethernet, by System.Net.NetworkInformation.</summary>
    /// <remarks>The firmware asks DHCP by itself for as long as the cable is in, and begins anew when it comes back; there is nothing to
    /// connect, and nothing to leave.</remarks>
    public sealed class Stm32EthernetLink : INetworkLink
    {
        private NetworkLinkChanged _changed;

        /// <inheritdoc/>
        public string Name => "Ethernet";

        /// <inheritdoc/>
        public bool IsWireless => false;

        /// <inheritdoc/>
        public bool IsConnected => NetworkInterface.GetIsNetworkAvailable();

        /// <inheritdoc/>
        public IPAddress Address => InterfaceAddresses.AddressOf(InterfaceAddresses.Find(NetworkInterfaceType.Ethernet));

        /// <inheritdoc/>
        public bool IsAccessPointOpen => false;

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">The firmware has no Ethernet interface.</exception>
        public void Open(NetworkSettings settings, NetworkLinkChanged changed)
        {
            InterfaceAddresses.Apply(InterfaceAddresses.Get(NetworkInterfaceType.Ethernet, "Ethernet"), settings);
            _changed = changed;
            NetworkChange.NetworkAvailabilityChanged += OnAvailabilityChanged;
            NetworkChange.NetworkAddressChanged += OnAddressChanged;
        }

        /// <inheritdoc/>
        public void Close()
        {
            NetworkChange.NetworkAvailabilityChanged -= OnAvailabilityChanged;
            NetworkChange.NetworkAddressChanged -= OnAddressChanged;
            _changed = null;
        }

        /// <inheritdoc/>
        public NetworkReason Connect(NetworkCredentials credentials, int timeoutMs) =>
            IsConnected ? NetworkReason.None : NetworkReason.CableOut;

        /// <inheritdoc/>
        public void Disconnect()
        {
            // The cable stays in.
        }

        /// <inheritdoc/>
        public NetworkCredentials Load() => null;

        /// <inheritdoc/>
        public void Store(NetworkCredentials credentials) => throw NotWireless();

        /// <inheritdoc/>
        public bool OpenAccessPoint(NetworkCredentials credentials) => throw NotWireless();

        /// <inheritdoc/>
        public bool CloseAccessPoint() => throw NotWireless();

        /// <inheritdoc/>
        public void Restart()
        {
            nanoFramework.Runtime.Native.Power.RebootDevice();
        }

        private static Exception NotWireless() => new NotSupportedException("Ethernet has no credentials and no access point.");

        private void OnAvailabilityChanged(object sender, NetworkAvailabilityEventArgs e)
        {
            _changed?.Invoke();
        }

        private void OnAddressChanged(object sender, EventArgs e)
        {
            _changed?.Invoke();
        }
    }
}
