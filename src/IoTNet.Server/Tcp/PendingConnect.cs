using System;

namespace IoTNet
{
    /// <summary>A connect that goes on (<see cref="TcpConnector.Connect(string,int,ConnectHandler)"/>).</summary>
    public sealed partial class PendingConnect : ISocketWatcher
    {
        // RFC 6761 6.3: what a Unix socket leads to is this host.
        private const string UnixHost = "localhost";

        private readonly ConnectionSet _set;
        private readonly string _uri;
        private readonly TcpUri _parsed;
        private readonly EndPoint _local;
        private readonly ConnectHandler _handler;
        private readonly LoopTimer _timer;
        private readonly Deadline _deadline;
        private readonly int _timeoutMs;
        private EndPoint[] _addresses;
        private int _tried;
        private Socket _socket;
        private SocketWatch _watch;
        private string _failures = "";
        private Errno _lastError = Errno.ETIMEDOUT;
        private bool _over;

        internal PendingConnect(ConnectionSet set, string uri, TcpUri parsed, EndPoint local, int timeoutMs, ConnectHandler handler)
        {
            _set = set;
            _uri = uri;
            _parsed = parsed;
            _local = local;
            _timeoutMs = timeoutMs;
            _handler = handler;
            _deadline = Deadline.After(timeoutMs);
            _timer = new LoopTimer(set.Loop, OnTimer, null);
        }

        /// <summary>Gives it up: the handler is not called any more. After its end this does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Cancel()
        {
            _set.Loop.CheckThread();
            End();
        }

        void ISocketWatcher.OnReady(SocketWatch watch, PollEvents events)
        {
            // POSIX connect(): writable when it has ended, SO_ERROR says how.
            byte[] value = new byte[4];
            int result = _socket.TryGetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error, value, value.Length);
            int error = result < 0 ? -result : value[0] | (value[1] << 8);
            if (error == 0 && _socket.IsConnected)
            {
                Succeed();
            }
            else
            {
                AddressFailed(error == 0 ? Errno.ECONNABORTED : (Errno)error);
                TryNext();
            }
        }

        internal void Begin()
        {
            if (_parsed.Address != null)
            {
                _addresses = new EndPoint[] { _parsed.Address };
                _timer.Start(0, 0);
                return;
            }

            if (_timeoutMs > 0)
            {
                _timer.Start(_timeoutMs, 0);
            }

            BeginLookup();
        }

        private void OnTimer(object state)
        {
            if (_addresses == null)
            {
                Fail(TcpFailure.Of(Errno.ETIMEDOUT, "look up " + _parsed.Host + " within " + _timeoutMs.ToString() + " ms"));
                return;
            }

            if (_socket != null)
            {
                AddressFailed(Errno.ETIMEDOUT);
            }

            TryNext();
        }

        private void TryNext()
        {
            while (_tried < _addresses.Length && _deadline.RemainingMs() != 0)
            {
                EndPoint address = _addresses[_tried++];
                int result;
                try
                {
                    result = Begin(address);
                    if (result == -(int)Errno.EINPROGRESS)
                    {
                        _watch = _set.Loop.Watch(_socket, PollEvents.Out, this);
                        Bound();
                        return;
                    }
                }
                catch (SocketException e)
                {
                    result = -(int)e.Errno;
                }
                catch (ObjectDisposedException)
                {
                    // Gone before it could be watched: its board has no power any more.
                    result = -(int)Errno.ENETDOWN;
                }

                if (result >= 0)
                {
                    Succeed();
                    return;
                }

                AddressFailed((Errno)(-result));
            }

            Errno error = _deadline.RemainingMs() == 0 ? Errno.ETIMEDOUT : _lastError;
            Fail(new SocketException(error, "connect to " + _uri + ": " + ErrnoTable.Describe(error) + _failures));
        }

        private int Begin(EndPoint address)
        {
            if (_local != null && _local.AddressFamily != address.AddressFamily)
            {
                return -(int)Errno.EAFNOSUPPORT;
            }

            _socket = _set.Open(address.AddressFamily, _parsed.Name ?? UnixHost);
            if (_local != null)
            {
                // A port that was used a moment ago may be used again.
                _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                _socket.Bind(_local);
            }

            return _socket.TryConnect(address, 0);
        }

        // An equal share for each address that is left, this one included.
        private void Bound()
        {
            int leftMs = _deadline.RemainingMs();
            if (leftMs >= 0)
            {
                _timer.Start((leftMs / (_addresses.Length - _tried + 1)) + 1, 0);
            }
        }

        private void AddressFailed(Errno error)
        {
            _lastError = error;
            string reason = _socket == null ? null : _socket.DescribeFailure(error);
            _failures += "; " + _addresses[_tried - 1].ToString() + " " + ErrnoTable.Name(error) +
                (reason == null || reason == ErrnoTable.Describe(error) ? "" : " (" + reason + ")");
            DropSocket();
        }

        private void Succeed()
        {
            Socket socket = _socket;
            _socket = null;
            EndWatch();
            End();
            _set.Configure(socket);
            Connection connection = new Connection(_set, socket);
            try
            {
                connection.Open();
                _handler(connection, null);
                connection.Watch();
            }
            catch
            {
                connection.CloseNow(true);
                throw;
            }
        }

        private void Fail(SocketException error)
        {
            if (!_over)
            {
                End();
                _handler(null, error);
            }
        }

        private void End()
        {
            _over = true;
            _timer.Stop();
            DropSocket();
        }

        private void DropSocket()
        {
            EndWatch();
            _socket?.Close();
            _socket = null;
        }

        private void EndWatch()
        {
            _watch?.Close();
            _watch = null;
        }
    }
}
