namespace IoTNet
{
    /// <content>The options at level Socket.</content>
    internal abstract partial class MemorySocket
    {
        // One bit each: the options that are on or off.
        private const int DebugBit = 1;
        private const int ReuseAddressBit = 2;
        private const int KeepAliveBit = 4;
        private const int DontRouteBit = 8;
        private const int BroadcastBit = 16;
        private const int OutOfBandInlineBit = 32;
        private const int ReusePortBit = 64;

        private const int MaxPriority = 6;

        private int _switches;
        private int _priority;
        private int _lingerSeconds;

        protected int SendBuffer;
        protected int ReceiveBuffer;

        protected bool CanReuseAddress => (_switches & ReuseAddressBit) != 0;

        protected bool CanReusePort => (_switches & ReusePortBit) != 0;

        protected bool CanBroadcast => (_switches & BroadcastBit) != 0;

        /// <summary>Whether Linger is on.</summary>
        public bool Lingers { get; private set; }

        /// <summary>How long, in seconds; 0 = close resets the connection.</summary>
        public int LingerSeconds => _lingerSeconds;

        public void SetLinger(bool on, int seconds)
        {
            Lingers = on;
            _lingerSeconds = seconds;
        }

        /// <summary>Reads an option whose value is an int.</summary>
        /// <returns>0; or ENOPROTOOPT, or what the option itself says.</returns>
        public int GetOption(SocketOptionLevel level, SocketOptionName name, out int value)
        {
            value = 0;
            if (level != SocketOptionLevel.Socket)
            {
                return GetProtocolOption(level, name, out value);
            }

            switch (name)
            {
                case SocketOptionName.SendBuffer:
                    value = SendBuffer;
                    return 0;
                case SocketOptionName.ReceiveBuffer:
                    value = ReceiveBuffer;
                    return 0;
                case SocketOptionName.SendLowWater:
                case SocketOptionName.ReceiveLowWater:
                    value = 1;
                    return 0;
                case SocketOptionName.Error:
                    value = TakeError();
                    return 0;
                case SocketOptionName.Available:
                    value = Available;
                    return value < 0 ? value : 0;
                case SocketOptionName.Priority:
                    value = _priority;
                    return 0;
                default:
                    int bit = SwitchOf(name);
                    value = (_switches & bit) != 0 ? 1 : 0;
                    return bit != 0 ? 0 : -(int)Errno.ENOPROTOOPT;
            }
        }

        /// <summary>Sets an option whose value is an int.</summary>
        /// <returns>0; or ENOPROTOOPT, EINVAL.</returns>
        public int SetOption(SocketOptionLevel level, SocketOptionName name, int value)
        {
            if (level != SocketOptionLevel.Socket)
            {
                return SetProtocolOption(level, name, value);
            }

            switch (name)
            {
                case SocketOptionName.SendBuffer:
                    return SetBuffer(ref SendBuffer, value);
                case SocketOptionName.ReceiveBuffer:
                    return SetBuffer(ref ReceiveBuffer, value);
                case SocketOptionName.ReceiveLowWater:
                    return value == 1 ? 0 : -(int)Errno.EINVAL;
                case SocketOptionName.Priority:
                    if (value < 0 || value > MaxPriority)
                    {
                        return -(int)Errno.EINVAL;
                    }

                    _priority = value;
                    return 0;
                default:
                    int bit = SwitchOf(name);
                    if (bit == 0)
                    {
                        return -(int)Errno.ENOPROTOOPT;
                    }

                    _switches = value != 0 ? _switches | bit : _switches & ~bit;
                    return 0;
            }
        }

        /// <summary>Sets an option whose value is longer than an int; isKnown tells whether it is one of those.</summary>
        public virtual int SetLongOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length, out bool isKnown)
        {
            isKnown = false;
            return 0;
        }

        protected virtual int GetProtocolOption(SocketOptionLevel level, SocketOptionName name, out int value)
        {
            value = 0;
            return -(int)Errno.ENOPROTOOPT;
        }

        protected virtual int SetProtocolOption(SocketOptionLevel level, SocketOptionName name, int value)
        {
            return -(int)Errno.ENOPROTOOPT;
        }

        /// <summary>Takes over a listener's options, as accept() does.</summary>
        protected void InheritOptions(MemorySocket listener)
        {
            _switches = listener._switches;
            _priority = listener._priority;
            _lingerSeconds = listener._lingerSeconds;
            Lingers = listener.Lingers;
            SendBuffer = listener.SendBuffer;
            ReceiveBuffer = listener.ReceiveBuffer;
        }

        private int SetBuffer(ref int buffer, int value)
        {
            if (value < 0)
            {
                return -(int)Errno.EINVAL;
            }

            // socket(7): what is out of bounds is cut to them without an error.
            int most = Stack.Limits.MaxBufferBytes;
            buffer = value > most ? most : value < UnixLimits.LeastBufferBytes ? UnixLimits.LeastBufferBytes : value;

            // More room may let a sender go on, here or at the other end.
            OnBufferChanged();
            return 0;
        }

        protected abstract void OnBufferChanged();

        private int SwitchOf(SocketOptionName name)
        {
            switch (name)
            {
                case SocketOptionName.Debug:
                    return DebugBit;
                case SocketOptionName.ReuseAddress:
                    return ReuseAddressBit;
                case SocketOptionName.KeepAlive:
                    return KeepAliveBit;
                case SocketOptionName.DontRoute:
                    return DontRouteBit;
                case SocketOptionName.Broadcast:
                    return BroadcastBit;
                case SocketOptionName.OutOfBandInline:
                    return OutOfBandInlineBit;
                case SocketOptionName.ReusePort:
                    return Type == SocketType.Dgram ? ReusePortBit : 0;
                default:
                    return 0;
            }
        }
    }
}
