namespace IoTNet
{
    /// <summary>The limits of a server's HTTP side, and where its requests go.</summary>
    internal sealed class HttpSettings
    {
        public EventLoop Loop;
        public IHttpOwner Owner;
        public int MaxHeadBytes;
        public int MaxHeaders;
        public int MaxBodyBytes;
        public int MaxBufferedBytes;
        public int HeadTimeoutMs;
        public int BodyTimeoutMs;
        public int KeepAliveMs;
    }
}
