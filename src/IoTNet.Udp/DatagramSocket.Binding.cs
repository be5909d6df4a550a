namespace IoTNet
{
    // How a socket gets its addresses, and what stands in the way of a call. Codes, texts and the order of the checks are those
    // of Node's lib/dgram.js.
    public sealed partial class DatagramSocket
    {
        private const int BadSocket = -(int)Errno.EBADF;

        private string Loopback => _family == AddressFamily.InterNetwork ? "127.0.0.1" : "::1";

        private static void CheckPort(int port, int least)
        {
            if (port < least || port > 65535)
            {
                throw new DatagramException("ERR_SOCKET_BAD_PORT", Errno.EINVAL,
                    "Port should be " + (least == 0 ? ">= 0" : "> 0") + " and < 65536. Received " + port.ToString() + ".");
            }
        }

        private static void Check(string call, int result)
        {
            if (result < 0)
            {
                throw DatagramException.Of(call, (Errno)(-result), null);
            }
        }

        private void CheckRunning()
        {
            _loop.CheckThread();
            if (_isClosed)
            {
                throw new DatagramException("ERR_SOCKET_DGRAM_NOT_RUNNING", Errno.EBADF, "Not running");
            }
        }

        private void CheckConnected()
        {
            if (!_isConnected)
            {
                throw new DatagramException("ERR_SOCKET_DGRAM_NOT_CONNECTED", Errno.ENOTCONN, "Not connected");
            }
        }

        private void CheckNotConnected(bool isConnecting)
        {
            if (_isConnected || isConnecting)
            {
                throw new DatagramException("ERR_SOCKET_DGRAM_IS_CONNECTED", Errno.EISCONN, "Already connected");
            }
        }

        private void BeginBind(int port, string address, DatagramEventHandler callback)
        {
            _bind = new DatagramRequest();
            _onBound = callback;
            Begin(_bind, address ?? (_family == AddressFamily.InterNetwork ? "0.0.0.0" : "::"), port);
        }

        private void FinishBind()
        {
            DatagramRequest bind = _bind;
            DatagramEventHandler callback = _onBound;
            _bind = null;
            _onBound = null;
            DatagramException error = bind.Error ?? (_socket == null ? Open(bind) : null);
            if (error != null)
            {
                // What waited for the address has failed with it.
                FailAll(error);
                Raise(error);
                return;
            }

            _isBound = true;
            try
            {
                Listening?.Invoke(this);
            }
            finally
            {
                callback?.Invoke(this);
            }
        }

        private void FinishConnect()
        {
            DatagramRequest connect = _connect;
            _connect = null;
            DatagramException error = _isClosed ? Canceled("connect") : connect.Error;
            if (error == null)
            {
                int result = connect.To.Family != _family ? -(int)Errno.EINVAL : _socket.TryConnect(connect.To, 0);
                _isConnected = result >= 0;
                error = result < 0 ? DatagramException.Of("connect", (Errno)(-result), connect.Where) : null;
            }

            if (error == null)
            {
                try
                {
                    Connected?.Invoke(this);
                }
                finally
                {
                    connect.Callback?.Invoke(null, 0);
                }
            }
            else
            {
                Tell(connect.Callback, error, 0);
            }
        }

        // For calls that need a socket and give it an address themselves (libuv's uv_udp_set_membership). Listening comes later.
        private void EnsureOpen()
        {
            if (_socket != null)
            {
                return;
            }

            if (_bind == null)
            {
                BeginBind(0, null, null);
            }

            DatagramException error = _bind.IsReady ? Open(_bind) : DatagramException.Of("bind", Errno.EBADF, null);
            if (error != null)
            {
                throw error;
            }
        }

        private DatagramException Open(DatagramRequest bind)
        {
            Socket socket = null;
            bool isDone = false;
            try
            {
                if (bind.To.Family != _family)
                {
                    return DatagramException.Of("bind", Errno.EINVAL, bind.Where);
                }

                socket = new Socket(_loop.Stacks, _family, SocketType.Dgram, ProtocolType.Udp);
                if (ReuseAddress)
                {
                    SetFlag(socket, SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                }

                if (_family == AddressFamily.InterNetworkV6)
                {
                    SetFlag(socket, SocketOptionLevel.IPv6, SocketOptionName.IPv6Only, IPv6Only);
                }

                int result = socket.TryBind(bind.To);
                if (result < 0)
                {
                    return DatagramException.Of("bind", (Errno)(-result), bind.Where);
                }

                _watch = _loop.Watch(socket, PollEvents.In, this);
                _socket = socket;
                isDone = true;
                return null;
            }
            catch (SocketException e)
            {
                // No socket is left, or none can be watched: the text names the pool.
                return new DatagramException(ErrnoTable.Name(e.Errno), e.Errno, "bind " + ErrnoTable.Name(e.Errno) + " " + bind.Where + ": " + e.Message);
            }
            finally
            {
                if (!isDone && socket != null)
                {
                    socket.Close();
                }
            }
        }
    }
}
