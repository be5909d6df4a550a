namespace IoTNet
{
    /// <summary>Whoever reads or writes a pipe and sleeps meanwhile. Called on the other end's thread, without a lock of the
    /// pipe.</summary>
    internal interface IPipeEnd
    {
        /// <summary>There is a message to read, or the writer has closed.</summary>
        void OnReadable();

        /// <summary>There is room to write, or the reader has closed.</summary>
        void OnWritable();
    }
}
