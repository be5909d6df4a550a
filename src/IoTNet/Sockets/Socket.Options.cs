using System;

namespace IoTNet
{
    // Options. What only the socket knows (type, timeouts: Socket.OwnOptions.cs) is answered there; everything else goes to
    // the stack.
    public sealed partial class Socket
    {
        private const int MaxOptionBytes = 1024;

        /// <summary>How long a blocking receive or accept waits, in milliseconds; 0 (at first) = for ever. -1 sets it to 0,
        /// as in nanoFramework.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Set to a number below -1.</exception>
        public int ReceiveTimeout
        {
            get => _extras == null ? 0 : _extras.ReceiveTimeoutMs;
            set
            {
                Arguments.CheckTimeout(value);
                MakeExtras().ReceiveTimeoutMs = value < 0 ? 0 : value;
            }
        }

        /// <summary>How long a blocking send waits for room, in milliseconds; 0 (at first) = for ever. -1 sets it to 0, as
        /// in nanoFramework.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Set to a number below -1.</exception>
        public int SendTimeout
        {
            get => _extras == null ? 0 : _extras.SendTimeoutMs;
            set
            {
                Arguments.CheckTimeout(value);
                MakeExtras().SendTimeoutMs = value < 0 ? 0 : value;
            }
        }

        /// <summary>How many bytes a receive can take now; for datagrams, the length of the next one.</summary>
        /// <exception cref="SocketException">The stack cannot tell.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public int Available
        {
            get
            {
                ThrowIfClosed();
                return GetInt(SocketOptionLevel.Socket, SocketOptionName.Available);
            }
        }

        private int ConnectTimeout => _extras == null ? 0 : _extras.ConnectTimeoutMs;

        /// <summary>Sets an option whose value is a number.</summary>
        /// <param name="optionLevel">Its layer.</param>
        /// <param name="optionName">The option; its documentation tells unit and default. Linger: seconds, -1 = off.</param>
        /// <param name="optionValue">The number.</param>
        /// <exception cref="SocketException">ENOPROTOOPT: the stack does not have the option, or it can only be read;
        /// EINVAL: not a value that it can have.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, int optionValue)
        {
            if (optionLevel == SocketOptionLevel.Socket && optionName == SocketOptionName.Linger)
            {
                byte[] linger = new byte[8];
                WriteInt(linger, 0, optionValue >= 0 ? 1 : 0);
                WriteInt(linger, 4, optionValue >= 0 ? optionValue : 0);
                SetSocketOption(optionLevel, optionName, linger);
                return;
            }

            byte[] value = new byte[4];
            WriteInt(value, 0, optionValue);
            SetSocketOption(optionLevel, optionName, value);
        }

        /// <summary>Sets an option that is on or off.</summary>
        /// <param name="optionLevel">Its layer.</param>
        /// <param name="optionName">The option.</param>
        /// <param name="optionValue">On or off.</param>
        /// <exception cref="SocketException">As the other forms.</exception>
        public void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, bool optionValue)
        {
            byte[] value = new byte[4];
            WriteInt(value, 0, optionValue ? 1 : 0);
            SetSocketOption(optionLevel, optionName, value);
        }

        /// <summary>Sets an option by the bytes of its value.</summary>
        /// <param name="optionLevel">Its layer.</param>
        /// <param name="optionName">The option.</param>
        /// <param name="optionValue">Its value: ints low byte first, addresses in network order.</param>
        /// <exception cref="ArgumentNullException">No value was given.</exception>
        /// <exception cref="SocketException">ENOPROTOOPT: the stack does not have the option, or it can only be read;
        /// EINVAL: too short, or not a value that it can have.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, byte[] optionValue)
        {
            ThrowIfClosed();
            if (optionValue == null)
            {
                throw new ArgumentNullException(nameof(optionValue));
            }

            int result = TrySetSocketOption(optionLevel, optionName, optionValue, optionValue.Length);
            if (result < 0)
            {
                throw Failure(result, "set " + OptionText(optionLevel, optionName));
            }
        }

        /// <summary>Sets an option; does not throw.</summary>
        /// <param name="level">Its layer.</param>
        /// <param name="name">The option.</param>
        /// <param name="value">The bytes of its value.</param>
        /// <param name="length">How many there are.</param>
        /// <returns>0, or <c>-(int)Errno</c>; -EFAULT without a value, -EINVAL for a wrong length.</returns>
        public int TrySetSocketOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            if (IsClosed)
            {
                return Closed;
            }

            if (!Arguments.IsBufferValid(value, 0, length))
            {
                return value == null ? -(int)Errno.EFAULT : -(int)Errno.EINVAL;
            }

            if (level == SocketOptionLevel.Socket)
            {
                int result = SetOwnOption(name, value, length, out bool own);
                if (own)
                {
                    return result;
                }
            }

            int answer = _stack.SetOption(_handle, level, name, value, length);
            if (answer >= 0 && !_stack.HasLoopback && _stacks.HasLocalLoopback && !Is(SettledBits))
            {
                RememberOption(level, name, value, length);
            }

