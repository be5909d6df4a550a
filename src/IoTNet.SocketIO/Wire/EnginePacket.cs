// engine.io-protocol, revision 4, "Packet encoding".
namespace IoTNet
{
    /// <summary>The first byte of an Engine.IO packet.</summary>
    internal static class EnginePacket
    {
        public const int Open = '0';
        public const int Close = '1';
        public const int Ping = '2';
        public const int Pong = '3';
        public const int Message = '4';
        public const int Upgrade = '5';
        public const int Noop = '6';

        /// <summary>In long-polling, before bytes in base64 (a message).</summary>
        public const int Binary = 'b';

        /// <summary>In long-polling, between packets.</summary>
        public const byte Separator = 0x1E;
    }
}
