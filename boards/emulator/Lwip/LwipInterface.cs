using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>A board's network interfaces in lwIP: the Ethernet one and the loopback one, in native memory, with the
/// callbacks that lwIP makes. All calls need the stack's lock, but for the counters.</summary>
internal sealed unsafe partial class LwipInterface
{
    private const int MaximumFrame = 1514, Mtu = 1500;

    /// <summary>127.0.0.1, 255.0.0.0 and 127.255.255.255 in network byte order.</summary>
    private const uint LoopbackAddress = 0x0100007F, LoopbackNetmask = 0x000000FF, LoopbackBroadcast = 0xFFFFFF7F;

    private readonly LwipLibrary _library;
    private readonly StackLimits _limits;
    private readonly byte[] _hardwareAddress;
    private readonly LwipNetif* _ethernet;
    private readonly LwipNetif* _loopback;
    private GCHandle _self;
    private IFrameWire? _wire;
    private long _framesOut;
    private long _failures;
    private int _packetsOut6;

    internal LwipInterface(LwipLibrary library, LwipConfiguration configuration)
    {
        _library = library;
        _limits = configuration.Limits;
        _hardwareAddress = configuration.HardwareAddress.GetAddressBytes();
        if (_hardwareAddress.Length != 6)
        {
            throw new ArgumentException("An Ethernet address has 6 bytes, not " + _hardwareAddress.Length + ".", nameof(configuration));
        }

        _self = GCHandle.Alloc(this);
        _ethernet = (LwipNetif*)NativeMemory.AllocZeroed((nuint)sizeof(LwipNetif));
        _loopback = (LwipNetif*)NativeMemory.AllocZeroed((nuint)sizeof(LwipNetif));
    }

    /// <summary>The Ethernet interface.</summary>
    internal LwipNetif* Ethernet => _ethernet;

    /// <summary>The loopback interface.</summary>
    internal LwipNetif* Loopback => _loopback;

    /// <summary>Frames given to the wire.</summary>
    internal long FramesOut => Volatile.Read(ref _framesOut);

    /// <summary>Frames that could not be given to the wire.</summary>
    internal long Failures => Volatile.Read(ref _failures);

    /// <summary>Adds the interfaces to lwIP and brings them up.</summary>
    internal void Start(LwipConfiguration configuration, IFrameWire wire)
    {
        _wire = wire;
        Add(_loopback, LoopbackAddress, LoopbackNetmask, 0, &InitLoopback);
        Add(_ethernet, ToWord(configuration.Address), ToWord(configuration.Netmask), ToWord(configuration.Gateway), &InitEthernet);
        _library.NetifSetDefault(_ethernet);
        if (_limits.HasIPv6)
        {
            LwipAddress loopback = default;
            loopback.Bytes[15] = 1;
            loopback.Type = LwipAddress.V6;
            AddAddress6(_loopback, loopback);

            // Addresses come from the configuration, so no duplicate is looked for: they can be used at once.
            _library.NetifCreateLinkLocal(_ethernet, 1);
            _library.NetifSetIp6State(_ethernet, 0, LwipNetif.AddressPreferred);
            foreach (IPAddress address in configuration.Addresses6)
            {
                AddAddress6(_ethernet, ToAddress(address));
            }
        }
    }

    /// <summary>Removes the interfaces from lwIP. Nothing is sent: the wire is cut first.</summary>
    internal void Stop()
    {
        _wire = null;
        while (HasLoopbackPackets)
        {
            _ = _library.PbufFree(TakeLoopbackPacket(out _));
        }

        Remove(_ethernet);
        Remove(_loopback);
        NativeMemory.Free(_ethernet);
        NativeMemory.Free(_loopback);
        _self.Free();
    }

    /// <summary>Changes the IPv4 address, as a DHCP client does.</summary>
    internal void SetAddress(IPAddress address, IPAddress netmask, IPAddress gateway)
    {
        uint a = ToWord(address), m = ToWord(netmask), g = ToWord(gateway);
        _library.NetifSetAddress(_ethernet, &a, &m, &g);
    }

    /// <summary>Plugs the cable in or pulls it, as the stack sees it.</summary>
    internal void SetLink(bool up)
    {
        if (up)
        {
            _library.NetifSetLinkUp(_ethernet);
        }
        else
        {
            _library.NetifSetLinkDown(_ethernet);
        }
    }

    /// <summary>Hands one frame to lwIP, which frees it.</summary>
    internal void Input(LwipPbuf* frame)
    {
        _ = _library.EthernetInput(frame, _ethernet);
    }

