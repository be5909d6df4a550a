using System;

namespace IoTNet
{
    /// <summary>The limits of connections. They are read when a server or a connector is made; later changes do not reach
    /// it.</summary>
    public class ConnectionOptions
    {
        /// <summary>How long nothing may come and nothing be taken, in ms, 1 or more; -1 = for ever. Default 300,000. Too short:
        /// peers that are silent by nature are lost; too long, or for ever: peers that have vanished keep their sockets.</summary>
        public int IdleTimeoutMs { get; set; } = 300000;

        /// <summary>The size of the receive buffer, which all connections of a loop share, and, up to 65,536, of the pieces in which
        /// unsent bytes are kept; in bytes, 64 to 1,048,576. Default 2,048. Too small: more calls for each megabyte; too large: memory of
        /// the loop, and of each connection whose peer is slow.</summary>
        public int BufferBytes { get; set; } = 2048;

        /// <summary>With more unsent bytes than this, <see cref="Connection.Write"/> gives false; 0 or more. Default 8,192. Too
        /// small: the sender waits although the peer could take more; too large: memory for each slow peer.</summary>
        public int HighWaterBytes { get; set; } = 8192;

        /// <summary>With so many unsent bytes or fewer, <see cref="Connection.Drain"/> comes; 0 to HighWaterBytes. Default 2,048.
        /// Too small: the connection falls idle before the next write; too large: a drain for each few bytes.</summary>
        public int LowWaterBytes { get; set; } = 2048;

        /// <summary>The most unsent bytes of a connection, HighWaterBytes or more. Default 32,768. A write that does not fit is
        /// refused whole (ENOBUFS). Too small: large writes are refused; too large: memory for each peer that does not read,
        /// when the program does not heed what Write gives.</summary>
        public int MaxBufferedBytes { get; set; } = 32768;

        /// <summary>Whether a connection stays open for writing when the peer has ended its half. Default false: it is ended
        /// when <see cref="Connection.Ended"/> has been told. True: the program must call <see cref="Connection.End"/>, or the
        /// socket is held until IdleTimeoutMs.</summary>
        public bool AllowHalfOpen { get; set; }

        /// <summary>Whether small writes go out at once (TCP_NODELAY) instead of being joined while an acknowledgement is due.
        /// Default true. True: a segment for each small write; false: answers of several writes wait for the peer's delayed
        /// acknowledgement, up to 500 ms (RFC 9293 3.8.6.3).</summary>
        public bool NoDelay { get; set; } = true;

        /// <summary>Opens the sockets, so that what they carry is secured (TLS); null, the default, = plain. A connect has ended
        /// when the handshake is done; on an accepted connection a handshake that fails is the error of its first receive
        /// (<see cref="Connection.Error"/>). The scheme tls:// is for URIs of secured sockets alone.</summary>
        public ISocketSecurity Security { get; set; }

        internal virtual void Check()
        {
            CheckTimeout(IdleTimeoutMs, nameof(IdleTimeoutMs));
            CheckRange(BufferBytes, 64, 1 << 20, nameof(BufferBytes));
            CheckRange(HighWaterBytes, 0, int.MaxValue, nameof(HighWaterBytes));
            CheckRange(LowWaterBytes, 0, HighWaterBytes, nameof(LowWaterBytes));
            CheckRange(MaxBufferedBytes, HighWaterBytes, int.MaxValue, nameof(MaxBufferedBytes));
        }

        internal static void CheckTimeout(int valueMs, string name)
        {
            if (valueMs != -1)
            {
                CheckRange(valueMs, 1, int.MaxValue, name);
            }
        }

        internal static void CheckRange(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentOutOfRangeException(name,
                    "Expected " + least.ToString() + " to " + most.ToString() + ", not " + value.ToString() + ".");
            }
        }
    }
}
