using System;

namespace IoTNet
{
    /// <summary>The options of a message socket. They count for what is bound and connected after they were
    /// set.</summary>
    public sealed class MessageSocketOptions
    {
        // RFC 37 3.5: two bytes of tenths of a second.
        private const int MaxTtlMs = 6553500;

        private byte[] _identity = new byte[0];

        /// <summary>How many messages may wait to be sent to one peer; 0 = no limit. Default 1,000 (ZMQ_SNDHWM). Too small: senders
        /// wait, and publishers drop, in bursts; too large: memory.</summary>
        public int SendHighWaterMark { get; set; } = MessagingDefaults.HighWaterMark;

        /// <summary>How many messages of one peer may wait to be received, and for an XPUB how many of all; 0 = no limit. Default
        /// 1,000 (ZMQ_RCVHWM). An XPUB that does not receive learns of no more subscriptions than that.</summary>
        public int ReceiveHighWaterMark { get; set; } = MessagingDefaults.HighWaterMark;

        /// <summary>How many bytes may wait for one peer, each way; one message always may; 0 = no limit. Also what the subscriptions
        /// of one peer may take: with more it loses its connection. Over inproc the side that connects decides. Default 16 MiB, on a
        /// device 8 KiB. libzmq has no such limit. Too small: as the marks above; 0 on a board: a full queue takes all its
        /// memory.</summary>
        public int HighWaterBytes { get; set; } = MessagingDefaults.HighWaterBytes;

        /// <summary>The largest frame that is taken from a peer, in bytes; a larger one ends the connection (ZMQ_MAXMSGSIZE). Default
        /// as memory allows, on a device 16 KiB.</summary>
        public int MaxFrameBytes { get; set; } = MessagingDefaults.MaxFrameBytes;

        /// <summary>The largest message, all its frames with their headers, that is taken from a peer, in bytes; a larger one ends the
        /// connection. Default as memory allows, on a device 17 KiB.</summary>
        public int MaxMessageBytes { get; set; } = MessagingDefaults.MaxMessageBytes;

        /// <summary>How long what was sent may still go out after Close, in ms; 0 = not, -1 = for ever. Default 30,000 (libzmq: -1,
        /// for ever: a program whose peer is gone then never ends).</summary>
        public int LingerMs { get; set; } = 30000;

        /// <summary>How long the calls that send wait for room, in ms; 0 = not, -1 = for ever. Default -1 (ZMQ_SNDTIMEO).</summary>
        public int SendTimeoutMs { get; set; } = -1;

        /// <summary>How long the calls that receive wait, in ms; 0 = not, -1 = for ever. Default -1 (ZMQ_RCVTIMEO).</summary>
        public int ReceiveTimeoutMs { get; set; } = -1;

        /// <summary>How long to wait before the first try to connect again, in ms; up to half of it more by chance. Default 100
        /// (ZMQ_RECONNECT_IVL); -1 = never again.</summary>
        public int ReconnectMs { get; set; } = 100;

        /// <summary>The longest wait between tries, in ms: each doubles. Default 5,000 (ZMQ_RECONNECT_IVL_MAX; libzmq: always the
        /// same wait).</summary>
        public int ReconnectMaxMs { get; set; } = 5000;

        /// <summary>How long a connect may take, in ms; -1 = as long as the stack takes. Default 10,000 (ZMQ_CONNECT_TIMEOUT).</summary>
        public int ConnectTimeoutMs { get; set; } = 10000;

        /// <summary>How long greeting and security handshake may take, in ms. Default 30,000, on a device 5,000 (ZMQ_HANDSHAKE_IVL).
        /// Too long: peers that connect and say nothing hold a socket each.</summary>
        public int HandshakeTimeoutMs { get; set; } = MessagingDefaults.HandshakeTimeoutMs;

        /// <summary>How often a silent peer is asked whether it lives (PING), in ms; 0 = never, the default (ZMQ_HEARTBEAT_IVL).
        /// Without it a cut cable is noticed by the stack only, in minutes.</summary>
        public int HeartbeatMs { get; set; }

        /// <summary>How long after a PING anything must come, in ms; 0 = for ever, -1, the default, = as <see cref="HeartbeatMs"/>
        /// (ZMQ_HEARTBEAT_TIMEOUT).</summary>
        public int HeartbeatTimeoutMs { get; set; } = -1;

        /// <summary>How long the peer shall wait for our next sign of life, in ms, up to 6,553,500; 0, the default, = no limit
        /// (ZMQ_HEARTBEAT_TTL).</summary>
        public int HeartbeatTtlMs { get; set; }

        /// <summary>How many connections may wait to be accepted. Default 100; on a board each takes a connection of the stack's
        /// few (ZMQ_BACKLOG).</summary>
        public int Backlog { get; set; } = 100;

