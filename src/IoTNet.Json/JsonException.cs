using System;

namespace IoTNet
{
    /// <summary>A text is not JSON (RFC 8259), or it is beyond a limit. The message says what was expected, what came, and
    /// where.</summary>
    public class JsonException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="message">What was expected and what came.</param>
        /// <param name="position">The byte of the document, from 0.</param>
        public JsonException(string message, int position)
            : base(message)
        {
            Position = position;
        }

        /// <summary>The byte of the document, from 0, where it went wrong.</summary>
        public int Position { get; }
    }
}
