namespace IoTNet
{
    // Names of the link itself: one-shot multicast queries (RFC 6762 5.1).
    internal sealed partial class Lookup
    {
        private const int MulticastPort = 5353;

        // RFC 6762 5.4: the answer may come by unicast.
        private const int UnicastResponse = 0x8000;

        // RFC 6762 11: so that a receiver can see that a router did not pass it on.
        private const int MulticastTimeToLive = 255;

        private static readonly IPEndPoint s_group = new IPEndPoint(new IPAddress(new byte[] { 224, 0, 0, 251 }), MulticastPort);

        // Asks the link, again after 1, 2, 4 ... s (RFC 6762 5.2). 0: the reader holds an answer.
        private int AskLink(Deadline deadline)
        {
            SocketAddress group = s_group.Serialize();
            WriteQuery(false, DnsReader.ClassInternet | UnicastResponse);
            Socket socket = OpenUdp(group);
            int waitMs = 1000;
            bool asked = false;
            int result = socket == null ? -(int)SystemError : 0;
            try
            {
                if (socket != null)
                {
                    byte[] hops = { MulticastTimeToLive, 0, 0, 0 };
                    socket.TrySetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, hops, hops.Length);
                }

                for (int round = 0; round < _options.Attempts && result >= 0 && deadline.RemainingMs() != 0; round++)
                {
                    result = socket.TrySendTo(_query, 0, _writer.Length, SocketFlags.None, group);
                    asked |= result >= 0;
                    if (result >= 0 && AwaitLink(socket, Shorter(deadline, waitMs)) == Outcome.Answer)
                    {
                        return 0;
                    }

                    waitMs *= 2;
                }
            }
            finally
            {
                Release();
            }

            return FinishLink(result, asked);
        }

        // Nobody on the link denies a name: silence is the only "no".
        private int FinishLink(int result, bool asked)
        {
            if (IsCancelled)
            {
                return (int)DnsError.EAI_CANCELED;
            }

            if (result < 0)
            {
                GiveUp(result);
            }

            if (!asked)
            {
                return (int)(_lacksSocket ? DnsError.EAI_SYSTEM : DnsError.EAI_AGAIN);
            }

            return (int)DnsError.EAI_NONAME;
        }

        private Outcome AwaitLink(Socket socket, Deadline deadline)
        {
            while (true)
            {
                Outcome outcome = Receive(socket, deadline, out int count, out bool cut);
                if (outcome != Outcome.Answer || (!cut && IsLinkAnswer(count)))
                {
                    return outcome;
                }
            }
        }

        // RFC 6762 6 and 18: from the port of multicast DNS, with our id (6.7) or none, without an error. Other names' records
        // may stand in it.
        private bool IsLinkAnswer(int count)
        {
            if (_from.Port != MulticastPort || _reader.Begin(_udpAnswer, count) < 0 || (_reader.Flags & DnsFlags.Response) == 0 ||
                _reader.Opcode != 0 || _reader.ResponseCode != DnsResponseCode.NoError || (_reader.Id != _id && _reader.Id != 0))
            {
                return false;
            }

            int result = 1;
            bool found = false;
            while (result > 0)
            {
                result = _reader.Next();
                found |= result > 0 && (IsAnswer(_current.Type) || IsAnswer(DnsType.CNAME));
            }

            _message = _udpAnswer;
            return found && result == 0;
        }
    }
}
