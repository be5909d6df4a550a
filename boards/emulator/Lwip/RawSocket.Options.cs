namespace IoTNet.Emulator;

// The options of raw IP.
internal sealed unsafe partial class RawSocket
{
    internal override int GetOption(SocketOptionLevel level, SocketOptionName name, out int value)
    {
        if (IsHeaderIncluded(level, name))
        {
            value = (_pcb->Flags & LwipRawPcb.FlagHeaderIncluded) != 0 ? 1 : 0;
            return 0;
        }

        return base.GetOption(level, name, out value);
    }

    internal override int SetOption(SocketOptionLevel level, SocketOptionName name, int value)
    {
        if (IsHeaderIncluded(level, name))
        {
            SetFlag(ref _pcb->Flags, LwipRawPcb.FlagHeaderIncluded, value != 0);
            return 0;
        }

        return base.SetOption(level, name, value);
    }

    internal override void ApplyOptions()
    {
        base.ApplyOptions();
        _pcb->MulticastTimeToLive = MulticastTimeToLive;
        SetFlag(ref _pcb->Flags, LwipRawPcb.FlagMulticastLoop, MulticastLoopback);
        _pcb->MulticastInterfaceIndex = Family == AddressFamily.InterNetworkV6 ? (byte)MulticastInterface : (byte)0;
    }

    private bool IsHeaderIncluded(SocketOptionLevel level, SocketOptionName name)
    {
        return level == SocketOptionLevel.IP && name == SocketOptionName.HeaderIncluded && Family == AddressFamily.InterNetwork;
    }
}