    /// <summary>Whether a packet from the network tells the board's own address as its source. lwIP would answer it to itself,
    /// and one within a connection can go on for ever.</summary>
    internal bool ClaimsToBeOwn(ReadOnlySpan<byte> packet)
    {
        LwipAddress source = default;
        if (packet.Length >= 20 && packet[0] >> 4 == 4)
        {
            source.Ip4 = BitConverter.ToUInt32(packet[12..]);
        }
        else if (packet.Length >= 40 && packet[0] >> 4 == 6)
        {
            packet.Slice(8, 16).CopyTo(new Span<byte>(source.Bytes, 16));
            source.Type = LwipAddress.V6;
        }

        return IsOf(_ethernet, source);
    }

    /// <summary>Whether packets wait that lwIP sent to itself.</summary>
    internal bool HasLoopbackPackets => _loopback->LoopFirst != null || _ethernet->LoopFirst != null;

    /// <summary>Takes the next packet that lwIP sent to itself out of its queue.</summary>
    /// <param name="netif">The interface that it went through.</param>
    /// <returns>The packet, which begins with the IP header, or null.</returns>
    internal LwipPbuf* TakeLoopbackPacket(out LwipNetif* netif)
    {
        netif = _loopback->LoopFirst != null ? _loopback : _ethernet;
        LwipPbuf* packet = netif->LoopFirst;
        if (packet != null)
        {
            // netif_loop_output makes one block of each packet, and chains the packets by the same member.
            netif->LoopFirst = packet->Next;
            netif->LoopLast = packet->Next == null ? null : netif->LoopLast;
            packet->Next = null;
            packet->InterfaceIndex = netif->Index;
        }

        return packet;
    }

    /// <summary>Hands a packet that lwIP sent to itself back to it, which frees it.</summary>
    internal void LoopbackInput(LwipPbuf* packet, LwipNetif* netif)
    {
        // lwIP accepts the one address of the interface. All of 127.0.0.0/8 is the host (RFC 1122 3.2.1.3).
        byte* header = packet->Payload;
        uint own = _loopback->Address.Ip4;
        if (packet->Length >= 20 && header[0] >> 4 == 4 && header[16] == 127)
        {
            _loopback->Address.Ip4 = *(uint*)(header + 16);
        }

        _ = _library.IpInput(packet, netif);
        _loopback->Address.Ip4 = own;
    }

    /// <summary>Lets lwIP send from any address of 127.0.0.0/8 for as long as a call lasts.</summary>
    /// <returns>What to give to <see cref="EndSendingFrom"/>.</returns>
    internal uint BeginSendingFrom(in LwipAddress local)
    {
        uint own = _loopback->Address.Ip4;
        if (local.Type == LwipAddress.V4 && local.Bytes[0] == 127)
        {
            _loopback->Address.Ip4 = local.Ip4;
        }

        return own;
    }

    internal void EndSendingFrom(uint own)
    {
        _loopback->Address.Ip4 = own;
    }

    /// <summary>Whether an address is one of the board's own.</summary>
    internal bool IsOwn(in LwipAddress address)
    {
        return IsOf(_loopback, address) || IsOf(_ethernet, address);
    }

    /// <summary>Lists the board's addresses.</summary>
    /// <returns>How many there are; those that fit were written.</returns>
    internal int GetAddresses(IPAddress[] addresses)
    {
        return AddAddresses(_loopback, addresses, AddAddresses(_ethernet, addresses, 0));
    }

    /// <summary>Whether an IPv4 address means all hosts of the network (RFC 919).</summary>
    internal bool IsBroadcast(in LwipAddress address)
    {
        uint mask = _ethernet->Netmask.Ip4, own = _ethernet->Address.Ip4;
        return address.Type == LwipAddress.V4 && (address.Ip4 is uint.MaxValue or LoopbackBroadcast ||
            (own != 0 && mask != uint.MaxValue && (address.Ip4 & mask) == (own & mask) && (address.Ip4 | mask) == uint.MaxValue));
    }

    /// <summary>Whether there is a way to an IPv4 address: the board itself, its network, or a router.</summary>
    internal bool HasRoute4(in LwipAddress address)
    {
        uint mask = _ethernet->Netmask.Ip4, own = _ethernet->Address.Ip4;
        return address.Bytes[0] == 127 || (own != 0 && ((address.Ip4 & mask) == (own & mask) || _ethernet->Gateway.Ip4 != 0));
    }

