namespace IoTNet
{
    /// <summary>How the connections of a socket are secured: <see cref="Null"/>, or what a subclass says.</summary>
    public abstract class MessageSecurity
    {
        private static readonly MessageSecurity s_null = new NullSecurity();

        /// <summary>No authentication and no encryption (RFC 37 4.1): the default. For networks where every device is
        /// trusted.</summary>
        public static MessageSecurity Null => s_null;

        /// <summary>Begins a handshake.</summary>
        internal abstract Mechanism Open(MessageSocketType type, byte[] identity);

        private sealed class NullSecurity : MessageSecurity
        {
            internal override Mechanism Open(MessageSocketType type, byte[] identity)
            {
                return new NullMechanism(type, identity);
            }
        }
    }
}
