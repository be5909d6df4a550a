namespace IoTNet
{
    /// <summary>Why a call failed, by .NET's and nanoFramework's name and number (those of Windows).</summary>
    public enum SocketError
    {
        /// <summary>No error.</summary>
        Success = 0,

        /// <summary>An error without a code of its own (EIO).</summary>
        SocketError = -1,

        /// <summary>The operation was cancelled.</summary>
        Interrupted = 10004,

        /// <summary>Access denied.</summary>
        AccessDenied = 10013,

        /// <summary>No buffer was given.</summary>
        Fault = 10014,

        /// <summary>Invalid argument.</summary>
        InvalidArgument = 10022,

        /// <summary>Too many open sockets in this process.</summary>
        TooManyOpenSockets = 10024,

        /// <summary>Nothing can be done now without waiting.</summary>
        WouldBlock = 10035,

        /// <summary>The connect is in progress.</summary>
        InProgress = 10036,

        /// <summary>An earlier connect is still in progress.</summary>
        AlreadyInProgress = 10037,

        /// <summary>Not a socket.</summary>
        NotSocket = 10038,

        /// <summary>No destination address was given.</summary>
        DestinationAddressRequired = 10039,

        /// <summary>The message is too long for the transport.</summary>
        MessageSize = 10040,

        /// <summary>The protocol does not fit the socket type.</summary>
        ProtocolType = 10041,

        /// <summary>Unknown or unsupported socket option.</summary>
        ProtocolOption = 10042,

        /// <summary>The stack does not have this protocol.</summary>
        ProtocolNotSupported = 10043,

        /// <summary>The stack does not have this socket type.</summary>
        SocketNotSupported = 10044,

        /// <summary>The operation is not supported on this socket.</summary>
        OperationNotSupported = 10045,

        /// <summary>The stack does not have this protocol family.</summary>
        ProtocolFamilyNotSupported = 10046,

        /// <summary>The address family is not supported.</summary>
        AddressFamilyNotSupported = 10047,

        /// <summary>The address is in use.</summary>
        AddressAlreadyInUse = 10048,

        /// <summary>The address is not one of this host.</summary>
        AddressNotAvailable = 10049,

        /// <summary>The network is down.</summary>
        NetworkDown = 10050,

        /// <summary>No route to the network.</summary>
        NetworkUnreachable = 10051,

        /// <summary>The network dropped the connection.</summary>
        NetworkReset = 10052,

        /// <summary>The connection was aborted.</summary>
        ConnectionAborted = 10053,

        /// <summary>The peer reset the connection.</summary>
        ConnectionReset = 10054,

        /// <summary>No buffer space.</summary>
        NoBufferSpaceAvailable = 10055,

        /// <summary>The socket is connected already.</summary>
        IsConnected = 10056,

        /// <summary>The socket is not connected.</summary>
        NotConnected = 10057,

        /// <summary>The socket is shut down.</summary>
        Shutdown = 10058,

        /// <summary>Timed out.</summary>
        TimedOut = 10060,

        /// <summary>The peer refused the connection.</summary>
        ConnectionRefused = 10061,

        /// <summary>The host is down.</summary>
        HostDown = 10064,

        /// <summary>No route to the host.</summary>
        HostUnreachable = 10065,

        /// <summary>Too many processes use sockets.</summary>
        ProcessLimit = 10067,

        /// <summary>The network is not ready.</summary>
        SystemNotReady = 10091,

        /// <summary>The socket version is not supported.</summary>
        VersionNotSupported = 10092,

        /// <summary>Sockets are not initialised.</summary>
        NotInitialized = 10093,

        /// <summary>The connection is being ended.</summary>
        Disconnecting = 10101,

        /// <summary>The type was not found.</summary>
        TypeNotFound = 10109,

        /// <summary>The host name is not known.</summary>
        HostNotFound = 11001,

        /// <summary>The name could not be resolved now.</summary>
        TryAgain = 11002,

        /// <summary>The name could not be resolved at all.</summary>
        NoRecovery = 11003,

        /// <summary>The name has no address.</summary>
        NoData = 11004,
    }
}
