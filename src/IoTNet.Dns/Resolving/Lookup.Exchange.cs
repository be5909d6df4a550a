using System;

namespace IoTNet
{
    // One question, one server: by UDP (RFC 1035 4.2.1) or TCP (RFC 7766).
    internal sealed partial class Lookup
    {
        // Header, name, type and class, OPT.
        private const int MaxQueryBytes = DnsReader.HeaderSize + DnsName.MaxLength + 4 + 11;

        // Whoever sends so many wrong answers is trying to guess: the next attempt has another id, port and case.
        private const int MaxWrongAnswers = 32;

        private readonly byte[] _query = new byte[MaxQueryBytes];
        private readonly byte[] _sentName = new byte[DnsName.MaxLength];
        private readonly byte[] _random = new byte[36];
        private readonly byte[] _udpAnswer;
        private readonly DnsWriter _writer;
        private readonly SocketAddress _from = new SocketAddress();
        private byte[] _tcpAnswer;
        private byte[] _message;
        private int _id;

        private Outcome AskByUdp(SocketAddress server, bool edns, Deadline deadline)
        {
            WriteQuery(edns, DnsReader.ClassInternet);
            Socket socket = OpenUdp(server);
            try
            {
                // Connected, so that the stack drops what others send and tells when nobody listens there.
                int result = socket == null ? -(int)SystemError : socket.TryConnect(server, deadline.RemainingMs());
                result = result < 0 ? result : socket.TrySend(_query, 0, _writer.Length, SocketFlags.None);
                if (result < 0)
                {
                    return GiveUp(result);
                }

                Outcome outcome = Outcome.Ignore;
                for (int wrong = 0; wrong < MaxWrongAnswers && outcome == Outcome.Ignore; wrong++)
                {
                    outcome = Receive(socket, deadline, out int count, out bool cut);

                    // What came before the connect may be anybody's (RFC 5452 9.1: address and port).
                    if (outcome == Outcome.Answer)
                    {
                        outcome = _from.Equals(server) ? Judge(_udpAnswer, count, edns, cut, true) : Outcome.Ignore;
                    }
                }

                return outcome == Outcome.Ignore ? Outcome.Silence : outcome;
            }
            finally
            {
                Release();
            }
        }

        private Outcome AskByTcp(SocketAddress server, bool edns, Deadline deadline)
        {
            WriteQuery(edns, DnsReader.ClassInternet);
            _tcpAnswer = _tcpAnswer ?? new byte[_options.TcpAnswerBytes];
            Socket socket = Open(server, SocketType.Stream);
            try
            {
                int result = socket == null ? -(int)SystemError : socket.TryConnect(server, deadline.RemainingMs());
                if (result >= 0)
                {
                    // RFC 7766 8: length and message in one piece. The answer's buffer is still free.
                    int length = _writer.Length;
                    _tcpAnswer[0] = (byte)(length >> 8);
                    _tcpAnswer[1] = (byte)length;
                    Array.Copy(_query, 0, _tcpAnswer, 2, length);
                    socket.SendTimeout = AtLeast1(deadline.RemainingMs());
                    result = socket.TrySend(_tcpAnswer, 0, length + 2, SocketFlags.None);
                }

                result = result < 0 ? result : ReceiveAll(socket, 2, deadline);
                int size = (_tcpAnswer[0] << 8) | _tcpAnswer[1];
                if (result >= 0 && size > _tcpAnswer.Length)
                {
                    return Outcome.Failed;
                }

                result = result < 0 ? result : ReceiveAll(socket, size, deadline);
                Outcome outcome = result < 0 ? GiveUp(result) : Judge(_tcpAnswer, size, edns, false, false);
                return outcome == Outcome.Ignore ? Outcome.Failed : outcome;
            }
            finally
            {
                Release();
            }
        }

        // A new id and another case for each attempt (RFC 5452 9.2).
        private void WriteQuery(bool edns, int questionClass)
        {
            Array.Copy(_current.Name, 0, _sentName, 0, _current.Length);
            Randomness.Fill(_random);
            _id = (_random[0] << 8) | _random[1];
            if (_options.RandomizeCase && questionClass == DnsReader.ClassInternet)
            {
                DnsQuestion.RandomizeCase(_sentName, _current.Length, _random, 4);
            }

            _writer.Begin(_id, DnsFlags.RecursionDesired);
            _writer.AddQuestion(_sentName, _current.Type, questionClass);
            if (edns)
            {
                _writer.AddOpt(_udpAnswer.Length);
            }
        }

