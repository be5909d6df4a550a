namespace IoTNet
{
    /// <summary>Request and reply (RFC 28): the sockets REQ, REP and ROUTER; DEALER needs no more than the base.
    /// <code>
    /// ReqRep.Use();
    /// MessageSocket answers = MessageSocket.Rep();
    /// </code>
    /// </summary>
    public static class ReqRep
    {
        /// <summary>Lets <see cref="MessageSocketType.Req"/>, Rep and Router be made, on all boards of the program. Once, before the first of
        /// them; again is no harm.</summary>
        public static void Use()
        {
            PatternTable.ReqRep = new ReqRepPatterns();
        }
    }
}
