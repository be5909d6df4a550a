namespace IoTNet
{
    // Options: those of TLS, and the two of SOL_SOCKET that a session knows better.
    public sealed partial class TlsStack
    {
        /// <inheritdoc/>
        public int GetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            TlsSession session = _sessions.Find(handle);
            if (session != null && length >= 0)
            {
                if (session.IsClosed)
                {
                    return BadHandle;
                }

                if (level == TlsOptionName.Level)
                {
                    return session.GetOption(name, value, length);
                }

                if (level == SocketOptionLevel.Socket && !session.IsPlain)
                {
                    if (name == SocketOptionName.Error)
                    {
                        return TlsValue.WriteInt(session.TakeError(), value, length);
                    }

                    if (name == SocketOptionName.Available)
                    {
                        return TlsValue.WriteInt(session.CountAvailable(), value, length);
                    }
                }
            }

            return _inner.GetOption(handle, level, name, value, length);
        }

        /// <inheritdoc/>
        public int SetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            TlsSession session = _sessions.Find(handle);
            return session == null ? _inner.SetOption(handle, level, name, value, length)
                : session.IsClosed ? BadHandle
                : level == TlsOptionName.Level ? session.SetOption(name, value, length)
                : _inner.SetOption(handle, level, name, value, length);
        }
    }
}
