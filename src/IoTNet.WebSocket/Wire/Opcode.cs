// RFC 6455 11.8.
namespace IoTNet
{
    /// <summary>What a frame is.</summary>
    internal static class Opcode
    {
        public const int Continuation = 0;
        public const int Text = 1;
        public const int Binary = 2;
        public const int Close = 8;
        public const int Ping = 9;
        public const int Pong = 10;
    }
}
