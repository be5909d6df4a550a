using System;
using nanoFramework.Hardware.Esp32;

namespace IoTNet.Boards
{
    /// <summary>An ESP32: its network, its memory, its sleep.</summary>
    public static class Esp32Board
    {
        /// <summary>What ended the sleep before this start.</summary>
        public static Esp32WakeCause WakeCause
        {
            get
            {
                switch (Sleep.GetWakeupCause())
                {
                    case Sleep.WakeupCause.Undefined: return Esp32WakeCause.None;
                    case Sleep.WakeupCause.Timer: return Esp32WakeCause.Timer;
                    case Sleep.WakeupCause.Ext0:
                    case Sleep.WakeupCause.Ext1:
                    case Sleep.WakeupCause.Gpio: return Esp32WakeCause.Pin;
                    default: return Esp32WakeCause.Other;
                }
            }
        }

        /// <summary>Makes the board's network, over its Wi-Fi; nothing happens before it is started.</summary>
        /// <param name="settings">How to come to the network.</param>
        /// <returns>The network.</returns>
        /// <exception cref="ArgumentException">A setting cannot be; the text names it.</exception>
        public static BoardNetwork CreateNetwork(NetworkSettings settings) => new BoardNetwork(new Esp32WifiLink(), settings);

        /// <summary>Reads the internal memory, which lwIP, Wi-Fi and TLS take their buffers from.</summary>
        /// <param name="totalBytes">What there is.</param>
        /// <param name="freeBytes">What is free.</param>
        /// <param name="largestBytes">The largest free block: the limit of one buffer.</param>
        public static void GetNativeMemory(out uint totalBytes, out uint freeBytes, out uint largestBytes) =>
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out totalBytes, out freeBytes, out largestBytes);

        /// <summary>Collects garbage, and reads what is free for managed objects.</summary>
        /// <returns>Bytes.</returns>
        public static uint GetManagedMemory() => nanoFramework.Runtime.Native.GC.Run(false);

        /// <summary>Sleeps deeply: all but the clock is off, and the program begins anew after it. Does not return.</summary>
        /// <param name="timeMs">Milliseconds, at least 1.</param>
        /// <exception cref="ArgumentException">The time is below 1.</exception>
        /// <exception cref="InvalidOperationException">The firmware refused; the text has its number.</exception>
        public static void SleepFor(int timeMs)
        {
            if (timeMs < 1)
            {
                throw new ArgumentException("A sleep takes at least 1 ms, not " + timeMs + ".");
            }

            Check(Sleep.EnableWakeupByTimer(new TimeSpan(timeMs * TimeSpan.TicksPerMillisecond)));
            Sleep.StartDeepSleep();
        }

        /// <summary>Sleeps deeply until a pin has a level, or a time is over. Does not return.</summary>
        /// <param name="pin">The pin's number; one that the chip can wake by (RTC GPIO).</param>
        /// <param name="high">Whether it wakes by high rather than low.</param>
        /// <param name="timeMs">Milliseconds, at least 1; -1 = only by the pin.</param>
        /// <exception cref="ArgumentException">There is no such pin, or the time cannot be.</exception>
        /// <exception cref="InvalidOperationException">The firmware refused; the text has its number.</exception>
        public static void SleepUntilPin(int pin, bool high, int timeMs)
        {
            if (pin < 0 || pin > 39)
            {
                throw new ArgumentException("An ESP32 has the pins 0 to 39, not " + pin + ".");
            }

            if (timeMs < 1 && timeMs != -1)
            {
                throw new ArgumentException("A sleep takes at least 1 ms, or -1 = without end, not " + timeMs + ".");
            }

            Check(Sleep.EnableWakeupByPin((Sleep.WakeupGpioPin)(1UL << pin), high ? 1 : 0));
            if (timeMs > 0)
            {
                Check(Sleep.EnableWakeupByTimer(new TimeSpan(timeMs * TimeSpan.TicksPerMillisecond)));
            }

            Sleep.StartDeepSleep();
        }

        private static void Check(EspNativeError error)
        {
            if (error != EspNativeError.OK)
            {
                throw new InvalidOperationException("The firmware refused to wake so: ESP-IDF error " + (int)error + ".");
            }
        }
    }
}