        /// <summary>The name by which a ROUTER knows this socket: 0 to 255 bytes, the first not 0 (ZMQ_ROUTING_ID).</summary>
        /// <exception cref="ArgumentException">It is no such name.</exception>
        public byte[] Identity
        {
            get => _identity;
            set
            {
                if (value == null || value.Length > 255 || (value.Length > 0 && value[0] == 0))
                {
                    throw new ArgumentException("An identity has 0 to 255 bytes, of which the first is not 0.");
                }

                _identity = value;
            }
        }

        /// <summary>ROUTER: a message that has nowhere to go is refused with EHOSTUNREACH (true) or dropped (false, the
        /// default).</summary>
        public bool RouterMandatory { get; set; }

        /// <summary>ROUTER: a second peer of the same identity takes the first one's place (true) or is not heard (false, the
        /// default).</summary>
        public bool RouterHandover { get; set; }

        /// <summary>REQ: a new request may be sent before the reply to the last one came. Default false. Use it with
        /// <see cref="ReqCorrelate"/>, or a late reply passes for the next.</summary>
        public bool ReqRelaxed { get; set; }

        /// <summary>REQ: requests are numbered, and replies to others passed over. Default false.</summary>
        public bool ReqCorrelate { get; set; }

        /// <summary>Messages wait only for peers that are connected (true), or for those to which a connect goes on, too (false, the
        /// default) (ZMQ_IMMEDIATE).</summary>
        public bool Immediate { get; set; }

        /// <summary>Only the latest message is kept for each peer, sent or received (PUSH, PULL, PUB, SUB, DEALER); there are no marks
        /// then. Over inproc the side that connects decides. Default false (ZMQ_CONFLATE). What matters as a series is lost; a
        /// state of which only the last counts, as a temperature, is what it is for.</summary>
        public bool Conflate { get; set; }

        /// <summary>XPUB: every subscription is received, not only the first of its kind. Default false.</summary>
        public bool XPubVerbose { get; set; }

        /// <summary>Opens the sockets of tcp endpoints, so that what they carry is secured beneath the messages (TLS); both sides need it.
        /// Null, the default, = plain. It goes with any <see cref="Security"/>; ipc and inproc stay on the board and have none.</summary>
        public ISocketSecurity TransportSecurity { get; set; }

        /// <summary>The security of the messages themselves: none, names and passwords (PLAIN), keys (CURVE). Default
        /// <see cref="MessageSecurity.Null"/>. What encrypts the stream beneath is <see cref="TransportSecurity"/>.</summary>
        public MessageSecurity Security { get; set; } = MessageSecurity.Null;

        /// <summary>Refuses values that mean nothing; when something is bound or connected.</summary>
        /// <exception cref="ArgumentOutOfRangeException">One is out of its range; the text names it.</exception>
        /// <exception cref="ArgumentNullException">There is no security.</exception>
        internal void Check()
        {
            Check(SendHighWaterMark, 0, nameof(SendHighWaterMark));
            Check(ReceiveHighWaterMark, 0, nameof(ReceiveHighWaterMark));
            Check(HighWaterBytes, 0, nameof(HighWaterBytes));
            Check(MaxFrameBytes, 0, nameof(MaxFrameBytes));
            Check(MaxMessageBytes, 0, nameof(MaxMessageBytes));
            Check(LingerMs, -1, nameof(LingerMs));
            Check(SendTimeoutMs, -1, nameof(SendTimeoutMs));
            Check(ReceiveTimeoutMs, -1, nameof(ReceiveTimeoutMs));
            Check(ReconnectMs, -1, nameof(ReconnectMs));
            Check(ReconnectMaxMs, 0, nameof(ReconnectMaxMs));
            Check(ConnectTimeoutMs == 0 ? -2 : ConnectTimeoutMs, -1, nameof(ConnectTimeoutMs));
            Check(HandshakeTimeoutMs, 1, nameof(HandshakeTimeoutMs));
            Check(HeartbeatMs, 0, nameof(HeartbeatMs));
            Check(HeartbeatTimeoutMs, -1, nameof(HeartbeatTimeoutMs));
            Check(HeartbeatTtlMs > MaxTtlMs ? -1 : HeartbeatTtlMs, 0, nameof(HeartbeatTtlMs));
            Check(Backlog, 0, nameof(Backlog));
            if (Security == null)
            {
                throw new ArgumentNullException(nameof(Security));
            }
        }

        private static void Check(int value, int min, string name)
        {
            if (value < min)
            {
                throw new ArgumentOutOfRangeException(name, "A message socket's " + name + " is out of its range: expected " + min.ToString() +
                    " or more, within what its description says.");
            }
        }
    }
}
