namespace IoTNet.Tests
{
    /// <summary>The in-memory stack. It differs from Linux only where the summary of LoopbackStack says so.</summary>
    public sealed class MemoryCapabilities : StackCapabilities
    {
        /// <inheritdoc/>
        public override string Title => "in memory";

        /// <inheritdoc/>
        public override bool HasOutOfBand => false;

        /// <inheritdoc/>
        public override bool HasRaw => false;
    }
}
