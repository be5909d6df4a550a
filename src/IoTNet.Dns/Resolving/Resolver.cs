using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>
    /// A stub resolver (RFC 1034 5.3.1): asks the link's DNS servers and remembers the answers. Any number of threads may
    /// query at once; the sockets come from the calling thread's stack (<see cref="NetworkStack.Current"/>).
    /// </summary>
    public sealed partial class Resolver
    {
        private const int MaxSearch = 6;

        private readonly ResolverOptions _options;
        private readonly DnsCache _cache;
        private readonly ArrayList _running = new ArrayList();
        private Lookup _spare;
        private int _cancels;

        /// <summary>Makes a resolver with the default options.</summary>
        public Resolver()
            : this(new ResolverOptions())
        {
        }

        /// <summary>Makes a resolver.</summary>
        /// <param name="options">How it asks.</param>
        /// <exception cref="ArgumentNullException">No options were given.</exception>
        /// <exception cref="ArgumentException">A server or a search domain is none.</exception>
        /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
        public Resolver(ResolverOptions options)
        {
            if (options == null)
            {
                throw new ArgumentNullException(nameof(options));
            }

            _options = options.Copy();
            _cache = new DnsCache(_options.CacheEntries);
        }

        /// <summary>Finds the records of a name. Does not throw for a name, a server or a network.</summary>
        /// <param name="name">The name in presentation form (<c>\.</c> and <c>\DDD</c> escape, RFC 1035 5.1); with a dot at
        /// its end the search domains are not tried. An address is not a name.</param>
        /// <param name="type">The type of the records; a CNAME on the way is followed.</param>
        /// <param name="timeoutMs">The most that the whole call takes, in ms; 0 = only what is known here; -1 = as long as
        /// all attempts take.</param>
        /// <param name="answer">Takes the records.</param>
        /// <returns>How many records there are, at least 1; or a <see cref="DnsError"/>: EAI_NONAME (also: nobody on the link has
        /// the <c>.local</c> name), EAI_NODATA, EAI_AGAIN (time is over, no server to ask, or they failed), EAI_FAIL (all
        /// servers refuse; aliases without end), EAI_SYSTEM (no socket: see <see cref="DnsAnswer.SystemError"/>),
        /// EAI_CANCELED.</returns>
        /// <exception cref="ArgumentNullException">There is no answer object.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        public int Query(string name, DnsType type, int timeoutMs, DnsAnswer answer)
        {
            return QuerySince(CountCancels(), name, type, timeoutMs, answer);
        }

        /// <summary>How often <see cref="Cancel"/> was called: a call that makes several queries asks at its begin, so that
        /// a Cancel between two of them ends it too.</summary>
        internal int CountCancels()
        {
            lock (_running)
            {
                return _cancels;
            }
        }

        internal int QuerySince(int cancels, string name, DnsType type, int timeoutMs, DnsAnswer answer)
        {
            CheckArguments(timeoutMs, answer);
            answer.Clear();
            Deadline deadline = Deadline.After(timeoutMs);
            DnsQuestion question = new DnsQuestion { Type = type };
            if (!question.Set(name, null))
            {
                return (int)DnsError.EAI_NONAME;
            }

            // resolv.conf(5), "ndots": a name with that many dots is tried as it is first, another one last.
            bool absolute = IsAbsolute(name);
            bool first = absolute || question.CountLabels() > _options.Ndots;
            int code = first ? Find(question, deadline, answer, cancels) : (int)DnsError.EAI_NONAME;
            bool exists = code == (int)DnsError.EAI_NODATA;
            int domains = absolute || _options.Search == null ? 0 : _options.Search.Length;
            for (int i = 0; i < domains && i < MaxSearch && IsAbsent(code); i++)
            {
                code = question.Set(name, _options.Search[i]) ? Find(question, deadline, answer, cancels) : code;
                exists |= code == (int)DnsError.EAI_NODATA;
            }

            if (!first && IsAbsent(code))
            {
                question.Set(name, null);
                code = Find(question, deadline, answer, cancels);
            }

            return exists && code == (int)DnsError.EAI_NONAME ? (int)DnsError.EAI_NODATA : code;
        }

        /// <summary>Ends all queries that are under way, from any thread: they give EAI_CANCELED, and their sockets are
        /// closed. Later queries are not affected.</summary>
        public void Cancel()
        {
            ArrayList sockets = new ArrayList();
            lock (_running)
            {
                _cancels++;

                // Within the lock, or a query that begins meanwhile with the same lookup would be hit.
                foreach (object lookup in _running)
                {
                    sockets.Add(((Lookup)lookup).Cancel());
                }
            }

            foreach (object socket in sockets)
            {
                if (socket != null)
                {
                    ((Socket)socket).Close();
                }
            }
        }

        /// <summary>Forgets all answers, as after a change of the network.</summary>
        public void ClearCache()
        {
            _cache.Clear();
        }

        // One name, as it is: known here, or asked for.
        private int Find(DnsQuestion question, Deadline deadline, DnsAnswer answer, int cancels)
        {
            int code = FindLocalHost(question, answer);
            code = code == 0 && _options.Hosts != null ? _options.Hosts.Find(question, answer) : code;
            code = code == 0 ? _cache.Find(question, answer) : code;
            if (code != 0)
            {
                return code;
            }

            Lookup lookup = Begin(cancels);
            try
            {
                code = lookup.Resolve(question, _options.UseMulticast && question.EndsWith("local"), deadline, _cache, answer);
                answer.SystemError = code < 0 ? lookup.SystemError : Errno.None;
                return code;
            }
            finally
            {
                End(lookup);
            }
        }

        // RFC 6761 6.3: never asked for.
        private static int FindLocalHost(DnsQuestion question, DnsAnswer answer)
        {
            if (!question.EndsWith("localhost"))
            {
                return 0;
            }

            if (question.Type != DnsType.A && question.Type != DnsType.AAAA)
            {
                return (int)DnsError.EAI_NODATA;
            }

            string name = DnsName.Format(question.Name, 0);
            IPAddress address = question.Type == DnsType.A ? IPAddress.Loopback : IPAddress.IPv6Loopback;
            answer.Set(new DnsRecord[] { HostTable.MakeRecord(question.Type, name, null, address) }, name, 0, false, false);
            return 1;
        }

        private Lookup Begin(int cancels)
        {
            lock (_running)
            {
                Lookup lookup = _spare ?? new Lookup(_options);
                _spare = null;
                lookup.Reset();
                if (cancels != _cancels)
                {
                    lookup.Cancel();
                }

                _running.Add(lookup);
                return lookup;
            }
        }

        private void End(Lookup lookup)
        {
            lock (_running)
            {
                _running.Remove(lookup);
                _spare = lookup;
            }
        }

        private static bool IsAbsent(int code)
        {
            return code == (int)DnsError.EAI_NONAME || code == (int)DnsError.EAI_NODATA;
        }

        // Whether the name ends with a dot, and not with an escaped one.
        private static bool IsAbsolute(string name)
        {
            int at = name.Length - 1;
            int escapes = 0;
            for (int i = at - 1; i >= 0 && name[i] == '\\'; i--)
            {
                escapes++;
            }

            return name[at] == '.' && escapes % 2 == 0;
        }

        private static void CheckArguments(int timeoutMs, DnsAnswer answer)
        {
            if (answer == null)
            {
                throw new ArgumentNullException(nameof(answer));
            }

            CheckTimeout(timeoutMs);
        }
    }
}
