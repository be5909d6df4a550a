#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>A device's sizes: it has memory for a few TLS connections only.</summary>
    internal static class TlsDefaults
    {
        public const int Buckets = 8;
        public const int IdleSelectors = 2;
    }
}
#endif
