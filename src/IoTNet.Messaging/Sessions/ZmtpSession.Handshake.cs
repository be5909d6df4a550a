namespace IoTNet
{
    // Greeting and security handshake.
    internal sealed partial class ZmtpSession
    {
        // The longest handshake command that is taken.
        private const int MaxHandshakeBytes = 8192;

        // What came and is not understood yet: of the handshake, and sealed frames; else null.
        private ByteQueue _received;

        // While it is linked: what seals its frames; null when nothing does.
        private Mechanism _mechanism;

        private void BeginHandshake()
        {
            Set(GreetedFlag, false);
            _received = new ByteQueue();
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
            if (!Is(GreetedFlag) && !TakeGreeting())
            {
                return;
            }

            while (Socket != null && !_mechanism.IsDone)
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

            if (Socket != null)
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

            wrong = _mechanism.Compare(_received.Bytes);
            if (wrong != null)
            {
                Lose(wrong);
                return false;
            }

            Set(Speaks30Flag, Greeting.IsVersion30(_received.Bytes));
            Set(GreetedFlag, true);
            _received.Take(Greeting.Bytes);
            Speak();
            return true;
        }

        // Says what is ours to say now.
        private void Speak()
        {
            while (Socket != null)
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

            if (Socket != null)
            {
                Lose(_mechanism.Failure);
            }
        }
    }
}
