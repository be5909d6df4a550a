using System.Text;

namespace IoTNet.Emulator;

// Socket options: the byte forms of the seam. What the options do is the sockets' business. Nothing reaches lwIP's own
// option table, which has entries that end the process.
public sealed unsafe partial class LwipStack
{
    private const int NoOption = -(int)Errno.ENOPROTOOPT;
    private const int Invalid = -(int)Errno.EINVAL;
    private const int NoInterface = -(int)Errno.EADDRNOTAVAIL;

    /// <inheritdoc/>
    public int GetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
    {
        LwipSocket? socket = EnterSocket(handle, out int error);
        if (socket == null)
        {
            return error;
        }

        try
        {
            return length < 0 ? Invalid : Get(socket, level, name, new Span<byte>(value, 0, Math.Min(length, value.Length)));
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public int SetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
    {
        LwipSocket? socket = EnterSocket(handle, out int error);
        if (socket == null)
        {
            return error;
        }

        try
        {
            return length < 0 || length > value.Length ? Invalid : Set(socket, level, name, new ReadOnlySpan<byte>(value, 0, length));
        }
        finally
        {
            Leave();
        }
    }

    private int Get(LwipSocket socket, SocketOptionLevel level, SocketOptionName name, Span<byte> value)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (level == SocketOptionLevel.Socket && name == SocketOptionName.Linger)
        {
            _ = BitConverter.TryWriteBytes(bytes, socket.LingerSeconds >= 0 ? 1 : 0);
            _ = BitConverter.TryWriteBytes(bytes[4..], Math.Max(socket.LingerSeconds, 0));
            return Copy(bytes, value);
        }

        if (level == SocketOptionLevel.Socket && name == SocketOptionName.BindToDevice)
        {
            LwipNetif* netif = FindInterface(socket.InterfaceIndex);
            return netif == null ? 0 : Copy([netif->Name0, netif->Name1, (byte)('0' + netif->Number)], value);
        }

        int result = socket.GetOption(level, name, out int number);
        _ = BitConverter.TryWriteBytes(bytes, number);
        return result < 0 ? result : Copy(bytes[..4], value);
    }

    private int Set(LwipSocket socket, SocketOptionLevel level, SocketOptionName name, ReadOnlySpan<byte> value)
    {
        switch (level, name)
        {
            case (SocketOptionLevel.Socket, SocketOptionName.Linger):
                return value.Length < 8 ? Invalid : SetLinger(socket, BitConverter.ToInt32(value), BitConverter.ToInt32(value[4..]));
            case (SocketOptionLevel.Socket, SocketOptionName.BindToDevice):
                return BindToDevice(socket, value);
            case (SocketOptionLevel.IP or SocketOptionLevel.IPv6, SocketOptionName.AddMembership or SocketOptionName.DropMembership):
                return ChangeMembership(socket, level, name == SocketOptionName.AddMembership, value);
            default:
                return !socket.HasOption(level, name) ? NoOption
                    : value.Length < 4 ? Invalid : socket.SetOption(level, name, BitConverter.ToInt32(value));
        }
    }

    private static int SetLinger(LwipSocket socket, int on, int seconds)
    {
        if (seconds is < 0 or > ushort.MaxValue)
        {
            return Invalid;
        }

        socket.LingerSeconds = on != 0 ? seconds : -1;
        return 0;
    }

    private int BindToDevice(LwipSocket socket, ReadOnlySpan<byte> name)
    {
        // if_nametoindex: two letters and the number; an empty name takes the binding away.
        int end = name.IndexOf((byte)0);
        name = end < 0 ? name : name[..end];
        if (name.IsEmpty)
        {
            socket.InterfaceIndex = 0;
            socket.ApplyOptions();
            return 0;
        }

        for (byte index = 1; FindInterface(index) != null; index++)
        {
            LwipNetif* netif = FindInterface(index);
            if (name.SequenceEqual([netif->Name0, netif->Name1, (byte)('0' + netif->Number)]))
            {
                socket.InterfaceIndex = index;
                socket.ApplyOptions();
                return 0;
            }
        }

        return NoInterface;
    }

    private int ChangeMembership(LwipSocket socket, SocketOptionLevel level, bool join, ReadOnlySpan<byte> value)
    {
        bool v6 = level == SocketOptionLevel.IPv6;
        if (value.Length < (v6 ? 20 : 8))
        {
            return Invalid;
        }

        if (socket is not UdpSocket datagrams || (socket.Family == AddressFamily.InterNetworkV6) != v6)
        {
            return NoOption;
        }

        LwipAddress group = default;
        value[..(v6 ? 16 : 4)].CopyTo(new Span<byte>(group.Bytes, 16));
        group.Type = v6 ? LwipAddress.V6 : LwipAddress.V4;
        if (!AddressConversion.IsMulticast(group))
        {
            return Invalid;
        }

        if (!v6)
        {
            return datagrams.ChangeMembership(group, BitConverter.ToUInt32(value[4..]), null, join);
        }

        // lwIP asserts that an index fits a byte; and 0 means the board's network.
        uint index = BitConverter.ToUInt32(value[16..]);
        LwipNetif* netif = index == 0 ? _interface.Ethernet : index <= byte.MaxValue ? FindInterface((byte)index) : null;
        if (netif == null)
        {
            return NoInterface;
        }

        if (AddressConversion.IsLinkScoped(group))
        {
            group.Zone = netif->Index;
        }

        return datagrams.ChangeMembership(group, 0, netif, join);
    }

    /// <summary>The interface of an index: 1 loopback, 2 Ethernet; null when there is none.</summary>
    internal LwipNetif* FindInterface(int index)
    {
        return _interface.Loopback->Index == index ? _interface.Loopback
            : _interface.Ethernet->Index == index ? _interface.Ethernet : null;
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        int count = Math.Min(bytes.Length, target.Length);
        bytes[..count].CopyTo(target);
        return count;
    }
}
