namespace IoTNet.Emulator;

// The options that all kinds of sockets have. They are kept here because lwIP's control block comes and goes, and written
// into it whenever there is one.
internal abstract unsafe partial class LwipSocket
{
    protected const int NoOption = -(int)Errno.ENOPROTOOPT;
    protected const int Invalid = -(int)Errno.EINVAL;

    private bool _debug;
    private bool _keepAlive;
    private bool _reuseAddress;
    private byte _typeOfService;

    // lwIP begins with 255; 64 is what other stacks begin with (IANA, ip-parameters).
    private byte _timeToLive = 64;

    /// <summary>IP_MULTICAST_TTL and IPV6_MULTICAST_HOPS.</summary>
    protected byte MulticastTimeToLive { get; private set; } = 1;

    /// <summary>IP_MULTICAST_LOOP and IPV6_MULTICAST_LOOP; lwIP's default is off.</summary>
    protected bool MulticastLoopback { get; private set; }

    /// <summary>IP_MULTICAST_IF, an address in network byte order, or IPV6_MULTICAST_IF, an interface's index.</summary>
    protected int MulticastInterface { get; private set; }

    /// <summary>SO_BROADCAST: lwIP is built without the check, so it is made here.</summary>
    internal bool Broadcast { get; private set; }

    /// <summary>IPV6_V6ONLY.</summary>
    internal bool V6Only { get; private set; } = true;

    /// <summary>IP_PKTINFO and IPV6_RECVPKTINFO.</summary>
    internal bool PacketInformation { get; private set; }

    /// <summary>SO_BINDTODEVICE: lwIP's interface index, 0 = any.</summary>
    internal byte InterfaceIndex { get; set; }

    /// <summary>SO_LINGER in seconds; -1 = off.</summary>
    internal int LingerSeconds { get; set; } = -1;

    /// <summary>SO_RCVBUF: how many bytes of datagrams may wait.</summary>
    internal int ReceiveLimitBytes { get; private set; } = int.MaxValue;

    /// <summary>Whether the socket has an option whose value is an int. Reading SO_ERROR has an effect, so it is asked
    /// apart.</summary>
    internal bool HasOption(SocketOptionLevel level, SocketOptionName name)
    {
        return level == SocketOptionLevel.Socket && name is SocketOptionName.Error or SocketOptionName.Available
            ? false : GetOption(level, name, out _) >= 0;
    }

    /// <summary>Reads an option whose value is an int; a bool is 0 or 1.</summary>
    /// <returns>0, or <c>-(int)Errno</c>.</returns>
    internal virtual int GetOption(SocketOptionLevel level, SocketOptionName name, out int value)
    {
        value = 0;
        switch (level)
        {
            case SocketOptionLevel.Socket:
                return GetSocketOption(name, out value);
            case SocketOptionLevel.IP when Family == AddressFamily.InterNetwork:
            case SocketOptionLevel.IPv6 when Family == AddressFamily.InterNetworkV6:
                return GetIpOption(level, name, out value);
            default:
                return NoOption;
        }
    }

    /// <summary>Sets an option whose value is an int, of those that <see cref="GetOption"/> knows.</summary>
    /// <returns>0, or <c>-(int)Errno</c>.</returns>
    internal virtual int SetOption(SocketOptionLevel level, SocketOptionName name, int value)
    {
        int result = level == SocketOptionLevel.Socket ? SetSocketOption(name, value) : SetIpOption(name, value);
        if (result >= 0)
        {
            ApplyOptions();
        }

        return result;
    }

    /// <summary>Writes the options into lwIP's control block, if there is one.</summary>
    internal virtual void ApplyOptions()
    {
        LwipPcb* pcb = Pcb;
        if (pcb != null)
        {
            pcb->TimeToLive = _timeToLive;
            pcb->TypeOfService = _typeOfService;
            pcb->InterfaceIndex = InterfaceIndex;
            pcb->Options = (byte)((_reuseAddress ? LwipPcb.OptionReuseAddress : 0) | (_keepAlive ? LwipPcb.OptionKeepAlive : 0));
        }
    }

    /// <summary>What an accepted connection has from its listener (as Linux does).</summary>
    protected void InheritOptions(LwipSocket listener)
    {
        _debug = listener._debug;
        _keepAlive = listener._keepAlive;
        _reuseAddress = listener._reuseAddress;
        _typeOfService = listener._typeOfService;
        _timeToLive = listener._timeToLive;
        V6Only = listener.V6Only;
        LingerSeconds = listener.LingerSeconds;
        InterfaceIndex = listener.InterfaceIndex;
    }

