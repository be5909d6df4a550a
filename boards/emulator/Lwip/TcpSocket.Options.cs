namespace IoTNet.Emulator;

// The options of TCP.
internal sealed unsafe partial class TcpSocket
{
    private bool _noDelay;
    private int _keepIdleSeconds = 7200;
    private int _keepIntervalSeconds = 75;
    private int _keepCount = 9;

    internal override int GetOption(SocketOptionLevel level, SocketOptionName name, out int value)
    {
        if (level != SocketOptionLevel.Tcp)
        {
            return base.GetOption(level, name, out value);
        }

        value = name switch
        {
            SocketOptionName.NoDelay => _noDelay ? 1 : 0,
            SocketOptionName.TcpKeepAliveTime => _keepIdleSeconds,
            SocketOptionName.TcpKeepAliveInterval => _keepIntervalSeconds,
            SocketOptionName.TcpKeepAliveRetryCount => _keepCount,
            _ => -1,
        };
        return value < 0 ? NoOption : 0;
    }

    internal override int SetOption(SocketOptionLevel level, SocketOptionName name, int value)
    {
        if (level != SocketOptionLevel.Tcp)
        {
            return base.SetOption(level, name, value);
        }

        // Linux: MAX_TCP_KEEPIDLE, MAX_TCP_KEEPINTVL, MAX_TCP_KEEPCNT.
        int limit = name == SocketOptionName.TcpKeepAliveRetryCount ? 127 : 32767;
        if (name != SocketOptionName.NoDelay && (value < 1 || value > limit))
        {
            return Invalid;
        }

        switch (name)
        {
            case SocketOptionName.NoDelay:
                _noDelay = value != 0;
                break;
            case SocketOptionName.TcpKeepAliveTime:
                _keepIdleSeconds = value;
                break;
            case SocketOptionName.TcpKeepAliveInterval:
                _keepIntervalSeconds = value;
                break;
            default:
                _keepCount = value;
                break;
        }

        ApplyOptions();
        return 0;
    }

    internal override void ApplyOptions()
    {
        base.ApplyOptions();

        // A listening block is shorter than a connection's.
        if (_pcb == null || _phase == Phase.Listening)
        {
            return;
        }

        _pcb->Flags = _noDelay ? (ushort)(_pcb->Flags | LwipTcpPcb.FlagNoDelay) : (ushort)(_pcb->Flags & ~LwipTcpPcb.FlagNoDelay);
        _pcb->KeepIdleMs = (uint)_keepIdleSeconds * 1000;
        _pcb->KeepIntervalMs = (uint)_keepIntervalSeconds * 1000;
        _pcb->KeepCount = (uint)_keepCount;
    }
}
