using System.Threading;

namespace IoTNet
{
    // From a name to addresses, on a thread of its own.
    public sealed partial class PendingConnect
    {
        private const int PostRetryMs = 10;

        private AddressInfo[] _found;
        private int _lookupError;

        private void BeginLookup()
        {
            new Thread(LookUp).Start();
        }

        private void LookUp()
        {
            AddressHints hints = new AddressHints { SocketType = SocketType.Stream, Flags = AddressInfoFlags.AddressConfigured };
            _lookupError = Dns.TryGetAddrInfo(_parsed.Host, null, hints, _timeoutMs, out _found);
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
                Fail(new DnsException(error, "connect to " + _uri + ": cannot look up " + _parsed.Host + ": " + Dns.GaiStrError(error)));
                return;
            }

            _addresses = InTurn(_found, _parsed.Port);
            _found = null;
            TryNext();
        }

        // RFC 8305 4: the families in turn, beginning with the first address's; within a family the order stays.
        private static EndPoint[] InTurn(AddressInfo[] found, int port)
        {
            EndPoint[] result = new EndPoint[found.Length];
            bool[] taken = new bool[found.Length];
            AddressFamily wanted = found[0].Family;
            for (int i = 0; i < result.Length; i++)
            {
                int next = -1;
                for (int j = found.Length - 1; j >= 0; j--)
                {
                    if (!taken[j] && (next < 0 || found[j].Family == wanted || found[next].Family != wanted))
                    {
                        next = j;
                    }
                }

                taken[next] = true;
                IPAddress address = found[next].EndPoint.Address;
                result[i] = new IPEndPoint(address, port);
                wanted = address.AddressFamily == AddressFamily.InterNetwork ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
            }

            return result;
        }
    }
}
