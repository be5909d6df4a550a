using System;
using System.Threading;

namespace IoTNet
{
    // Names are looked up by a thread that is there only while there are some, one after the other.
    public sealed partial class DatagramSocket
    {
        private readonly object _lookupLock = new object();
        private readonly LoopCallback _onResolved;
        private DatagramRequest _firstLookup;
        private DatagramRequest _lastLookup;
        private bool _isLookingUp;
        private int _lookupTimeoutMs = Resolver.DefaultTimeoutMs;

        // The last address that was read from text: a host is mostly the same one again.
        private readonly SocketAddress _known = new SocketAddress();
        private string _knownHost;

        /// <summary>How long a name may take to be found, in ms; -1 = as long as all attempts of <see cref="Resolver.Default"/>
        /// take. Default 30,000. Too long: a name that nobody answers for holds up those behind it.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Set to a number below -1.</exception>
        public int LookupTimeoutMs
        {
            get => _lookupTimeoutMs;
            set => _lookupTimeoutMs = value >= -1 ? value
                : throw new ArgumentOutOfRangeException(nameof(value), "Expected -1 or more, not " + value.ToString() + ".");
        }

        // Finds out where a request goes: at once when the host is an address.
        private void Begin(DatagramRequest request, string host, int port)
        {
            request.Host = host;
            request.Port = port;
            if (host != _knownHost)
            {
                if (!IPAddress.TryParse(host, out IPAddress address))
                {
                    LookUp(request);
                    return;
                }

                new IPEndPoint(address, 0).WriteTo(_known);
                _knownHost = host;
            }

            request.To.CopyFrom(_known);
            request.To.Port = port;
            request.IsReady = true;
            Wake();
        }

        private void LookUp(DatagramRequest request)
        {
            lock (_lookupLock)
            {
                request.NextLookup = null;
                if (_firstLookup == null)
                {
                    _firstLookup = request;
                }
                else
                {
                    _lastLookup.NextLookup = request;
                }

                _lastLookup = request;
                if (!_isLookingUp)
                {
                    _isLookingUp = true;
                    new Thread(RunLookups).Start();
                }
            }
        }

        private void RunLookups()
        {
            while (true)
            {
                DatagramRequest request;
                lock (_lookupLock)
                {
                    request = _isClosed ? null : _firstLookup;
                    if (request == null)
                    {
                        _isLookingUp = false;
                        return;
                    }

                    _firstLookup = request.NextLookup;
                }

                request.LookupError = Resolve(request);
                while (_loop.TryPost(_onResolved, request) == -(int)Errno.ENOBUFS)
                {
                    // The loop is held up by more posts than it takes: this thread has time.
                    Thread.Sleep(10);
                }
            }
        }

        private DatagramException Resolve(DatagramRequest request)
        {
            int error = Resolver.Default.TryGetAddresses(request.Host, _family, AddressInfoFlags.None, _lookupTimeoutMs, out IPAddress[] found);
            if (error == 0)
            {
                new IPEndPoint(found[0], request.Port).WriteTo(request.To);
                return null;
            }

            bool isUnknown = error == (int)DnsError.EAI_NONAME || error == (int)DnsError.EAI_NODATA;
            string code = isUnknown ? "ENOTFOUND" : error == (int)DnsError.EAI_AGAIN ? "EAI_AGAIN" : "EAI_FAIL";
            Errno errno = isUnknown ? Errno.ENOENT : error == (int)DnsError.EAI_AGAIN ? Errno.ETIMEDOUT : Errno.EHOSTUNREACH;
            return new DatagramException(code, errno, "getaddrinfo " + code + " " + request.Host);
        }

        private void OnResolved(object state)
        {
            DatagramRequest request = (DatagramRequest)state;
            if (!_isClosed)
            {
                request.Error = request.Error ?? request.LookupError;
                request.IsReady = true;
                Wake();
            }
        }
    }
}
