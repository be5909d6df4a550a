namespace IoTNet
{
    /// <summary>A secured connection failed.</summary>
    public class TlsException : SocketException
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="error">The error.</param>
        /// <param name="message">What was tried, on what, and why it failed.</param>
        /// <param name="failure">What TLS itself knows; null when it was the connection's failure.</param>
        public TlsException(Errno error, string message, TlsFailure failure)
            : base(error, message)
        {
            Failure = failure;
        }

        /// <summary>Why TLS gave up: text, flags of the certificate, the peer's alert; null when it was not TLS.</summary>
        public TlsFailure Failure { get; }
    }
}
