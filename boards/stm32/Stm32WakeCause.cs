namespace IoTNet.Boards
{
    /// <summary>What ended an STM32's standby.</summary>
    public enum Stm32WakeCause
    {
        /// <summary>It was not in standby, or the chip does not tell.</summary>
        None,

        /// <summary>The alarm of the clock, or whatever else wakes from standby.</summary>
        Standby,

        /// <summary>A wake-up pin.</summary>
        Pin,
    }
}
