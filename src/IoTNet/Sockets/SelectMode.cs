namespace IoTNet
{
    /// <summary>What <see cref="Socket.Poll(int, SelectMode)"/> waits for.</summary>
    public enum SelectMode
    {
        /// <summary>Data or the peer's end of stream can be received, or a connection accepted.</summary>
        SelectRead = 0,

        /// <summary>Data can be sent, or a connect has ended.</summary>
        SelectWrite = 1,

        /// <summary>An error is pending, such as a refused connect.</summary>
        SelectError = 2,
    }
}
