#if IOTNET_POSIX_NAMES
// Zephyr's <zephyr/net/socket.h> and <zephyr/net/tls_credentials.h>.
namespace IoTNet
{
    /// <summary>
    /// What Zephyr's secure sockets add to POSIX's: <c>using static IoTNet.Posix; using static IoTNet.TlsNames;</c>, a board
    /// whose stack is a <see cref="TlsStack"/>, and
    /// <code>
    /// tls_credential_add(1, TLS_CREDENTIAL_CA_CERTIFICATE, ca, ca.Length);
    /// int fd = socket(AF_INET, SOCK_STREAM, IPPROTO_TLS_1_2);
    /// setsockopt(fd, SOL_TLS, TLS_SEC_TAG_LIST, 1, sizeof(int));
    /// setsockopt(fd, SOL_TLS, TLS_HOSTNAME, name, name.Length);
    /// connect(fd, address, address.Length);
    /// </code>
    /// <see cref="TlsOptionName"/> tells what each option takes and gives.
    /// </summary>
    public static class TlsNames
    {
        /// <summary>socket(): TLS 1.2 or later.</summary>
        public const int IPPROTO_TLS_1_2 = 258;

        /// <summary>socket(): TLS 1.3.</summary>
        public const int IPPROTO_TLS_1_3 = 259;

        /// <summary>getsockopt(), setsockopt(): the options of TLS.</summary>
        public const int SOL_TLS = 282;

        /// <summary>Credentials by tag: ints.</summary>
        public const int TLS_SEC_TAG_LIST = 1;

        /// <summary>The name of the server, for its certificate.</summary>
        public const int TLS_HOSTNAME = 2;

        /// <summary>The cipher suite in use.</summary>
        public const int TLS_CIPHERSUITE_USED = 4;

        /// <summary>What is asked of the peer's certificate.</summary>
        public const int TLS_PEER_VERIFY = 5;

        /// <summary>Application protocols, each with a NUL behind it.</summary>
        public const int TLS_ALPN_LIST = 7;

        /// <summary>Whether connections take up where earlier ones ended.</summary>
        public const int TLS_SESSION_CACHE = 12;

        /// <summary>What is wrong with the peer's certificate.</summary>
        public const int TLS_CERT_VERIFY_RESULT = 19;

        /// <summary>TLS_PEER_VERIFY: nothing is asked.</summary>
        public const int TLS_PEER_VERIFY_NONE = 0;

        /// <summary>TLS_PEER_VERIFY: it is looked at, and told of.</summary>
        public const int TLS_PEER_VERIFY_OPTIONAL = 1;

        /// <summary>TLS_PEER_VERIFY: no good certificate, no connection.</summary>
        public const int TLS_PEER_VERIFY_REQUIRED = 2;

        /// <summary>TLS_SESSION_CACHE: no.</summary>
        public const int TLS_SESSION_CACHE_DISABLED = 0;

        /// <summary>TLS_SESSION_CACHE: yes.</summary>
        public const int TLS_SESSION_CACHE_ENABLED = 1;

        /// <summary>A CA certificate.</summary>
        public const int TLS_CREDENTIAL_CA_CERTIFICATE = 1;

        /// <summary>The certificate shown to peers.</summary>
        public const int TLS_CREDENTIAL_PUBLIC_CERTIFICATE = 2;

        /// <summary>An older name of TLS_CREDENTIAL_PUBLIC_CERTIFICATE.</summary>
        public const int TLS_CREDENTIAL_SERVER_CERTIFICATE = 2;

        /// <summary>The key of that certificate.</summary>
        public const int TLS_CREDENTIAL_PRIVATE_KEY = 3;

        private const int EEXIST = 17;

        /// <summary>Adds a credential (<see cref="TlsCredentialStore.Add"/>) to the current board's.</summary>
        /// <param name="tag">Its tag.</param>
        /// <param name="type">TLS_CREDENTIAL_*.</param>
        /// <param name="cred">PEM or DER.</param>
        /// <param name="credlen">How many bytes of it count.</param>
        /// <returns>0, or as in Zephyr -errno: EINVAL (no such type, or no bytes), EEXIST (the tag has one of this type),
        /// EOPNOTSUPP (the board's stack has no TLS).</returns>
        public static int tls_credential_add(int tag, int type, byte[] cred, int credlen)
        {
            TlsStack stack = NetworkStack.Current.Network as TlsStack;
            if (stack == null || cred == null || credlen < 0 || credlen > cred.Length)
            {
                return stack == null ? -(int)Errno.EOPNOTSUPP : -(int)Errno.EINVAL;
            }

            byte[] copy = new byte[credlen];
            System.Array.Copy(cred, 0, copy, 0, credlen);
            int result = stack.Credentials.Add(tag, (TlsCredentialType)type, copy);
            return result == -(int)Errno.EALREADY ? -EEXIST : result;
        }

        /// <summary>Takes a credential away (<see cref="TlsCredentialStore.Delete"/>).</summary>
        /// <param name="tag">Its tag.</param>
        /// <param name="type">TLS_CREDENTIAL_*.</param>
        /// <returns>0, or -errno: ENOENT (there is none), EOPNOTSUPP.</returns>
        public static int tls_credential_delete(int tag, int type)
        {
            TlsStack stack = NetworkStack.Current.Network as TlsStack;
            return stack == null ? -(int)Errno.EOPNOTSUPP : stack.Credentials.Delete(tag, (TlsCredentialType)type);
        }
    }
}
#endif