    private int GetSocketOption(SocketOptionName name, out int value)
    {
        value = 0;
        switch (name)
        {
            case SocketOptionName.Debug:
                value = _debug ? 1 : 0;
                return 0;
            case SocketOptionName.ReuseAddress:
                value = _reuseAddress ? 1 : 0;
                return 0;
            case SocketOptionName.KeepAlive:
                value = _keepAlive ? 1 : 0;
                return 0;
            case SocketOptionName.Broadcast:
                value = Broadcast ? 1 : 0;
                return 0;
            case SocketOptionName.ReceiveBuffer:
                value = ReceiveBufferBytes;
                return 0;
            case SocketOptionName.Error:
                value = TakeError();
                return 0;
            case SocketOptionName.Available:
                value = Available;
                return 0;
            default:
                return NoOption;
        }
    }

    private int SetSocketOption(SocketOptionName name, int value)
    {
        switch (name)
        {
            case SocketOptionName.Debug:
                _debug = value != 0;
                return 0;
            case SocketOptionName.ReuseAddress:
                _reuseAddress = value != 0;
                return 0;
            case SocketOptionName.KeepAlive:
                _keepAlive = value != 0;
                return 0;
            case SocketOptionName.Broadcast:
                Broadcast = value != 0;
                return 0;
            case SocketOptionName.ReceiveBuffer:
                if (value < 1)
                {
                    return Invalid;
                }

                ReceiveLimitBytes = value;
                return 0;
            default:
                return NoOption;
        }
    }

    private int GetIpOption(SocketOptionLevel level, SocketOptionName name, out int value)
    {
        value = 0;
        switch (name)
        {
            case SocketOptionName.TypeOfService:
                value = _typeOfService;
                return 0;
            case SocketOptionName.IpTimeToLive:
                value = _timeToLive;
                return 0;
            case SocketOptionName.MulticastTimeToLive:
                value = MulticastTimeToLive;
                return 0;
            case SocketOptionName.MulticastLoopback:
                value = MulticastLoopback ? 1 : 0;
                return 0;
            case SocketOptionName.MulticastInterface:
                value = MulticastInterface;
                return 0;
            case SocketOptionName.PacketInformation when Type == SocketType.Dgram:
                value = PacketInformation ? 1 : 0;
                return 0;
            case SocketOptionName.IPv6Only when level == SocketOptionLevel.IPv6:
                value = V6Only ? 1 : 0;
                return 0;
            default:
                return NoOption;
        }
    }

    private int SetIpOption(SocketOptionName name, int value)
    {
        switch (name)
        {
            case SocketOptionName.TypeOfService:
                if (value is < 0 or > 255)
                {
                    return Invalid;
                }

                _typeOfService = (byte)value;
                return 0;
            case SocketOptionName.IpTimeToLive:
                if (value is < 1 or > 255)
                {
                    return Invalid;
                }

                _timeToLive = (byte)value;
                return 0;
            case SocketOptionName.MulticastTimeToLive:
                if (value is < 0 or > 255)
                {
                    return Invalid;
                }

                MulticastTimeToLive = (byte)value;
                return 0;
            case SocketOptionName.MulticastLoopback:
                MulticastLoopback = value != 0;
                return 0;
            case SocketOptionName.MulticastInterface:
                return SetMulticastInterface(value);
            case SocketOptionName.PacketInformation:
                PacketInformation = value != 0;
                return 0;
            case SocketOptionName.IPv6Only:
                return SetV6Only(value != 0);
            default:
                return NoOption;
        }
    }

    private int SetMulticastInterface(int value)
    {
        bool exists = value == 0 || (Family == AddressFamily.InterNetwork
            ? Stack.Interface.IsOwn(new LwipAddress { Ip4 = (uint)value }) : Stack.FindInterface(value) != null);
        if (!exists)
        {
            return -(int)Errno.EADDRNOTAVAIL;
        }

        MulticastInterface = value;
        return 0;
    }

    private int SetV6Only(bool only)
    {
        // RFC 3493 5.3: before bind only. lwIP tells it by the type of the local address.
        if (IsBound || Pcb == null)
        {
            return Invalid;
        }

        V6Only = only;
        Pcb->Local.Type = only ? LwipAddress.V6 : LwipAddress.AnyType;
        return 0;
    }
}
