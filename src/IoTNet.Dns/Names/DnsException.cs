namespace IoTNet
{
    /// <summary>A name, an address or a service was not found. The message says which, and why. It is a
    /// <see cref="SocketException"/>, because nanoFramework's <c>Dns.GetHostEntry</c> throws one.</summary>
    public class DnsException : SocketException
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="error">Why.</param>
        /// <param name="message">What was looked up, and why it was not found.</param>
        public DnsException(DnsError error, string message)
            : this(error, Errno.None, message)
        {
        }

        /// <summary>Makes the exception with the network stack's own error.</summary>
        /// <param name="error">Why.</param>
        /// <param name="systemError">With EAI_SYSTEM: what the network stack said.</param>
        /// <param name="message">What was looked up, and why it was not found.</param>
        public DnsException(DnsError error, Errno systemError, string message)
            : base(systemError == Errno.None ? ToErrno(error) : systemError, message)
        {
            Error = error;
        }

        /// <summary>Why, as getaddrinfo() tells it.</summary>
        public DnsError Error { get; }

        /// <inheritdoc/>
        public override SocketError SocketErrorCode
        {
            get
            {
                switch (Error)
                {
                    case DnsError.EAI_NONAME: return SocketError.HostNotFound;
                    case DnsError.EAI_AGAIN: return SocketError.TryAgain;
                    case DnsError.EAI_FAIL: return SocketError.NoRecovery;
                    case DnsError.EAI_NODATA:
                    case DnsError.EAI_ADDRFAMILY: return SocketError.NoData;
                    default: return base.SocketErrorCode;
                }
            }
        }

        private static Errno ToErrno(DnsError error)
        {
            switch (error)
            {
                case DnsError.EAI_NONAME:
                case DnsError.EAI_NODATA: return Errno.ENOENT;
                case DnsError.EAI_AGAIN: return Errno.ETIMEDOUT;
                case DnsError.EAI_FAIL: return Errno.EHOSTUNREACH;
                case DnsError.EAI_FAMILY:
                case DnsError.EAI_ADDRFAMILY: return Errno.EAFNOSUPPORT;
                case DnsError.EAI_SOCKTYPE: return Errno.ESOCKTNOSUPPORT;
                case DnsError.EAI_MEMORY: return Errno.ENOMEM;
                case DnsError.EAI_CANCELED: return Errno.ECANCELED;
                default: return Errno.EINVAL;
            }
        }
    }
}
