using System;

namespace IoTNet
{
    /// <summary>What came is no message of the protocol, is beyond a limit, or ended halfway. The text says what was
    /// expected and what came. The connection is of no use afterwards.</summary>
    public class MessageException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="message">What was expected and what came.</param>
        public MessageException(string message)
            : base(message)
        {
        }

        /// <summary>Makes the exception out of another one.</summary>
        /// <param name="message">What was expected and what came.</param>
        /// <param name="innerException">The cause.</param>
        public MessageException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}
