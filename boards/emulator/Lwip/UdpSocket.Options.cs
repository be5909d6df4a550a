namespace IoTNet.Emulator;

// The options of UDP.
internal sealed unsafe partial class UdpSocket
{
    internal override int GetOption(SocketOptionLevel level, SocketOptionName name, out int value)
    {
        if (IsNoChecksum(level, name))
        {
            value = (_pcb->Flags & LwipUdpPcb.FlagNoChecksum) != 0 ? 1 : 0;
            return 0;
        }

        return base.GetOption(level, name, out value);
    }

    internal override int SetOption(SocketOptionLevel level, SocketOptionName name, int value)
    {
        if (IsNoChecksum(level, name))
        {
            SetFlag(ref _pcb->Flags, LwipUdpPcb.FlagNoChecksum, value != 0);
            return 0;
        }

        return base.SetOption(level, name, value);
    }

    internal override void ApplyOptions()
    {
        base.ApplyOptions();
        _pcb->MulticastTimeToLive = MulticastTimeToLive;
        SetFlag(ref _pcb->Flags, LwipUdpPcb.FlagMulticastLoop, MulticastLoopback);
        if (Family == AddressFamily.InterNetwork)
        {
            _pcb->MulticastInterface4 = (uint)MulticastInterface;
        }
        else
        {
            _pcb->MulticastInterfaceIndex = (byte)MulticastInterface;
        }
    }

    private static bool IsNoChecksum(SocketOptionLevel level, SocketOptionName name)
    {
        return (level == SocketOptionLevel.Udp && name == SocketOptionName.NoChecksum) ||
            (level == SocketOptionLevel.Socket && name == SocketOptionName.NoCheck);
    }
}
