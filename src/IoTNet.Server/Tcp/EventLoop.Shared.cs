namespace IoTNet
{
    // What connections share.
    public sealed partial class EventLoop
    {
        private byte[] _receiveBuffer;

        /// <summary>The one receive buffer of all connections: what it holds is over when the callback returns.</summary>
        internal byte[] ReceiveBuffer(int bytes)
        {
            if (_receiveBuffer == null || _receiveBuffer.Length < bytes)
            {
                _receiveBuffer = new byte[bytes];
            }

            return _receiveBuffer;
        }
    }
}
