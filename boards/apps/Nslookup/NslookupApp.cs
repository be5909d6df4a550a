using System;

namespace IoTNet.Apps
{
    /// <summary>Asks a name server, as a board sees it: one line a record, with the seconds that it still holds.</summary>
    public sealed class NslookupApp : IApp
    {
        private readonly object _lock = new object();
        private Resolver _resolver;
        private bool _stopped;

        /// <inheritdoc/>
        public string Name => "Nslookup";

        /// <inheritdoc/>
        public string Description => "Asks a name server for the records of a name, and prints them; an address asks for its name.";

        /// <inheritdoc/>
        public string Usage => NslookupOptions.Usage;

        /// <inheritdoc/>
        public int Run(IAppHost host)
        {
            NslookupOptions options;
            try
            {
                options = NslookupOptions.Read(host.Arguments);
            }
            catch (ArgumentException e)
            {
                host.Log(e.Message);
                return 2;
            }

            if (options.WantsHelp)
            {
                host.Print(NslookupOptions.Help);
                return 0;
            }

            // Nothing that was known before: it is the server that is looked at.
            ResolverOptions asking = new ResolverOptions { CacheEntries = 0, UseTcp = options.UseTcp };
            if (options.Server != null)
            {
                asking.Servers = new IPEndPoint[] { options.Server };
            }

            Resolver resolver;
            try
            {
                resolver = new Resolver(asking);
            }
            catch (ArgumentException e)
            {
                host.Log("--server: " + e.Message);
                return 2;
            }

            lock (_lock)
            {
                _resolver = resolver;
                if (_stopped)
                {
                    return 0;
                }
            }

            return Ask(options, host);
        }

        /// <inheritdoc/>
        public void Stop()
        {
            lock (_lock)
            {
                _stopped = true;
                if (_resolver != null)
                {
                    _resolver.Cancel();
                }
            }
        }

        private int Ask(NslookupOptions options, IAppHost host)
        {
            string name = options.Name;
            if (options.Type == DnsType.PTR && IPAddress.TryParse(name, out IPAddress address))
            {
                name = DnsName.Reverse(address) + ".";
            }

            DnsAnswer answer = new DnsAnswer();
            int count = _resolver.Query(name, options.Type, options.TimeoutMs, answer);
            if (count < 0)
            {
                host.Log(Explain((DnsError)count, options, answer.SystemError));
                return count == (int)DnsError.EAI_CANCELED ? 0 : 1;
            }

            for (int i = 0; i < answer.Count; i++)
            {
                host.Print(RecordText.Format(answer[i]));
            }

            return 0;
        }

        // What failed, and what to do next.
        private static string Explain(DnsError error, NslookupOptions options, Errno systemError)
        {
            string server = options.Server == null ? LinkServers() : options.Server.ToString();
            string what = options.Name + " " + RecordText.TypeName(options.Type) + ": ";
            switch (error)
            {
                case DnsError.EAI_NONAME:
                    return what + "there is no such name. Check its spelling.";
                case DnsError.EAI_NODATA:
                    return what + "the name exists, and has no such record. Ask for another type.";
                case DnsError.EAI_AGAIN:
                    return what + (server == null
                        ? "the board's link told of no name server. Give one with --server ADDRESS."
                        : "no usable answer from " + server + " within " + options.TimeoutMs.ToString() + " ms" +
                            (systemError == Errno.None ? "" : " (" + ErrnoTable.Text(systemError) + ")") +
                            ". Check that it runs and can be reached, or ask another one with --server.");
                case DnsError.EAI_FAIL:
                    return what + server + " refuses to resolve it, or its aliases have no end. Ask another one with --server.";
                case DnsError.EAI_SYSTEM:
                    return what + "the network stack failed: " + ErrnoTable.Text(systemError) + ".";
                default:
                    return what + DnsException.Describe(error) + ".";
            }
        }

        // Null: there are none.
        private static string LinkServers()
        {
            IPAddress[] addresses = new IPAddress[4];
            INameServers link = NetworkStack.Current.Network as INameServers;
            int count = link == null ? 0 : link.GetNameServers(addresses);
            string text = null;
            for (int i = 0; i < count; i++)
            {
                text = (text == null ? "" : text + ", ") + addresses[i].ToString();
            }

            return text;
        }
    }
}
