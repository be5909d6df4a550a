using System;

namespace IoTNet
{
    /// <summary>Which pattern a type of socket has. Those of the types that need no more than queues are here; the others are
    /// assemblies of their own, so that a board has only those that it uses.</summary>
    internal static class PatternTable
    {
        /// <summary>Makes PUB, SUB, XPUB and XSUB; null while the application has not called PubSub.Use.</summary>
        public static IPatternSource PubSub { get; set; }

        /// <summary>Makes REQ, REP and ROUTER; null while the application has not called ReqRep.Use.</summary>
        public static IPatternSource ReqRep { get; set; }

        /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
        /// <exception cref="NotSupportedException">Its assembly is not in use; the text says what to do.</exception>
        public static Pattern Make(MessageSocketType type, MessageSocketOptions options)
        {
            switch (type)
            {
                case MessageSocketType.Pair:
                    return new PairPattern(options);
                case MessageSocketType.Dealer:
                    return new QueuePattern(options, true, true);
                case MessageSocketType.Pull:
                    return new QueuePattern(options, false, true);
                case MessageSocketType.Push:
                    return new QueuePattern(options, true, false);
                case MessageSocketType.Pub:
                case MessageSocketType.Sub:
                case MessageSocketType.XPub:
                case MessageSocketType.XSub:
                    return Make(PubSub, "PubSub", type, options);
                case MessageSocketType.Req:
                case MessageSocketType.Rep:
                case MessageSocketType.Router:
                    return Make(ReqRep, "ReqRep", type, options);
                default:
                    throw new ArgumentOutOfRangeException(nameof(type), "There is no message socket type " + ((int)type).ToString() + ".");
            }
        }

        private static Pattern Make(IPatternSource source, string name, MessageSocketType type, MessageSocketOptions options)
        {
            if (source == null)
            {
                throw new NotSupportedException("A " + SocketTypes.Name(type) + " socket needs the assembly IoTNet.Messaging." + name +
                    ": add it, and call " + name + ".Use() once before.");
            }

            return source.Make(type, options);
        }
    }
}
