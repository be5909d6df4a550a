using System;

namespace IoTNet
{
    /// <summary>A socket call failed. The message says what was tried, on what address, and why.</summary>
    public class SocketException : Exception
    {
        /// <summary>Makes the exception from .NET's code, as nanoFramework's class does.</summary>
        /// <param name="errorCode">The code.</param>
        public SocketException(SocketError errorCode)
            : this(ErrnoTable.FromSocketError((int)errorCode))
        {
        }

        /// <summary>Makes the exception from an error alone.</summary>
        /// <param name="error">The error.</param>
        public SocketException(Errno error)
            : this(error, ErrnoTable.Describe(error))
        {
        }

        /// <summary>Makes the exception with a text of its own.</summary>
        /// <param name="error">The error.</param>
        /// <param name="message">What was tried, on what, and why it failed.</param>
        public SocketException(Errno error, string message)
            : base(message)
        {
            Errno = error;
        }

        /// <summary>Why the call failed.</summary>
        public Errno Errno { get; }

        /// <summary>The same as .NET's and nanoFramework's number, such as 10061 for a refused connect.</summary>
        public int ErrorCode => (int)SocketErrorCode;

        /// <summary>The same as .NET's and nanoFramework's name.</summary>
        public virtual SocketError SocketErrorCode => ErrnoTable.ToSocketError(Errno);
    }
}
