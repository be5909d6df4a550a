#if IOTNET_POSIX_NAMES && !NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>The desktop's own name.</summary>
    internal static class HostName
    {
        public static string Default => System.Environment.MachineName;
    }
}
#endif
