namespace IoTNet
{
    // The one socket that a lookup has at a time, and how it is taken away by Cancel.
    internal sealed partial class Lookup
    {
        // IANA's range for ports that nobody is registered for (RFC 6335 6): 14 bits for a forger to guess, and no port
        // that the application may want to listen on.
        private const int FirstPort = 49152;
        private const int PortMask = 0x3FFF;
        private const int PortTries = 4;

        private readonly object _gate = new object();
        private Socket _socket;
        private bool _cancelled;
        private bool _lacksSocket;

        private bool IsCancelled
        {
            get
            {
                lock (_gate)
                {
                    return _cancelled;
                }
            }
        }

        /// <summary>Makes it ready for the next query.</summary>
        public void Reset()
        {
            lock (_gate)
            {
                _cancelled = false;
            }

            SystemError = Errno.None;
            _lacksSocket = false;
        }

        /// <summary>Ends the query, from any thread.</summary>
        /// <returns>The socket that it waits on, to be closed; or null.</returns>
        public Socket Cancel()
        {
            lock (_gate)
            {
                _cancelled = true;
                return Detach();
            }
        }

        // Opens a socket towards an address; null: SystemError says why not.
        private Socket Open(SocketAddress towards, SocketType type)
        {
            Socket socket;
            try
            {
                socket = new Socket(towards.Family, type, ProtocolType.Unspecified);
            }
            catch (SocketException e)
            {
                SystemError = e.Errno;
                _lacksSocket = true;
                return null;
            }

            _lacksSocket = false;
            lock (_gate)
            {
                if (!_cancelled)
                {
                    _socket = socket;
                    return socket;
                }
            }

            socket.Close();
            SystemError = Errno.EINTR;
            return null;
        }

        // A UDP socket with a random port. When the tries meet ports in use, the stack chooses one.
        private Socket OpenUdp(SocketAddress towards)
        {
            Socket socket = Open(towards, SocketType.Dgram);
            SocketAddress local = new SocketAddress(towards.Family, towards.Size);
            if (towards.IsLoopback)
            {
                // The board's own address decides which stack carries the socket.
                local.CopyFrom(towards);
            }

            for (int i = 0; socket != null && i < PortTries; i++)
            {
                local.Port = i == PortTries - 1 ? 0 : FirstPort + ((((_random[2] << 8) | _random[3]) + (i * 4099)) & PortMask);
                int result = socket.TryBind(local);
                if (result != -(int)Errno.EADDRINUSE)
                {
                    break;
                }
            }

            return socket;
        }

        private void Release()
        {
            Socket socket;
            lock (_gate)
            {
                socket = Detach();
            }

            if (socket != null)
            {
                socket.Close();
            }
        }

        private Socket Detach()
        {
            Socket socket = _socket;
            _socket = null;
            return socket;
        }

        // What a failed call means; a wait that is over is no failure of the stack.
        private Outcome GiveUp(int result)
        {
            if (result != -(int)Errno.ETIMEDOUT && result != -(int)Errno.EAGAIN)
            {
                SystemError = (Errno)(-result);
            }

            return Outcome.Silence;
        }
    }
}
