using System.Threading;

namespace IoTNet
{
    // From a name to addresses, on a thread of its own.
    public sealed partial class PendingConnect
    {
        private const int PostRetryMs = 10;

        private IPAddress[] _found;
        private int _lookupError;

        private void BeginLookup()
        {
            new Thread(LookUp).Start();
        }

        private void LookUp()
        {
            _lookupError = Resolver.Default.TryGetAddresses(_parsed.Host, AddressFamily.Unspecified,
                AddressInfoFlags.AddressConfigured, _timeoutMs, out _found);
            while (_set.Loop.TryPost(OnFound, null) == -(int)Errno.ENOBUFS && _deadline.RemainingMs() != 0)
            {
                Thread.Sleep(PostRetryMs);
            }
        }

        private void OnFound(object state)
        {
            if (_over)
            {
                return;
            }

            if (_lookupError != 0)
            {
                DnsError error = (DnsError)_lookupError;
                Fail(new DnsException(error, "connect to " + _uri + ": cannot look up " + _parsed.Host + ": " + DnsException.Describe(error)));
                return;
            }

            _addresses = InTurn(_found, _parsed.Port);
            _found = null;
            TryNext();
        }

        // RFC 8305 4: the families in turn, beginning with the first address's; within a family the order stays.
        private static EndPoint[] InTurn(IPAddress[] found, int port)
        {
            EndPoint[] result = new EndPoint[found.Length];
            bool[] taken = new bool[found.Length];
            AddressFamily wanted = found[0].AddressFamily;
            for (int i = 0; i < result.Length; i++)
            {
                int next = -1;
                for (int j = found.Length - 1; j >= 0; j--)
                {
                    if (!taken[j] && (next < 0 || found[j].AddressFamily == wanted || found[next].AddressFamily != wanted))
                    {
                        next = j;
                    }
                }

                taken[next] = true;
                result[i] = new IPEndPoint(found[next], port);
                wanted = found[next].AddressFamily == AddressFamily.InterNetwork ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
            }

            return result;
        }
    }
}
