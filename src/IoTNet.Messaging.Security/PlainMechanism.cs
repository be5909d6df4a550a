// RFC 24, the PLAIN mechanism: a user's name and password in the clear.
using System;
using System.Text;

namespace IoTNet
{
    internal sealed class PlainMechanism : FourStepMechanism
    {
        private readonly byte[] _userName;
        private readonly byte[] _password;
        private readonly PlainCheck _check;

        /// <summary>The client's side.</summary>
        public PlainMechanism(MessageSocketType type, byte[] identity, byte[] userName, byte[] password)
            : base(type, identity, false)
        {
            _userName = userName;
            _password = password;
        }

        /// <summary>The server's side.</summary>
        public PlainMechanism(MessageSocketType type, byte[] identity, PlainCheck check)
            : base(type, identity, true)
        {
            _check = check;
        }

        public override string Name => "PLAIN";

        protected override int Write(int step, byte[] buffer, int offset, int at)
        {
            if (step == Hello)
            {
                return WriteText(_password, buffer, WriteText(_userName, buffer, at));
            }

            // RFC 24: WELCOME says no more than its name.
            return step == Welcome ? at : WriteMetadata(buffer, at);
        }

        protected override bool Read(int step, byte[] buffer, int offset, int count, int at)
        {
            int end = offset + count;
            if (step == Hello)
            {
                return ReadHello(buffer, at, end);
            }

            if (step == Welcome)
            {
                return at == end || Refuse("malformed WELCOME");
            }

            return ReadMetadata(buffer, at, end);
        }

        private bool ReadHello(byte[] buffer, int at, int end)
        {
            int passwordAt = EndOfText(buffer, at, end);
            if (passwordAt < 0 || EndOfText(buffer, passwordAt, end) != end)
            {
                return Refuse("malformed HELLO");
            }

            try
            {
                string userName = Encoding.UTF8.GetString(buffer, at + 1, buffer[at]);
                string password = Encoding.UTF8.GetString(buffer, passwordAt + 1, buffer[passwordAt]);
                return _check(userName, password) || Deny("the user is not let in");
            }
            catch (Exception e)
            {
                // What cannot be checked is not let in; nor does it end the thread that serves the other connections.
                return Deny("the check of the user failed: " + e.Message);
            }
        }

        private static int WriteText(byte[] text, byte[] buffer, int at)
        {
            buffer[at] = (byte)text.Length;
            Array.Copy(text, 0, buffer, at + 1, text.Length);
            return at + 1 + text.Length;
        }

        // -1 when it is cut off, or no text. RFC 24: visible characters. Others are taken as libzmq does, but for NUL, where a
        // device's string would end, so that a password that only begins with the right one would be the right one.
        private static int EndOfText(byte[] buffer, int at, int end)
        {
            if (at >= end || buffer[at] >= end - at)
            {
                return -1;
            }

            int textEnd = at + 1 + buffer[at];
            while (++at < textEnd)
            {
                if (buffer[at] == 0)
                {
                    return -1;
                }
            }

            return textEnd;
        }
    }
}
