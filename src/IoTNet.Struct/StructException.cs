using System;

namespace IoTNet
{
    /// <summary>A format string that is none, or values or bytes that do not fit it: Python's <c>struct.error</c>, with
    /// Python's text and, where that is silent, what was expected and what came.</summary>
    public class StructException : ArgumentException
    {
        /// <summary>An error with its text.</summary>
        /// <param name="message">What was expected and what came.</param>
        public StructException(string message)
            : base(message)
        {
        }
    }
}
