using IoTNet.Boards.Tests;

// Doubles of nanoFramework.Runtime.Native, nanoFramework.Hardware.Esp32 and nanoFramework.Hardware.Stm32; see DeviceDouble.
namespace nanoFramework.Runtime.Native
{
    public enum RebootOption
    {
        NormalReboot = 0,
    }

    public class Power
    {
        public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) => DeviceDouble.Called("reboot");
    }

    public static class GC
    {
        public static uint Run(bool compactHeap)
        {
            DeviceDouble.Called($"collect {compactHeap}");
            return 77_000;
        }
    }
}

namespace nanoFramework.Hardware.Esp32
{
    public enum EspNativeError
    {
        OK = 0,
        INVALID_ARG = 258,
    }

    public class NativeMemory
    {
        public enum MemoryType
        {
            All = 0,
            Internal = 1,
            SpiRam = 2,
        }

        public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
        {
            DeviceDouble.Called($"memory {memType}");
            (totalSize, totalFreeSize, largestFreeBlock) = (300_000, 100_000, 50_000);
        }
    }

    public class Sleep
    {
        public enum WakeupCause
        {
            Undefined = 0,
            Ext0 = 2,
            Ext1 = 3,
            Timer = 4,
            TouchPad = 5,
            Gpio = 7,
        }

        public enum WakeupGpioPin : ulong
        {
            None = 0,
            Pin0 = 1,
            Pin33 = 8589934592,
        }

        internal static WakeupCause Cause { get; set; }

        internal static EspNativeError Answer { get; set; }

        public static WakeupCause GetWakeupCause() => Cause;

        public static EspNativeError EnableWakeupByTimer(TimeSpan time)
        {
            DeviceDouble.Called($"wake after {time.TotalMilliseconds}");
            return Answer;
        }

        public static EspNativeError EnableWakeupByPin(WakeupGpioPin pin, int level)
        {
            DeviceDouble.Called($"wake by {pin} {level}");
            return Answer;
        }

        public static void StartDeepSleep() => DeviceDouble.Called("sleep");
    }
}

namespace nanoFramework.Hardware.Stm32
{
    public static class Power
    {
        public enum WakeupReasonType
        {
            Undetermined = 0,
            FromStandby = 1,
            FromPin = 2,
        }

        public enum WakeupPin
        {
            Pin1 = 1,
            Pin2 = 2,
            Pin3 = 3,
        }

        public static WakeupReasonType WakeupReason { get; internal set; }

        public static void EnterStandbyMode() => DeviceDouble.Called("standby");

        public static void EnableWakeupPin(WakeupPin pin = WakeupPin.Pin1) => DeviceDouble.Called($"wake by {pin}");
    }

    public static class RTC
    {
        internal static DateTime Alarm { get; private set; }

        public static void SetAlarm(DateTime time)
        {
            DeviceDouble.Called("alarm");
            Alarm = time;
        }
    }
}
