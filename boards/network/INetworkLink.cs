namespace IoTNet.Boards
{
    /// <summary>Tells that a link's connection or address may be another than before; without saying which, as it is looked at
    /// anyway.</summary>
    public delegate void NetworkLinkChanged();

    /// <summary>
    /// A board's radio or cable, the seam below <see cref="BoardNetwork"/>: whoever brings up a new board implements this, and all
    /// waiting, retrying and falling back is done above it.
    /// </summary>
    /// <remarks>
    /// <para>All calls come from the thread of <see cref="BoardNetwork"/>, one at a time, but <see cref="Disconnect"/>, which
    /// comes from any thread and ends a <see cref="Connect"/> that waits.</para>
    /// <para>Whatever a member throws counts as a failed try with <see cref="NetworkReason.LinkError"/>, and the next one
    /// follows.</para>
    /// </remarks>
    public interface INetworkLink
    {
        /// <summary>What it is, for messages: Wi-Fi, Ethernet.</summary>
        string Name { get; }

        /// <summary>Whether it joins access points and can be one; a cable has neither credentials nor an access point, and the
        /// members for these are not called.</summary>
        bool IsWireless { get; }

        /// <summary>Whether it has joined, or the cable is in and its other end alive.</summary>
        bool IsConnected { get; }

        /// <summary>The IPv4 address, the access point's own while that is open; <see cref="IPAddress.Any"/> = none.</summary>
        IPAddress Address { get; }

        /// <summary>Whether the board's access point is open, for example since the start of the board.</summary>
        bool IsAccessPointOpen { get; }

        /// <summary>Prepares the link: DHCP or the static address, name servers, host name. Called again after it threw.</summary>
        /// <param name="settings">The settings.</param>
        /// <param name="changed">To be called when connection or address have changed, from any thread; it does not block. Calls
        /// may be missing (everything is looked at every <see cref="NetworkSettings.WatchMs"/>) or needless.</param>
        void Open(NetworkSettings settings, NetworkLinkChanged changed);

        /// <summary>Ends what <see cref="Open"/> began; changed is not called any more.</summary>
        void Close();

        /// <summary>Joins the access point, or looks whether the cable is in; blocks as long as that takes.</summary>
        /// <param name="credentials">Whom to join; null for a cable.</param>
        /// <param name="timeoutMs">Milliseconds, at least 1.</param>
        /// <returns><see cref="NetworkReason.None"/> when it has joined, else why not.</returns>
        NetworkReason Connect(NetworkCredentials credentials, int timeoutMs);

        /// <summary>Leaves the access point, and stops whatever the firmware tries by itself. Nothing happens when there is nothing to
        /// leave; a cable stays in.</summary>
        void Disconnect();

        /// <summary>Reads the credentials that are stored on the board.</summary>
        /// <returns>The credentials; null = none.</returns>
        NetworkCredentials Load();

        /// <summary>Stores credentials on the board, where they outlast a restart.</summary>
        /// <param name="credentials">The credentials.</param>
        void Store(NetworkCredentials credentials);

        /// <summary>Opens the board's access point.</summary>
        /// <param name="credentials">Its name and its password.</param>
        /// <returns>Whether it is open; false = it will be after <see cref="Restart"/>.</returns>
        bool OpenAccessPoint(NetworkCredentials credentials);

        /// <summary>Closes the board's access point.</summary>
        /// <returns>Whether it is closed; false = it will be after <see cref="Restart"/>.</returns>
        bool CloseAccessPoint();

        /// <summary>Restarts the board; on a device it does not return.</summary>
        void Restart();
    }
}
