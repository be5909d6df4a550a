// RFC 37 3.5, connection heartbeating.
using System;

namespace IoTNet
{
    /// <summary>The times of a connection that is watched over: by our PINGs, or because its peer has named a time to live. Times
    /// are those of the monotonic clock, in ms.</summary>
    internal sealed class Heartbeat
    {
        /// <summary>When something was heard last.</summary>
        public long LastHeardMs;

        /// <summary>When the next PING is due.</summary>
        public long NextPingMs;

        /// <summary>When the oldest PING went since something was heard; 0 = none did.</summary>
        public long PingedMs;

        /// <summary>For how long the peer may be silent by its own account; 0 = for ever.</summary>
        public int PeerTtlMs;

        private const int TtlBytes = 2;

        // RFC 37: a PING's context has at most 16 bytes, its time to live two, in tenths of a second.
        private const int MaxContextBytes = 16;

        /// <summary>A PING without context.</summary>
        /// <param name="ttlMs">The time to live that it names.</param>
        public static byte[] Ping(int ttlMs)
        {
            int ttl = ttlMs / 100;
            byte[] ping = new byte[CommandName.Ping.Length + TtlBytes];
            int at = CommandName.Write(CommandName.Ping, ping, 0);
            ping[at] = (byte)(ttl >> 8);
            ping[at + 1] = (byte)ttl;
            return ping;
        }

        /// <summary>The answer to a PING.</summary>
        /// <param name="offset">Where what follows the PING's name begins.</param>
        /// <param name="ttlMs">The time to live that it names.</param>
        /// <returns>Null when the PING is of the wrong length.</returns>
        public static byte[] Pong(byte[] buffer, int offset, int count, out int ttlMs)
        {
            ttlMs = 0;
            if (count < TtlBytes || count > TtlBytes + MaxContextBytes)
            {
                return null;
            }

            ttlMs = ((buffer[offset] << 8) | buffer[offset + 1]) * 100;
            byte[] pong = new byte[CommandName.Pong.Length + count - TtlBytes];
            int at = CommandName.Write(CommandName.Pong, pong, 0);
            Array.Copy(buffer, offset + TtlBytes, pong, at, count - TtlBytes);
            return pong;
        }

        /// <summary>Something is heard.</summary>
        public void Hear(long nowMs)
        {
            LastHeardMs = nowMs;
            PingedMs = 0;
        }

        /// <summary>When a silence has lasted too long: since a PING, or since the peer's last word by its own account.</summary>
        /// <param name="timeoutMs">How long a PING's answer may take; 0 = for ever.</param>
        /// <returns>long.MaxValue = never.</returns>
        public long LateMs(int timeoutMs)
        {
            long pongMs = PingedMs == 0 || timeoutMs == 0 ? long.MaxValue : PingedMs + timeoutMs;
            long ttlMs = PeerTtlMs == 0 ? long.MaxValue : LastHeardMs + PeerTtlMs;
            return pongMs < ttlMs ? pongMs : ttlMs;
        }
    }
}
