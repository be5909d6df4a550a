namespace IoTNet
{
    /// <summary>Publish and subscribe (RFC 29): the sockets PUB, SUB, XPUB and XSUB.
    /// <code>
    /// PubSub.Use();
    /// MessageSocket feed = MessageSocket.Pub();
    /// </code>
    /// </summary>
    public static class PubSub
    {
        /// <summary>Lets <see cref="MessageSocketType.Pub"/>, Sub, XPub and XSub be made, on all boards of the program. Once, before the first
        /// of them; again is no harm.</summary>
        public static void Use()
        {
            PatternTable.PubSub = new PubSubPatterns();
        }
    }
}
