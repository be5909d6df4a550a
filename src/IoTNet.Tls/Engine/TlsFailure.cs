namespace IoTNet
{
    /// <summary>Why TLS gave a connection up.</summary>
    public sealed class TlsFailure
    {
        /// <summary>Makes it.</summary>
        /// <param name="errno">The error that calls give.</param>
        /// <param name="text">The reason, for people.</param>
        public TlsFailure(Errno errno, string text)
        {
            Errno = errno;
            Text = text;
            Alert = -1;
        }

        /// <summary>The error that calls give: ECONNABORTED (TLS itself), ETIMEDOUT (the handshake took too long), EINVAL (our
        /// own credentials).</summary>
        public Errno Errno { get; }

        /// <summary>The reason, such as <c>the certificate of CN=a expired on 2024-01-31 00:00 UTC</c>.</summary>
        public string Text { get; }

        /// <summary>What is wrong with the peer's certificate.</summary>
        public TlsVerifyFlags Flags { get; set; }

        /// <summary>The alert that the peer sent (RFC 8446 6.2), -1 = none, or not known.</summary>
        public int Alert { get; set; }
    }
}
