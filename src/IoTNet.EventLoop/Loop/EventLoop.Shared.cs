namespace IoTNet
{
    // What all that is built on a loop shares.
    public sealed partial class EventLoop
    {
        private byte[] _receiveBuffer;

        /// <summary>The one receive buffer of all connections, on the loop's thread: what it holds is over when the callback
        /// returns.</summary>
        /// <param name="bytes">How long it is at least.</param>
        /// <returns>The buffer; the same one until a longer one is wanted.</returns>
        public byte[] ReceiveBuffer(int bytes)
        {
            if (_receiveBuffer == null || _receiveBuffer.Length < bytes)
            {
                _receiveBuffer = new byte[bytes];
            }

            return _receiveBuffer;
        }
    }
}
