namespace IoTNet
{
    internal sealed class ReqRepPatterns : IPatternSource
    {
        public Pattern Make(MessageSocketType type, MessageSocketOptions options)
        {
            switch (type)
            {
                case MessageSocketType.Req:
                    return new ReqPattern(options);
                case MessageSocketType.Rep:
                    return new RepPattern(options);
                default:
                    return new RouterPattern(options);
            }
        }
    }
}
