// RFC 9112 5.
using System;

namespace IoTNet
{
    /// <summary>A header as it is written.</summary>
    internal static class HttpHeader
    {
        /// <summary>Writes its line.</summary>
        /// <exception cref="ArgumentNullException">Name or value are missing.</exception>
        /// <exception cref="ArgumentException">The name is no token, or the value has a line end or another control
        /// character.</exception>
        public static string Line(string name, string value)
        {
            if (name == null || value == null)
            {
                throw new ArgumentNullException(name == null ? nameof(name) : nameof(value));
            }

            if (!Ascii.IsToken(name))
            {
                throw new ArgumentException("Expected a header's name, not \"" + name + "\".", nameof(name));
            }

            // A value with a line end would be a header, or a whole answer, of somebody else's making.
            for (int i = 0; i < value.Length; i++)
            {
                if ((value[i] < ' ' && value[i] != '\t') || value[i] == 0x7F)
                {
                    throw new ArgumentException("The value of the header " + name + " has the control character " +
                        ((int)value[i]).ToString() + ".", nameof(value));
                }
            }

            return name + ": " + value + "\r\n";
        }
    }
}
