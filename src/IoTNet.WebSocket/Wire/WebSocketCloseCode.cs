// RFC 6455 7.4.
namespace IoTNet
{
    /// <summary>Why a WebSocket was closed.</summary>
    public static class WebSocketCloseCode
    {
        /// <summary>Done.</summary>
        public const int Normal = 1000;

        /// <summary>The server goes down, or the page was left.</summary>
        public const int GoingAway = 1001;

        /// <summary>A violation of the protocol.</summary>
        public const int ProtocolError = 1002;

        /// <summary>A kind of message that this end does not take.</summary>
        public const int UnsupportedData = 1003;

        /// <summary>The close frame had no code. Never sent.</summary>
        public const int None = 1005;

        /// <summary>The connection ended without a close frame. Never sent.</summary>
        public const int Abnormal = 1006;

        /// <summary>Text that is no UTF-8.</summary>
        public const int InvalidData = 1007;

        /// <summary>A message against this end's rules.</summary>
        public const int PolicyViolation = 1008;

        /// <summary>A message or a frame above this end's limit.</summary>
        public const int TooLarge = 1009;

        /// <summary>The server did not agree to an extension that the client needs.</summary>
        public const int MissingExtension = 1010;

        /// <summary>The server met something that it did not expect.</summary>
        public const int InternalError = 1011;

        /// <summary>Whether a code may be in a close frame: 1000 to 1003, 1007 to 1014, 3000 to 4999 (RFC 6455 7.4.2 and IANA's
        /// registry).</summary>
        /// <param name="code">The code.</param>
        /// <returns>Whether it may.</returns>
        public static bool IsSendable(int code)
        {
            return (code >= 1000 && code <= 1014 && code != 1004 && code != None && code != Abnormal) ||
                (code >= 3000 && code <= 4999);
        }
    }
}
