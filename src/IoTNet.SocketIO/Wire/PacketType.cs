// socket.io-protocol, revision 5, "Packet types".
namespace IoTNet
{
    /// <summary>The first digit of a Socket.IO packet.</summary>
    internal static class PacketType
    {
        public const int Connect = 0;
        public const int Disconnect = 1;
        public const int Event = 2;
        public const int Ack = 3;
        public const int ConnectError = 4;
        public const int BinaryEvent = 5;
        public const int BinaryAck = 6;

        public static bool IsBinary(int type)
        {
            return type >= BinaryEvent;
        }

        public static bool IsEvent(int type)
        {
            return type == Event || type == BinaryEvent;
        }

        public static bool IsAck(int type)
        {
            return type == Ack || type == BinaryAck;
        }
    }
}
