namespace IoTNet.Boards
{
    /// <summary>What ended an ESP32's sleep.</summary>
    public enum Esp32WakeCause
    {
        /// <summary>It did not sleep: power came on, or it was reset.</summary>
        None,

        /// <summary>The time was over.</summary>
        Timer,

        /// <summary>A pin changed.</summary>
        Pin,

        /// <summary>Something else, as a touch pad or the coprocessor.</summary>
        Other,
    }
}
