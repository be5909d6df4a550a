using System;

namespace IoTNet
{
    /// <summary>Says whether a client is let in. It is called on the thread of the context, so all its connections wait for the
    /// answer; an exception is a no.</summary>
    /// <param name="publicKey">The client's public key, 32 bytes; it has proved to have the secret one.</param>
    /// <returns>Whether it is let in.</returns>
    public delegate bool CurveCheck(byte[] publicKey);

    /// <summary>CURVE for the side that is asked (RFC 26): clients know the server by its public key, messages are encrypted and
    /// authentic, and what was recorded cannot be read by whoever gets the keys later.</summary>
    public sealed class CurveServerSecurity : MessageSecurity
    {
        private readonly CurveKeyPair _keys;
        private readonly CurveCheck _check;

        /// <summary>A server that lets in every client: it knows nothing of them, they are sure of it.</summary>
        /// <param name="keys">The server's own; its clients know the public one.</param>
        /// <exception cref="ArgumentNullException">There are no keys.</exception>
        public CurveServerSecurity(CurveKeyPair keys)
        {
            _keys = keys ?? throw new ArgumentNullException(nameof(keys));
        }

        /// <summary>A server that lets in some clients.</summary>
        /// <param name="keys">The server's own; its clients know the public one.</param>
        /// <param name="check">Says who is let in.</param>
        /// <exception cref="ArgumentNullException">There are no keys, or no check.</exception>
        public CurveServerSecurity(CurveKeyPair keys, CurveCheck check)
            : this(keys)
        {
            _check = check ?? throw new ArgumentNullException(nameof(check));
        }

        internal override Mechanism Open(MessageSocketType type, byte[] identity)
        {
            return new CurveServerMechanism(type, identity, _keys, _check);
        }
    }

    /// <summary>CURVE for the side that asks (RFC 26): it is sure of the server, whose public key it knows; messages are encrypted
    /// and authentic, and what was recorded cannot be read by whoever gets the keys later.</summary>
    public sealed class CurveClientSecurity : MessageSecurity
    {
        private readonly byte[] _serverKey;
        private readonly CurveKeyPair _keys;

        /// <summary>A client.</summary>
        /// <param name="serverKey">The server's public key: 32 bytes.</param>
        /// <param name="keys">The client's own, by which the server knows it; <see cref="CurveKeyPair.Generate"/> makes some for a
        /// server that lets in all.</param>
        /// <exception cref="ArgumentNullException">One is missing.</exception>
        /// <exception cref="ArgumentException">The server's key has another length.</exception>
        public CurveClientSecurity(byte[] serverKey, CurveKeyPair keys)
        {
            _serverKey = CurveKeyPair.Copy(serverKey, nameof(serverKey));
            _keys = keys ?? throw new ArgumentNullException(nameof(keys));
        }

        /// <summary>A client.</summary>
        /// <param name="serverKey">The server's public key: 40 characters of Z85.</param>
        /// <param name="keys">The client's own, by which the server knows it; <see cref="CurveKeyPair.Generate"/> makes some for a
        /// server that lets in all.</param>
        /// <exception cref="ArgumentNullException">One is missing.</exception>
        /// <exception cref="ArgumentException">The server's key is no Z85, or has another length.</exception>
        public CurveClientSecurity(string serverKey, CurveKeyPair keys)
            : this(Z85.Decode(serverKey), keys)
        {
        }

        internal override Mechanism Open(MessageSocketType type, byte[] identity)
        {
            return new CurveClientMechanism(type, identity, _serverKey, _keys);
        }
    }
}
