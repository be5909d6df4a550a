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

        /// <summary>What an error means, in glibc's words (gai_strerror()).</summary>
        /// <param name="error">The error.</param>
        /// <returns>A few words without a full stop.</returns>
        public static string Describe(DnsError error)
        {
            switch (error)
            {
                case DnsError.EAI_BADFLAGS: return "Bad value for ai_flags";
                case DnsError.EAI_NONAME: return "Name or service not known";
                case DnsError.EAI_AGAIN: return "Temporary failure in name resolution";
                case DnsError.EAI_FAIL: return "Non-recoverable failure in name resolution";
                case DnsError.EAI_NODATA: return "No address associated with hostname";
                case DnsError.EAI_FAMILY: return "ai_family not supported";
                case DnsError.EAI_SOCKTYPE: return "ai_socktype not supported";
                case DnsError.EAI_SERVICE: return "Servname not supported for ai_socktype";
                case DnsError.EAI_ADDRFAMILY: return "Address family for hostname not supported";
                case DnsError.EAI_MEMORY: return "Memory allocation failure";
                case DnsError.EAI_SYSTEM: return "System error";
                case DnsError.EAI_OVERFLOW: return "Argument buffer overflow";
                case DnsError.EAI_CANCELED: return "Request canceled";
                default: return "Unknown error";
            }
        }

        // The message names what was looked up, and what the stack said.
        internal static DnsException Of(int error, Errno systemError, string what)
        {
            return new DnsException((DnsError)error, systemError, what + ": " + Describe((DnsError)error) + " (" + error.ToString() + ")" +
                (systemError == Errno.None ? "." : ": " + ErrnoTable.Text(systemError) + "."));
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
