namespace IoTNet
{
    /// <content>The options at levels Tcp, IP and IPv6. Those of Tcp are kept and have no effect: nothing waits to fill a
    /// segment, and no peer vanishes.</content>
    internal sealed partial class TcpSocket
    {
        // tcp(7): the bounds and defaults of the keep-alive options.
        private const int MaxKeepAliveSeconds = 32767;
        private const int MaxKeepAliveProbes = 127;

        private int _noDelay;
        private int _keepAliveSeconds = 7200;
        private int _keepAliveIntervalSeconds = 75;
        private int _keepAliveProbes = 9;

        protected override int GetProtocolOption(SocketOptionLevel level, SocketOptionName name, out int value)
        {
            if (level != SocketOptionLevel.Tcp)
            {
                return Binding.Options.Get(level, name, State == ConnectionState.Connected, out value);
            }

            value = 0;
            switch (name)
            {
                case SocketOptionName.NoDelay:
                    value = _noDelay;
                    return 0;
                case SocketOptionName.TcpKeepAliveTime:
                    value = _keepAliveSeconds;
                    return 0;
                case SocketOptionName.TcpKeepAliveInterval:
                    value = _keepAliveIntervalSeconds;
                    return 0;
                case SocketOptionName.TcpKeepAliveRetryCount:
                    value = _keepAliveProbes;
                    return 0;
                default:
                    return -(int)Errno.ENOPROTOOPT;
            }
        }

        protected override int SetProtocolOption(SocketOptionLevel level, SocketOptionName name, int value)
        {
            if (level != SocketOptionLevel.Tcp)
            {
                return Binding.Options.Set(level, name, Binding.LocalPort != 0, value);
            }

            switch (name)
            {
                case SocketOptionName.NoDelay:
                    _noDelay = value != 0 ? 1 : 0;
                    return 0;
                case SocketOptionName.TcpKeepAliveTime:
                    return SetWithin(ref _keepAliveSeconds, value, MaxKeepAliveSeconds);
                case SocketOptionName.TcpKeepAliveInterval:
                    return SetWithin(ref _keepAliveIntervalSeconds, value, MaxKeepAliveSeconds);
                case SocketOptionName.TcpKeepAliveRetryCount:
                    return SetWithin(ref _keepAliveProbes, value, MaxKeepAliveProbes);
                default:
                    return -(int)Errno.ENOPROTOOPT;
            }
        }

        private static int SetWithin(ref int option, int value, int most)
        {
            if (value < 1 || value > most)
            {
                return -(int)Errno.EINVAL;
            }

            option = value;
            return 0;
        }
    }
}
