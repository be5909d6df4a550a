#if IOTNET_POSIX_NAMES && NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>A device has no name before it is given one: the name of its platform stands in, such as ESP32.</summary>
    internal static class HostName
    {
        public static string Default => nanoFramework.Runtime.Native.SystemInfo.Platform;
    }
}
#endif
