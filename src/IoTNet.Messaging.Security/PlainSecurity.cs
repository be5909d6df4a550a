using System;
using System.Text;

namespace IoTNet
{
    /// <summary>Says whether a client is let in. It is called on the thread of the context, so all its connections wait for the
    /// answer; an exception is a no.</summary>
    /// <param name="userName">The name that the client gave.</param>
    /// <param name="password">The password that it gave.</param>
    /// <returns>Whether it is let in.</returns>
    public delegate bool PlainCheck(string userName, string password);

    /// <summary>PLAIN for the side that is asked (RFC 24): clients give a name and a password. Nothing is encrypted: anybody on the
    /// way can read the password and the messages.</summary>
    public sealed class PlainServerSecurity : MessageSecurity
    {
        private readonly PlainCheck _check;

        /// <summary>A server.</summary>
        /// <param name="check">Says who is let in.</param>
        /// <exception cref="ArgumentNullException">There is no check.</exception>
        public PlainServerSecurity(PlainCheck check)
        {
            _check = check ?? throw new ArgumentNullException(nameof(check));
        }

        internal override Mechanism Open(MessageSocketType type, byte[] identity)
        {
            return new PlainMechanism(type, identity, _check);
        }
    }

    /// <summary>PLAIN for the side that asks (RFC 24): gives a name and a password. Nothing is encrypted: anybody on the way can read
    /// the password and the messages.</summary>
    public sealed class PlainClientSecurity : MessageSecurity
    {
        private readonly byte[] _userName;
        private readonly byte[] _password;

        /// <summary>A client.</summary>
        /// <param name="userName">At most 255 bytes of UTF-8, without NUL.</param>
        /// <param name="password">At most 255 bytes of UTF-8, without NUL.</param>
        /// <exception cref="ArgumentNullException">One is missing.</exception>
        /// <exception cref="ArgumentException">One is too long, or has a NUL.</exception>
        public PlainClientSecurity(string userName, string password)
        {
            _userName = Bytes(userName, nameof(userName));
            _password = Bytes(password, nameof(password));
        }

        internal override Mechanism Open(MessageSocketType type, byte[] identity)
        {
            return new PlainMechanism(type, identity, _userName, _password);
        }

        private static byte[] Bytes(string text, string argument)
        {
            if (text == null)
            {
                throw new ArgumentNullException(argument);
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length > 255)
            {
                throw new ArgumentException("PLAIN takes at most 255 bytes, not " + bytes.Length.ToString() + ".", argument);
            }

            foreach (byte b in bytes)
            {
                if (b == 0)
                {
                    throw new ArgumentException("PLAIN takes no NUL.", argument);
                }
            }

            return bytes;
        }
    }
}
