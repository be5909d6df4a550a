namespace IoTNet
{
    internal sealed class PubSubPatterns : IPatternSource
    {
        public Pattern Make(MessageSocketType type, MessageSocketOptions options)
        {
            return type == MessageSocketType.Pub || type == MessageSocketType.XPub ? new PubPattern(options, type == MessageSocketType.XPub)
                : (Pattern)new SubPattern(options, type == MessageSocketType.XSub);
        }
    }
}
