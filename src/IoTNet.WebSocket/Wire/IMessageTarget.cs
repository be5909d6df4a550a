namespace IoTNet
{
    /// <summary>Takes what a <see cref="MessageReader"/> reads. The bytes are its own until the call returns.</summary>
    internal interface IMessageTarget
    {
        /// <summary>Whether messages are to be told in parts, as they come.</summary>
        bool TakesParts { get; }

        void OnMessage(byte[] buffer, int at, int count, bool isText);

        void OnPart(byte[] buffer, int at, int count, bool isText, bool isLast);

        void OnControl(int opcode, byte[] buffer, int at, int count);

        /// <summary>The peer broke a rule; the reader has stopped.</summary>
        /// <param name="code">The close code for it.</param>
        /// <param name="violation">What it did.</param>
        void OnViolation(int code, string violation);
    }
}
