#if !NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Sizes for a computer with megabytes to spare; socket.io's own where it has one.</summary>
    internal static class SocketIODefaults
    {
        public const int MaxPayload = 1000000;
        public const int MaxEventBytes = 10000000;
        public const int MaxAttachments = 10;
        public const int MaxArguments = 64;
        public const int MaxNamespaceBytes = 256;
        public const int MaxClients = 1000;
        public const int MaxRooms = 10000;
        public const int MaxBufferedBytes = 16 * 1024 * 1024;
        public const int MaxPendingAcks = 1024;
        public const int MaxBufferedEvents = 1000;
        public const int MaxRecoveryEvents = 1000;
        public const int KeptBytes = 2 * 1024 * 1024;
    }
}
#endif
