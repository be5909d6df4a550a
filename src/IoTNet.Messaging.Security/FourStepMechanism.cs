// RFC 24 and RFC 26: the handshake of PLAIN and of CURVE.
using System.Text;

namespace IoTNet
{
    /// <summary>A handshake of four commands: the client says HELLO, the server WELCOME, the client INITIATE, the server
    /// READY.</summary>
    internal abstract class FourStepMechanism : Mechanism
    {
        protected const int Hello = 0;
        protected const int Welcome = 1;
        protected const int Initiate = 2;
        protected const int Ready = 3;
        private const int Over = 4;

        // What libzmq's client takes for a refusal (RFC 27: 400 is an authentication failure).
        private const string RefusedCode = "400";

        // Made here and not taken from CommandName, as a device does not promise to initialise that class first.
        private static readonly byte[][] s_names =
        {
            CommandName.Make("HELLO"), CommandName.Make("WELCOME"), CommandName.Make("INITIATE"), CommandName.Make("READY"),
        };

        private readonly bool _isServer;
        private int _step;

        protected FourStepMechanism(MessageSocketType type, byte[] identity, bool isServer)
            : base(type, identity)
        {
            _isServer = isServer;
        }

        public sealed override bool IsServer => _isServer;

        // The steps of the client are even.
        private bool IsOurTurn => Failure == null && _step < Over && (_step & 1) == (_isServer ? 1 : 0);

        public sealed override int Next(byte[] buffer, int offset)
        {
            if (!IsOurTurn)
            {
                return 0;
            }

            int at = CommandName.Write(s_names[_step], buffer, offset);
            int end = Write(_step, buffer, offset, at);
            Advance();
            return end - offset;
        }

        protected sealed override bool TakeCommand(byte[] buffer, int offset, int count)
        {
            if (Failure != null)
            {
                return false;
            }

            if (_step == Over || IsOurTurn)
            {
                return Refuse("the peer spoke out of turn");
            }

            byte[] name = s_names[_step];
            if (!CommandName.Is(name, buffer, offset, count))
            {
                return Refuse("expected the command " + Encoding.UTF8.GetString(name, 1, name[0]));
            }

            if (!Read(_step, buffer, offset, count, offset + name.Length))
            {
                return false;
            }

            Advance();
            return true;
        }

        /// <summary>Writes a command's data.</summary>
        /// <param name="offset">Where the command begins.</param>
        /// <param name="at">Where its data begin.</param>
        /// <returns>Where they end.</returns>
        protected abstract int Write(int step, byte[] buffer, int offset, int at);

        /// <summary>Reads a command's data, and may change them.</summary>
        /// <param name="offset">Where the command begins.</param>
        /// <param name="count">How long it is, at least as long as its name.</param>
        /// <param name="at">Where its data begin.</param>
        /// <returns>False when it was refused.</returns>
        protected abstract bool Read(int step, byte[] buffer, int offset, int count, int at);

        /// <summary>Ends the handshake without a word to the peer, as libzmq does: only a refusal is told.</summary>
        /// <returns>False.</returns>
        protected bool Refuse(string why)
        {
            return Fail(why, null);
        }

        /// <summary>Ends the handshake as the application wants it.</summary>
        /// <returns>False.</returns>
        protected bool Deny(string why)
        {
            return Fail(why, RefusedCode);
        }

        /// <summary>Writes what we say of ourselves.</summary>
        /// <returns>Where it ends.</returns>
        protected int WriteMetadata(byte[] buffer, int at)
        {
            System.Array.Copy(OwnMetadata, 0, buffer, at, OwnMetadata.Length);
            return at + OwnMetadata.Length;
        }

        /// <summary>Reads what the peer says of itself.</summary>
        /// <returns>False when it was refused.</returns>
        protected bool ReadMetadata(byte[] buffer, int at, int end)
        {
            // RFC 26: a client does not send ERROR.
            return TakeMetadata(buffer, at, end - at) || (!_isServer && Refuse(Failure));
        }

        private void Advance()
        {
            _step++;
            IsDone = _step == Over;
        }
    }
}
