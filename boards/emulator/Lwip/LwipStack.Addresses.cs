namespace IoTNet.Emulator;

// Which addresses are the board's, and which it can reach.
public sealed unsafe partial class LwipStack
{
    /// <inheritdoc/>
    public int GetLocalAddresses(IPAddress[] addresses)
    {
        if (!Enter())
        {
            return 0;
        }

        try
        {
            return _interface.GetAddresses(addresses);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Whether there is a way to an address.</summary>
    internal bool HasRoute(in LwipAddress address)
    {
        if (address.Type == LwipAddress.V4)
        {
            return _interface.HasRoute4(address);
        }

        LwipAddress source = new() { Type = LwipAddress.V6, Zone = address.Zone };
        LwipAddress destination = address;
        return _library.Ip6Route(&source, &destination) != null;
    }

    /// <summary>Whether the host that an address leads to has answered for its Ethernet address.</summary>
    internal bool HasNeighbour(in LwipAddress address)
    {
        return address.Type != LwipAddress.V4 || _interface.HasNeighbour4(address);
    }

    /// <summary>Reads a socket address for a socket.</summary>
    /// <returns>0; or EAFNOSUPPORT (another family), EINVAL (cut short), ENETUNREACH (IPv4-mapped on a socket that takes
    /// IPv6 only).</returns>
    internal int ReadAddress(LwipSocket socket, SocketAddress source, out LwipAddress address, out ushort port)
    {
        if (!AddressConversion.TryRead(source, out address, out port))
        {
            return source.IsIP ? -(int)Errno.EINVAL : -(int)Errno.EAFNOSUPPORT;
        }

        if (source.Family != socket.Family)
        {
            return -(int)Errno.EAFNOSUPPORT;
        }

        if (address.Type == LwipAddress.V4 && socket.Family == AddressFamily.InterNetworkV6 && socket.V6Only)
        {
            return -(int)Errno.ENETUNREACH;
        }

        // A board has one network: a link-scoped address without a scope id is meant there.
        if (AddressConversion.IsLinkScoped(address) && address.Zone == 0)
        {
            address.Zone = _interface.Ethernet->Index;
        }

        return 0;
    }

    /// <summary>The unspecified address as a destination means the board itself, as on Linux.</summary>
    internal static LwipAddress ToReachable(in LwipAddress address)
    {
        if (!AddressConversion.IsAny(address))
        {
            return address;
        }

        LwipAddress loopback = default;
        if (address.Type == LwipAddress.V4)
        {
            loopback.Ip4 = 0x0100007F;
        }
        else
        {
            loopback.Bytes[15] = 1;
            loopback.Type = LwipAddress.V6;
        }

        return loopback;
    }

    private bool IsBindable(in LwipAddress address)
    {
        return AddressConversion.IsAny(address) || AddressConversion.IsMulticast(address) || _interface.IsBroadcast(address) ||
            _interface.IsOwn(address);
    }
}
