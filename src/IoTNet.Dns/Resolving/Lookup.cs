namespace IoTNet
{
    /// <summary>The work of one query: it asks the servers in turn until one answers. Used by one thread at a time; another may
    /// cancel it.</summary>
    internal sealed partial class Lookup
    {
        public const int MaxServers = 4;

        /// <summary>What the network stack said last; None when it did not fail.</summary>
        public Errno SystemError;

        private const int DnsPort = 53;

        // RFC 1034 3.6.2: chains should be followed, loops be caught. BIND follows 16.
        private const int MaxAliases = 16;

        private readonly ResolverOptions _options;
        private readonly DnsReader _reader = new DnsReader();
        private readonly DnsQuestion _current = new DnsQuestion();
        private readonly SocketAddress[] _servers = new SocketAddress[MaxServers];

        public Lookup(ResolverOptions options)
        {
            _options = options;
            _writer = new DnsWriter(_query, false);
            _udpAnswer = new byte[options.UdpAnswerBytes];
        }

        /// <summary>What a server, or the way to it, made of a question.</summary>
        private enum Outcome
        {
            /// <summary>The reader holds its answer: there are records, or there are none.</summary>
            Answer,

            /// <summary>Not the answer to this question: wait for another.</summary>
            Ignore,

            /// <summary>No answer in time, or no way to the server.</summary>
            Silence,

            /// <summary>It has a problem, or its answer cannot be used: others may do better.</summary>
            Failed,

            /// <summary>It will not answer such questions.</summary>
            Refused,

            /// <summary>It does not know EDNS (RFC 6891 7).</summary>
            NoEdns,

            /// <summary>The answer is cut, or not to be trusted.</summary>
            NeedsTcp,
        }

        /// <summary>Resolves one name.</summary>
        /// <param name="question">The name.</param>
        /// <param name="multicast">Whether the link is asked, not the servers.</param>
        /// <param name="deadline">The end of the whole call.</param>
        /// <param name="cache">Takes the answer.</param>
        /// <param name="answer">Takes the answer.</param>
        /// <returns>The number of records, or a DnsError.</returns>
        public int Resolve(DnsQuestion question, bool multicast, Deadline deadline, DnsCache cache, DnsAnswer answer)
        {
            int aliases = 0;
            int ttl = int.MaxValue;
            _current.CopyFrom(question);
            while (true)
            {
                int code = multicast ? AskLink(deadline) : AskServers(deadline);
                if (code < 0)
                {
                    return code;
                }

                int before = aliases;
                if (!FollowAliases(ref aliases, ref ttl))
                {
                    return (int)DnsError.EAI_FAIL;
                }

                DnsRecord[] records = CollectRecords(ref ttl, out string canonicalName, out bool partial);
                int negativeTtl = FindNegativeTtl();
                bool exists = _reader.ResponseCode == DnsResponseCode.NoError;
                if (records.Length == 0 && exists && aliases > before && negativeTtl < 0)
                {
                    // The chain leads out of this message: its end is asked for. With an SOA it would be known that there
                    // is nothing (RFC 2308 2.2).
                    continue;
                }

                code = records.Length > 0 ? records.Length : (int)(exists ? DnsError.EAI_NODATA : DnsError.EAI_NONAME);
                ttl = code > 0 || ttl < negativeTtl ? ttl : negativeTtl;
                if (!partial)
                {
                    cache.Add(question, code, records, canonicalName, ttl);
                }

                answer.Set(records, canonicalName, ttl < 0 ? 0 : ttl, false, partial);
                return code;
            }
        }

        // Asks each server, round after round. 0: the reader holds an answer.
        private int AskServers(Deadline deadline)
        {
            int count = FindServers();
            int outOfPlay = 0;
            DnsError code = DnsError.EAI_AGAIN;
            int waitMs = _options.AttemptTimeoutMs;
            for (int round = 0; round < _options.Attempts && outOfPlay != (1 << count) - 1; round++)
            {
                for (int i = 0; i < count; i++)
                {
                    if (deadline.RemainingMs() == 0)
                    {
                        return (int)DnsError.EAI_AGAIN;
                    }

                    Outcome outcome = (outOfPlay & (1 << i)) != 0 ? Outcome.Ignore : AskServer(_servers[i], deadline, waitMs);
                    if (IsCancelled)
                    {
                        return (int)DnsError.EAI_CANCELED;
                    }

                    if (outcome == Outcome.Answer)
                    {
                        return 0;
                    }

                    if (outcome == Outcome.Failed || outcome == Outcome.Refused)
                    {
                        outOfPlay |= 1 << i;
                        code = outcome == Outcome.Refused ? DnsError.EAI_FAIL : DnsError.EAI_AGAIN;
                    }
                }

                waitMs = round < 2 ? waitMs * 2 : waitMs;
            }

            return (int)(_lacksSocket ? DnsError.EAI_SYSTEM : code);
        }

        private Outcome AskServer(SocketAddress server, Deadline deadline, int waitMs)
        {
            bool edns = _udpAnswer.Length > ResolverOptions.LeastAnswerBytes;
            bool byTcp = _options.UseTcp;
            while (true)
            {
                Deadline end = Shorter(deadline, waitMs);
                Outcome outcome = byTcp ? AskByTcp(server, edns, end) : AskByUdp(server, edns, end);
                if (outcome == Outcome.NoEdns && edns)
                {
                    edns = false;
                }
                else if (outcome == Outcome.NeedsTcp && !byTcp)
                {
                    byTcp = true;
                }
                else
                {
                    return outcome;
                }
            }
        }

        private int FindServers()
        {
            int count = 0;
            if (_options.Servers != null)
            {
                for (; count < MaxServers && count < _options.Servers.Length; count++)
                {
                    _servers[count] = _options.Servers[count].Serialize();
                }
            }
            else if (NetworkStack.Current.Network is INameServers link)
            {
                IPAddress[] addresses = new IPAddress[MaxServers];
                int found = link.GetNameServers(addresses);
                for (; count < found; count++)
                {
                    _servers[count] = new IPEndPoint(addresses[count], DnsPort).Serialize();
                }
            }

            return count;
        }

        private static Deadline Shorter(Deadline deadline, int waitMs)
        {
            int left = deadline.RemainingMs();
            return left >= 0 && left < waitMs ? deadline : Deadline.After(waitMs);
        }
    }
}
