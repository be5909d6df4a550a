namespace IoTNet.Boards
{
    /// <summary>Where a board's network stands.</summary>
    public enum NetworkState
    {
        /// <summary>Not started, stopped, or without credentials and without an access point to get some.</summary>
        Down,

        /// <summary>Joins the access point, or looks for the cable.</summary>
        Connecting,

        /// <summary>Joined; has no address yet.</summary>
        GettingAddress,

        /// <summary>Has an address: sockets reach others.</summary>
        Up,

        /// <summary>Failed or lost; waits before it tries again. <see cref="BoardNetwork.Reason"/> says why.</summary>
        Retrying,

        /// <summary>Is an access point itself, for the first set-up (<see cref="BoardNetwork.Configure"/>).</summary>
        AccessPoint,

        /// <summary>The board restarts, as its access point opens or closes only so.</summary>
        Restarting,
    }
}
