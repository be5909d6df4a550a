namespace IoTNet
{
    // Greeting and security handshake.
    internal sealed partial class ZmtpSession
    {
        // The longest handshake command that is taken.
        private const int MaxHandshakeBytes = 8192;

        private readonly ByteQueue _received = new ByteQueue();
        private Mechanism _mechanism;
        private bool _greeted;
        private bool _speaks30;

        private void BeginHandshake()
        {
            _greeted = false;
            _received.Clear();
            _control.Clear();
            _mechanism = _options.Security.Open(_owner.Type, _options.Identity);
            int at = _control.Room(Greeting.Bytes);
            byte[] greeting = new byte[Greeting.Bytes];
            Greeting.Write(greeting, _mechanism.Name, _mechanism.IsServer);
            System.Array.Copy(greeting, 0, _control.Bytes, at, greeting.Length);
            _control.Added(greeting.Length);
            if (_options.HandshakeTimeoutMs > 0)
            {
                _timer.Start(_options.HandshakeTimeoutMs, 0);
            }

            Flush();
        }

        // What came before the link; the rest of it is messages already.
        private void TakeHandshake()
        {
            if (!_greeted && !TakeGreeting())
            {
                return;
            }

            while (_socket != null && !_mechanism.IsDone)
            {
                int header = FrameHeader.Read(_received.Bytes, _received.Start, _received.Count, out int flags, out int count);
                if (header < 0 || (header > 0 && (count < 0 || count > MaxHandshakeBytes || (flags & FrameHeader.Command) == 0)))
                {
                    Lose("expected a handshake command of at most 8,192 bytes");
                    return;
                }

                if (header == 0 || _received.Count < header + count)
                {
                    return;
                }

                bool isGood = _mechanism.Take(_received.Bytes, _received.Start + header, count);
                _received.Take(header + count);
                if (!isGood)
                {
                    Refuse();
                    return;
                }

                Speak();
            }

            if (_socket != null)
            {
                Link();
                TakeRest();
                Flush();
            }
        }

        private bool TakeGreeting()
        {
            string wrong = Greeting.Check(_received.Bytes, _received.Count);
            if (wrong != null)
            {
                Lose(wrong);
                return false;
            }

            if (_received.Count < Greeting.Bytes)
            {
                return false;
            }

            // RFC 37: mechanisms that differ, or two servers, end the connection.
            bool bothServe = _mechanism.IsServer && Greeting.IsServer(_received.Bytes);
            if (!Greeting.HasMechanism(_received.Bytes, _mechanism.Name) || bothServe)
            {
                Lose(bothServe ? "both sides are the server of " + _mechanism.Name
                    : "the peer's security is " + Greeting.MechanismName(_received.Bytes) + ", expected " + _mechanism.Name);
                return false;
            }

            _speaks30 = Greeting.IsVersion30(_received.Bytes);
            _greeted = true;
            _received.Take(Greeting.Bytes);
            Speak();
            return true;
        }

        // Says what is ours to say now.
        private void Speak()
        {
            while (_socket != null)
            {
                byte[] command = new byte[Mechanism.MaxCommandBytes];
                int length = _mechanism.Next(command, 0);
                if (length == 0)
                {
                    return;
                }

                _control.AddFrame(FrameHeader.Command, command, 0, length);
                Flush();
            }
        }

        // Tells the peer why, as far as it takes it at once, and ends.
        private void Refuse()
        {
            if (_mechanism.ErrorForPeer != null)
            {
                byte[] command = new byte[Mechanism.MaxCommandBytes];
                _control.AddFrame(FrameHeader.Command, command, 0, CommandName.WriteError(_mechanism.ErrorForPeer, command, 0));
                Flush();
            }

            if (_socket != null)
            {
                Lose(_mechanism.Failure);
            }
        }
    }
}