            return answer;
        }

        /// <summary>Reads an option.</summary>
        /// <param name="optionLevel">Its layer.</param>
        /// <param name="optionName">The option.</param>
        /// <returns>As in nanoFramework: a bool for AcceptConnection, Broadcast, KeepAlive, DontLinger and
        /// ExclusiveAddressUse, a <see cref="SocketType"/> for Type, an <see cref="Errno"/> for Error, else an int. Linger:
        /// seconds, -1 = off.</returns>
        /// <exception cref="NotSupportedException">AddMembership and DropMembership can only be set.</exception>
        /// <exception cref="SocketException">ENOPROTOOPT: the stack does not have the option.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public object GetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName)
        {
            ThrowIfClosed();
            if (optionLevel != SocketOptionLevel.Socket)
            {
                if (optionLevel != SocketOptionLevel.Tcp && optionLevel != SocketOptionLevel.Udp &&
                    (optionName == SocketOptionName.AddMembership || optionName == SocketOptionName.DropMembership))
                {
                    throw new NotSupportedException("Multicast memberships can be set, not read.");
                }

                return GetInt(optionLevel, optionName);
            }

            switch (optionName)
            {
                case SocketOptionName.Type:
                    return SocketType;
                case SocketOptionName.Error:
                    return (Errno)GetInt(optionLevel, optionName);
                case SocketOptionName.Linger:
                    byte[] linger = GetSocketOption(optionLevel, optionName, 8);
                    return ReadInt(linger, 0) == 0 ? -1 : ReadInt(linger, 4);
                case SocketOptionName.AcceptConnection:
                case SocketOptionName.Broadcast:
                case SocketOptionName.KeepAlive:
                case SocketOptionName.DontLinger:
                case SocketOptionName.ExclusiveAddressUse:
                    return GetInt(optionLevel, optionName) != 0;
                default:
                    return GetInt(optionLevel, optionName);
            }
        }

        /// <summary>Reads an option's bytes into a buffer.</summary>
        /// <param name="optionLevel">Its layer.</param>
        /// <param name="optionName">The option.</param>
        /// <param name="val">Takes the value, cut to its length: ints low byte first.</param>
        /// <exception cref="ArgumentNullException">No buffer was given.</exception>
        /// <exception cref="SocketException">ENOPROTOOPT: the stack does not have the option.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void GetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, byte[] val)
        {
            ThrowIfClosed();
            if (val == null)
            {
                throw new ArgumentNullException(nameof(val));
            }

            int result = TryGetSocketOption(optionLevel, optionName, val, val.Length);
            if (result < 0)
            {
                throw Failure(result, "read " + OptionText(optionLevel, optionName));
            }
        }

        /// <summary>Reads an option's bytes, for the caller to decode (Python's <c>getsockopt(level, name, length)</c>).</summary>
        /// <param name="optionLevel">Its layer.</param>
        /// <param name="optionName">The option.</param>
        /// <param name="length">How many bytes at most, 0 to 1,024.</param>
        /// <returns>The value's bytes, at most that many.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The length is outside 0..1024.</exception>
        /// <exception cref="SocketException">ENOPROTOOPT: the stack does not have the option.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public byte[] GetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, int length)
        {
            ThrowIfClosed();
            if (length < 0 || length > MaxOptionBytes)
            {
                throw new ArgumentOutOfRangeException(nameof(length), "An option is read with 0 to 1024 bytes, not " + length.ToString() + ".");
            }

            byte[] value = new byte[length];
            int result = TryGetSocketOption(optionLevel, optionName, value, length);
            if (result < 0)
            {
                throw Failure(result, "read " + OptionText(optionLevel, optionName));
            }

            if (result == length)
            {
                return value;
            }

            byte[] exact = new byte[result];
            Array.Copy(value, 0, exact, 0, result);
            return exact;
        }

        /// <summary>Reads an option; does not throw.</summary>
        /// <param name="level">Its layer.</param>
        /// <param name="name">The option.</param>
        /// <param name="value">Takes the value's bytes.</param>
        /// <param name="length">How many of them may be used.</param>
        /// <returns>How many bytes the value took, or <c>-(int)Errno</c>.</returns>
        public int TryGetSocketOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            if (IsClosed)
            {
                return Closed;
            }

            if (!Arguments.IsBufferValid(value, 0, length))
            {
                return value == null ? -(int)Errno.EFAULT : -(int)Errno.EINVAL;
            }

            if (level == SocketOptionLevel.Socket && GetOwnOption(name, out int own))
            {
                return PutInt(own, value, length);
            }

            if (level == SocketOptionLevel.Socket && (name == SocketOptionName.DontLinger || name == SocketOptionName.ExclusiveAddressUse))
            {
                byte[] opposite = new byte[8];
                SocketOptionName kept = name == SocketOptionName.DontLinger ? SocketOptionName.Linger : SocketOptionName.ReuseAddress;
                int result = _stack.GetOption(_handle, level, kept, opposite, opposite.Length);
                return result < 0 ? result : PutInt(ReadInt(opposite, 0) == 0 ? 1 : 0, value, length);
            }

            return _stack.GetOption(_handle, level, name, value, length);
        }

        private static string OptionText(SocketOptionLevel level, SocketOptionName name)
        {
            return "socket option " + ((int)name).ToString() + " of level " + ((int)level).ToString();
        }

        private static int PutInt(int number, byte[] value, int length)
        {
            // POSIX getsockopt(): a value longer than the buffer is silently cut.
            for (int i = 0; i < 4 && i < length; i++)
            {
                value[i] = (byte)(number >> (8 * i));
            }

            return length < 4 ? length : 4;
        }

        private static void WriteInt(byte[] target, int offset, int value)
        {
            for (int i = 0; i < 4; i++)
            {
                target[offset + i] = (byte)(value >> (8 * i));
            }
        }

        private static int ReadInt(byte[] source, int offset)
        {
            return source[offset] | (source[offset + 1] << 8) | (source[offset + 2] << 16) | (source[offset + 3] << 24);
        }

        private int GetInt(SocketOptionLevel level, SocketOptionName name)
        {
            byte[] value = new byte[4];
            int result = TryGetSocketOption(level, name, value, 4);
            if (result < 0)
            {
                throw Failure(result, "read " + OptionText(level, name));
            }

            return ReadInt(value, 0);
        }
    }
}
