namespace IoTNet
{
    /// <summary>One side of a security handshake (RFC 37 3.4): commands in, commands out, no socket. One object serves one
    /// connection.</summary>
    internal abstract class Mechanism
    {
        private readonly MessageSocketType _type;

        /// <param name="type">Our kind of socket.</param>
        /// <param name="identity">Our identity.</param>
        protected Mechanism(MessageSocketType type, byte[] identity)
        {
            _type = type;
            OwnMetadata = Metadata.Write(type, identity);
        }

        /// <summary>As it stands in the greeting.</summary>
        public abstract string Name { get; }

        /// <summary>Whether this side is the server.</summary>
        public abstract bool IsServer { get; }

        /// <summary>Whether the handshake is over and messages may go.</summary>
        public bool IsDone { get; protected set; }

        /// <summary>What the peer said of itself; null until then.</summary>
        public Metadata Peer { get; private set; }

        /// <summary>Why the handshake failed, for people; null while it did not.</summary>
        public string Failure { get; private set; }

        /// <summary>Whether the peer's answer was ERROR: trying again with the same credentials is no use (RFC 37 3.4).</summary>
        public bool IsRefused { get; private set; }

        /// <summary>What to tell the peer in an ERROR command when the handshake failed; null = nothing.</summary>
        public string ErrorForPeer { get; private set; }

        /// <summary>Whether messages are sealed (CURVE): frames then pass <see cref="Encode"/> and <see cref="Decode"/>.</summary>
        public virtual bool Seals => false;

        /// <summary>How many bytes a sealed body has more than the frame in it.</summary>
        public virtual int SealBytes => 0;

        /// <summary>What we say of ourselves, as it stands in a command.</summary>
        protected byte[] OwnMetadata { get; }

        /// <summary>Writes the next command of this side, body only.</summary>
        /// <param name="buffer">Has room for <see cref="MaxCommandBytes"/> from offset on.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Its length in bytes; 0 while it is the peer's turn, or when all is said.</returns>
        public abstract int Next(byte[] buffer, int offset);

        /// <summary>Takes a command of the peer, any but ERROR.</summary>
        /// <param name="buffer">Holds its body.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">How long it is.</param>
        /// <returns>False when the handshake failed: <see cref="Failure"/> says why.</returns>
        protected abstract bool TakeCommand(byte[] buffer, int offset, int count);

        /// <summary>The longest command that <see cref="Next"/> writes.</summary>
        public const int MaxCommandBytes = 1024;

        /// <summary>Compares with the peer's greeting.</summary>
        /// <param name="greeting">The peer's, whole.</param>
        /// <returns>Null; else why there is no connection: mechanisms that differ, or two servers (RFC 37).</returns>
        public string Compare(byte[] greeting)
        {
            if (IsServer && Greeting.IsServer(greeting))
            {
                return "both sides are the server of " + Name;
            }

            return Greeting.HasMechanism(greeting, Name) ? null
                : "the peer's security is " + Greeting.MechanismName(greeting) + ", expected " + Name;
        }

        /// <summary>Takes a command of the peer.</summary>
        public bool Take(byte[] buffer, int offset, int count)
        {
            if (CommandName.Is(CommandName.Error, buffer, offset, count))
            {
                IsRefused = true;
                return Fail("the peer refused: \"" + CommandName.ErrorReason(buffer, offset, count) + "\"", null);
            }

            return TakeCommand(buffer, offset, count);
        }

        /// <summary>Seals a frame's body.</summary>
        /// <param name="flags">More or Command.</param>
        /// <returns>Bytes written to target: count + <see cref="SealBytes"/>.</returns>
        public virtual int Encode(int flags, byte[] buffer, int offset, int count, byte[] target, int targetOffset)
        {
            return -1;
        }

        /// <summary>Opens a sealed body in place.</summary>
        /// <param name="flags">The frame's flags: More, Command.</param>
        /// <param name="bodyOffset">Where the opened body begins in the buffer.</param>
        /// <returns>Its length in bytes; -1 when it is forged, repeated or malformed.</returns>
        public virtual int Decode(byte[] buffer, int offset, int count, out int flags, out int bodyOffset)
        {
            flags = 0;
            bodyOffset = offset;
            return -1;
        }

        /// <summary>Ends the handshake without success.</summary>
        /// <param name="why">For people.</param>
        /// <param name="errorForPeer">For the peer, or null.</param>
        /// <returns>False.</returns>
        protected bool Fail(string why, string errorForPeer)
        {
            Failure = why;
            ErrorForPeer = errorForPeer;
            return false;
        }

        /// <summary>Reads the peer's metadata and checks that the two kinds of sockets may talk.</summary>
        /// <returns>False when they may not, or the metadata are malformed.</returns>
        protected bool TakeMetadata(byte[] buffer, int offset, int count)
        {
            Metadata peer = Metadata.Read(buffer, offset, count);
            if (peer == null)
            {
                return Fail("malformed metadata", "malformed metadata");
            }

            if (!SocketTypes.MayTalk(_type, peer.SocketType))
            {
                string other = peer.SocketType < 0 ? "a socket without a type" : SocketTypes.Name((MessageSocketType)peer.SocketType);
                return Fail(SocketTypes.Name(_type) + " cannot talk to " + other, "Invalid socket type");
            }

            Peer = peer;
            return true;
        }
    }
}
