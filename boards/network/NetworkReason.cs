namespace IoTNet.Boards
{
    /// <summary>Why a board's network is in its state; also what a link answers when it could not connect.</summary>
    public enum NetworkReason
    {
        /// <summary>Nothing went wrong.</summary>
        None,

        /// <summary>The access point refused the password. An ESP32 also says so of a signal too weak for the handshake.</summary>
        WrongPassword,

        /// <summary>No access point of that name is in range.</summary>
        NotFound,

        /// <summary>The access point's kind of security is not supported.</summary>
        UnsupportedSecurity,

        /// <summary>The access point does not let the board in (any more).</summary>
        Refused,

        /// <summary>No answer within <see cref="NetworkSettings.ConnectTimeoutMs"/>.</summary>
        ConnectTimeout,

        /// <summary>The link failed without saying why.</summary>
        ConnectFailed,

        /// <summary>The link threw; <see cref="BoardNetwork.LastError"/> is the exception.</summary>
        LinkError,

        /// <summary>No address within <see cref="NetworkSettings.AddressTimeoutMs"/>: nobody answered DHCP, or has none left.</summary>
        DhcpTimeout,

        /// <summary>The cable is not plugged in, or its other end is dead.</summary>
        CableOut,

        /// <summary>The access point went away.</summary>
        Lost,

        /// <summary>The address was given up, for example as its lease ran out; the link is still there.</summary>
        AddressLost,

        /// <summary>The board got another address.</summary>
        AddressChanged,

        /// <summary>No credentials are given or stored.</summary>
        NoCredentials,

        /// <summary>New credentials were given (<see cref="BoardNetwork.Configure"/>).</summary>
        Configured,

        /// <summary>Nobody used the access point within <see cref="NetworkSettings.AccessPointMs"/>.</summary>
        AccessPointTimeout,

        /// <summary><see cref="BoardNetwork.RetryNow"/> was called.</summary>
        Asked,
    }
}
