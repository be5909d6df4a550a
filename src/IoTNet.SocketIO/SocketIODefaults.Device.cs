#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Sizes for a board with some tens of KiB.</summary>
    internal static class SocketIODefaults
    {
        public const int MaxPayload = 8 * 1024;
        public const int MaxEventBytes = 12 * 1024;
        public const int MaxAttachments = 4;
        public const int MaxArguments = 16;
        public const int MaxNamespaceBytes = 64;
        public const int MaxClients = 8;
        public const int MaxRooms = 32;
        public const int MaxBufferedBytes = 12 * 1024;
        public const int MaxPendingAcks = 16;
        public const int MaxBufferedEvents = 16;
        public const int MaxRecoveryEvents = 16;
        public const int KeptBytes = 4 * 1024;
    }
}
#endif
