namespace IoTNet.Emulator;

/// <summary>Between <see cref="SocketAddress"/> and lwIP's addresses. Nothing here allocates.</summary>
internal static unsafe class AddressConversion
{
    private const int AddressOffset4 = 4, AddressOffset6 = 8, ScopeOffset = 24;

    /// <summary>Reads the address out of a socket address. An IPv4-mapped one (RFC 4291 2.5.5.2) becomes IPv4.</summary>
    /// <param name="source">An IPv4 or IPv6 socket address.</param>
    /// <param name="address">The address.</param>
    /// <param name="port">Its port.</param>
    /// <returns>False when the family is another one or the address is cut short.</returns>
    internal static bool TryRead(SocketAddress source, out LwipAddress address, out ushort port)
    {
        address = default;
        port = (ushort)source.Port;
        ReadOnlySpan<byte> bytes = source.Buffer;
        switch (source.Family)
        {
            case AddressFamily.InterNetwork when source.Size >= SocketAddress.IPv4Size:
                address.Ip4 = BitConverter.ToUInt32(bytes[AddressOffset4..]);
                return true;
            case AddressFamily.InterNetworkV6 when source.Size >= SocketAddress.IPv6Size && source.IsMapped:
                address.Ip4 = BitConverter.ToUInt32(bytes[(AddressOffset6 + 12)..]);
                return true;
            case AddressFamily.InterNetworkV6 when source.Size >= SocketAddress.IPv6Size:
                fixed (byte* target = address.Bytes)
                {
                    bytes.Slice(AddressOffset6, 16).CopyTo(new Span<byte>(target, 16));
                }

                address.Type = LwipAddress.V6;
                if (IsLinkScoped(address))
                {
                    address.Zone = (byte)Math.Min(BitConverter.ToUInt32(bytes[ScopeOffset..]), byte.MaxValue);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes an address in a socket's family; an IPv4 one becomes IPv4-mapped on an IPv6 socket.</summary>
    /// <param name="address">The address.</param>
    /// <param name="port">Its port.</param>
    /// <param name="family">The socket's family.</param>
    /// <param name="target">Filled in place.</param>
    internal static void Write(in LwipAddress address, ushort port, AddressFamily family, SocketAddress target)
    {
        if (family == AddressFamily.InterNetwork)
        {
            target.Reset(family, SocketAddress.IPv4Size);
            target.Port = port;
            BitConverter.TryWriteBytes(target.Buffer.AsSpan(AddressOffset4), address.Ip4);
            return;
        }

        target.Reset(family, SocketAddress.IPv6Size);
        target.Port = port;
        Span<byte> bytes = target.Buffer.AsSpan(AddressOffset6);
        if (address.Type == LwipAddress.V4 && address.Ip4 != 0)
        {
            bytes[10] = bytes[11] = 0xFF;
            BitConverter.TryWriteBytes(bytes[12..], address.Ip4);
        }
        else if (address.Type == LwipAddress.V6)
        {
            fixed (byte* source = address.Bytes)
            {
                new ReadOnlySpan<byte>(source, 16).CopyTo(bytes);
            }

            target.Buffer[ScopeOffset] = address.Zone;
        }
    }

    internal static bool IsAny(in LwipAddress address)
    {
        return address.Type == LwipAddress.V4 ? address.Ip4 == 0
            : address.Words[0] == 0 && address.Words[1] == 0 && address.Words[2] == 0 && address.Words[3] == 0;
    }

    internal static bool IsMulticast(in LwipAddress address)
    {
        return address.Type == LwipAddress.V6 ? address.Bytes[0] == 0xFF : (address.Bytes[0] & 0xF0) == 0xE0;
    }

    /// <summary>Whether two addresses are equal; zones are not compared.</summary>
    internal static bool AreEqual(in LwipAddress left, in LwipAddress right)
    {
        return left.Type == right.Type && left.Ip4 == right.Ip4 && (left.Type == LwipAddress.V4 ||
            (left.Words[1] == right.Words[1] && left.Words[2] == right.Words[2] && left.Words[3] == right.Words[3]));
    }

    /// <summary>Whether an address means nothing without a zone (RFC 4007 4): link-local unicast, and multicast of
    /// interface-local and link-local scope.</summary>
    internal static bool IsLinkScoped(in LwipAddress address)
    {
        byte first = address.Bytes[0], second = address.Bytes[1];
        return address.Type == LwipAddress.V6 &&
            ((first == 0xFE && (second & 0xC0) == 0x80) || (first == 0xFF && (second & 0x0F) is 1 or 2));
    }
}
