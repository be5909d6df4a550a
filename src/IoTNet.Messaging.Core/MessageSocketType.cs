namespace IoTNet
{
    /// <summary>What a message socket does with its messages; numbered as in libzmq.</summary>
    public enum MessageSocketType
    {
        /// <summary>One peer, both ways (RFC 31).</summary>
        Pair = 0,

        /// <summary>To all subscribers (RFC 29).</summary>
        Pub = 1,

        /// <summary>From all publishers, what it subscribed to (RFC 29).</summary>
        Sub = 2,

        /// <summary>Asks, and waits for the answer (RFC 28).</summary>
        Req = 3,

        /// <summary>Answers (RFC 28).</summary>
        Rep = 4,

        /// <summary>Asks without waiting: in turn to all peers, fairly from all (RFC 28).</summary>
        Dealer = 5,

        /// <summary>Each message begins with the identity of the peer that it comes from or goes to (RFC 28).</summary>
        Router = 6,

        /// <summary>Takes work (RFC 30).</summary>
        Pull = 7,

        /// <summary>Spreads work (RFC 30).</summary>
        Push = 8,

        /// <summary>A Pub that receives the subscriptions as messages (RFC 29).</summary>
        XPub = 9,

        /// <summary>A Sub that sends its subscriptions as messages (RFC 29).</summary>
        XSub = 10,
    }
}