    /// <summary>Whether the Ethernet address of the next host on the way to an IPv4 address is known.</summary>
    internal bool HasNeighbour4(in LwipAddress address)
    {
        uint mask = _ethernet->Netmask.Ip4;
        uint next = (address.Ip4 & mask) == (_ethernet->Address.Ip4 & mask) ? address.Ip4 : _ethernet->Gateway.Ip4;
        void* hardware;
        uint* found;
        return _library.FindArpEntry(_ethernet, &next, &hardware, &found) >= 0;
    }

    private static uint ToWord(IPAddress address)
    {
        return BitConverter.ToUInt32(address.GetAddressBytes());
    }

    private static LwipAddress ToAddress(IPAddress address)
    {
        SocketAddress bytes = new();
        new IPEndPoint(address, 0).WriteTo(bytes);
        return AddressConversion.TryRead(bytes, out LwipAddress result, out _) ? result
            : throw new ArgumentException(address + " is not an IP address.", nameof(address));
    }

    private static int AddAddresses(LwipNetif* netif, IPAddress[] addresses, int count)
    {
        if (netif->Address.Ip4 != 0)
        {
            Put(netif->Address, AddressFamily.InterNetwork);
        }

        for (int i = 0; i < LwipNetif.Ip6AddressCount; i++)
        {
            if (netif->Ip6State[i] != 0)
            {
                Put((&netif->Ip6Address0)[i], AddressFamily.InterNetworkV6);
            }
        }

        return count;

        void Put(in LwipAddress address, AddressFamily family)
        {
            if (count++ < addresses.Length)
            {
                SocketAddress bytes = new();
                AddressConversion.Write(address, 0, family, bytes);
                addresses[count - 1] = IPEndPoint.FromSocketAddress(bytes).Address;
            }
        }
    }

    private static bool IsOf(LwipNetif* netif, in LwipAddress address)
    {
        if (address.Type == LwipAddress.V4)
        {
            return address.Bytes[0] == 127 || (netif->Address.Ip4 == address.Ip4 && address.Ip4 != 0);
        }

        for (int i = 0; i < LwipNetif.Ip6AddressCount; i++)
        {
            if (netif->Ip6State[i] != 0 && AddressConversion.AreEqual((&netif->Ip6Address0)[i], address))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(LwipNetif* netif, uint address, uint netmask, uint gateway, delegate* unmanaged[Cdecl]<LwipNetif*, sbyte> init)
    {
        if (_library.NetifAdd(netif, &address, &netmask, &gateway, GCHandle.ToIntPtr(_self), (nint)init, _library.TcpIpInput) == null)
        {
            throw new OutOfMemoryException("lwIP could not add an interface");
        }

        _library.NetifSetLinkUp(netif);
        _library.NetifSetUp(netif);
    }

    private void AddAddress6(LwipNetif* netif, LwipAddress address)
    {
        sbyte index = 0;
        if (_library.NetifAddIp6(netif, &address, &index) != LwipError.Ok)
        {
            throw new ArgumentException("The interface has no room for one more IPv6 address; it holds " + LwipNetif.Ip6AddressCount + ".");
        }

        _library.NetifSetIp6State(netif, index, LwipNetif.AddressPreferred);
    }

    private void Remove(LwipNetif* netif)
    {
        _library.NetifSetDown(netif);
        _library.NetifRemove(netif);
    }

    private sbyte Transmit(LwipPbuf* frame)
    {
        IFrameWire? wire = _wire;
        if (wire == null)
        {
            return LwipError.Ok;
        }

        if (frame->Length == frame->TotalLength)
        {
            Send(wire, new Span<byte>(frame->Payload, frame->Length));
        }
        else if (frame->TotalLength <= MaximumFrame)
        {
            byte* whole = stackalloc byte[MaximumFrame];
            int length = _library.PbufCopyPartial(frame, whole, frame->TotalLength, 0);
            Send(wire, new Span<byte>(whole, length));
        }
        else
        {
            _failures++;
        }

        return LwipError.Ok;
    }

    private void Send(IFrameWire wire, Span<byte> frame)
    {
        if (_limits.ShapesSegments)
        {
            Span<byte> syn = SegmentShaper.FindSyn(frame);
            if (!syn.IsEmpty)
            {
                SegmentShaper.Shape(syn, _limits.MaximumSegment, _limits.ReceiveWindow);
            }
        }

        _framesOut++;
        wire.Send(frame);
    }
}
