using System;
using nanoFramework.Hardware.Stm32;

namespace IoTNet.Boards
{
    /// <summary>An STM32: its network, its memory, its standby.</summary>
    public static class Stm32Board
    {
        /// <summary>What ended the standby before this start.</summary>
        public static Stm32WakeCause WakeCause
        {
            get
            {
                switch (Power.WakeupReason)
                {
                    case Power.WakeupReasonType.FromStandby: return Stm32WakeCause.Standby;
                    case Power.WakeupReasonType.FromPin: return Stm32WakeCause.Pin;
                    default: return Stm32WakeCause.None;
                }
            }
        }

        /// <summary>Makes the board's network, over its Ethernet; nothing happens before it is started.</summary>
        /// <param name="settings">How to come to the network; what is Wi-Fi's is ignored.</param>
        /// <returns>The network.</returns>
        /// <exception cref="ArgumentException">A setting cannot be; the text names it.</exception>
        public static BoardNetwork CreateNetwork(NetworkSettings settings) => new BoardNetwork(new Stm32EthernetLink(), settings);

        /// <summary>Collects garbage, and reads what is free for managed objects.</summary>
        /// <returns>Bytes.</returns>
        public static uint GetManagedMemory() => nanoFramework.Runtime.Native.GC.Run(false);

        /// <summary>Goes to standby until a time; RAM is lost, and the program begins anew after it. Does not return.</summary>
        /// <param name="time">When to wake, by the board's clock, which has to be set; within the next 28 days, as the alarm knows day,
        /// hour, minute and second alone.</param>
        /// <exception cref="ArgumentException">The time is over, or further away.</exception>
        public static void StandbyUntil(DateTime time)
        {
            long seconds = (time.Ticks - DateTime.UtcNow.Ticks) / TimeSpan.TicksPerSecond;
            if (seconds < 1 || seconds > 28L * 24 * 3600)
            {
                throw new ArgumentException("Standby takes from 1 s to 28 days, not " + seconds + " s.");
            }

            RTC.SetAlarm(time);
            Power.EnterStandbyMode();
        }

        /// <summary>Goes to standby until the first wake-up pin has a rising edge; RAM is lost, and the program begins anew after it.
        /// Does not return.</summary>
        public static void StandbyUntilPin()
        {
            Power.EnableWakeupPin(Power.WakeupPin.Pin1);
            Power.EnterStandbyMode();
        }
    }
}