        private Outcome Receive(Socket socket, Deadline deadline, out int count, out bool cut)
        {
            int left = deadline.RemainingMs();
            SocketFlags flags = SocketFlags.None;
            socket.ReceiveTimeout = AtLeast1(left);
            count = left == 0 ? -(int)Errno.ETIMEDOUT : socket.TryReceiveFrom(_udpAnswer, 0, _udpAnswer.Length, ref flags, _from);
            cut = (flags & SocketFlags.Truncated) != 0;
            return count < 0 ? GiveUp(count) : Outcome.Answer;
        }

        private int ReceiveAll(Socket socket, int count, Deadline deadline)
        {
            int got = 0;
            while (got < count)
            {
                int left = deadline.RemainingMs();
                socket.ReceiveTimeout = AtLeast1(left);
                int result = left == 0 ? -(int)Errno.ETIMEDOUT : socket.TryReceive(_tcpAnswer, got, count - got, SocketFlags.None);
                if (result <= 0)
                {
                    return result < 0 ? result : -(int)Errno.ECONNRESET;
                }

                got += result;
            }

            return got;
        }

        // Whether a message answers the question (RFC 5452 9.1), and how.
        private Outcome Judge(byte[] message, int count, bool edns, bool cut, bool byUdp)
        {
            if (_reader.Begin(message, count) < 0 || (_reader.Flags & DnsFlags.Response) == 0 || _reader.Opcode != 0 || _reader.Id != _id)
            {
                return Outcome.Ignore;
            }

            _message = message;
            DnsResponseCode code = _reader.ResponseCode;
            bool misunderstood = code == DnsResponseCode.FormErr || code == DnsResponseCode.NotImp;
            if (edns && misunderstood && _reader.GetCount(DnsSection.Question) == 0)
            {
                return Outcome.NoEdns;
            }

            if (_reader.GetCount(DnsSection.Question) != 1 || _reader.Next() <= 0 || _reader.Type != _current.Type ||
                _reader.Class != DnsReader.ClassInternet || !_reader.HasName(_sentName, false))
            {
                return Outcome.Ignore;
            }

            cut |= (_reader.Flags & DnsFlags.Truncated) != 0;
            if (cut || !_reader.HasName(_sentName, true))
            {
                // Another case is a forgery, or a server that does not keep it: TCP, which is hard to forge, tells.
                if (byUdp || cut)
                {
                    return byUdp ? Outcome.NeedsTcp : Outcome.Failed;
                }
            }

            return IsWellFormed() ? JudgeCode(code, edns && misunderstood) : Outcome.Ignore;
        }

        private bool IsWellFormed()
        {
            int result;
            do
            {
                result = _reader.Next();
            }
            while (result > 0);

            // Names that point to the question get back the case that the caller wrote.
            Array.Copy(_current.Name, 0, _message, DnsReader.HeaderSize, result < 0 ? 0 : _current.Length);
            return result == 0;
        }

        private Outcome JudgeCode(DnsResponseCode code, bool noEdns)
        {
            const DnsFlags Knows = DnsFlags.Authoritative | DnsFlags.RecursionAvailable;
            switch (code)
            {
                case DnsResponseCode.NoError:
                    // Neither in charge nor asking others: it only points to other servers, which is no answer to us.
                    bool refers = (_reader.Flags & Knows) == 0 && _reader.GetCount(DnsSection.Answer) == 0;
                    return refers ? Outcome.Refused : Outcome.Answer;
                case DnsResponseCode.NXDomain:
                    return Outcome.Answer;
                case DnsResponseCode.ServFail:
                    return Outcome.Failed;
                default:
                    return noEdns ? Outcome.NoEdns : Outcome.Refused;
            }
        }

        // A socket's timeout of 0 would be for ever.
        private static int AtLeast1(int timeoutMs)
        {
            return timeoutMs < 1 ? 1 : timeoutMs;
        }
    }
}
