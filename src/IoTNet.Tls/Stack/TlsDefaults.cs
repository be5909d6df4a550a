#if !NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>The desktop's sizes.</summary>
    internal static class TlsDefaults
    {
        // For as many sockets as the host's stack has: a power of two.
        public const int Buckets = 1024;
        public const int IdleSelectors = 16;
    }
}
#endif
