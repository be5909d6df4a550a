namespace IoTNet.Emulator;

/// <summary>What UDP and raw sockets share: a bounded queue of datagrams, and a peer that only filters.</summary>
internal abstract unsafe class DatagramSocket : LwipSocket
{
    private readonly Datagram[] _queue;
    private readonly List<Membership> _memberships = [];
    private int _first;
    private int _count;
    private int _queuedBytes;
    private bool _receiveShut;
    private bool _sendShut;

    protected DatagramSocket(LwipStack stack, AddressFamily family, SocketType type)
        : base(stack, family, type)
    {
        _queue = new Datagram[stack.Limits.DatagramQueue];
    }

    internal override int Available => _count > 0 ? _queue[_first].Length : 0;

    internal override PollEvents Events
    {
        get
        {
            PollEvents events = _count > 0 || _receiveShut ? PollEvents.In | PollEvents.Out : PollEvents.Out;
            return _receiveShut && _sendShut ? events | PollEvents.Hup : events;
        }
    }

    protected bool IsConnected { get; set; }

    protected LwipAddress Remote { get; set; }

    protected ushort RemotePort { get; set; }

    internal override int Shutdown(SocketShutdown how)
    {
        if (!IsConnected)
        {
            return -(int)Errno.ENOTCONN;
        }

        _receiveShut |= how != SocketShutdown.Send;
        _sendShut |= how != SocketShutdown.Receive;
        ChangeReadable();
        ChangeWritable();
        return 0;
    }

    // Without ICMP errors, which lwIP does not report to sockets, a datagram socket has none.
    internal override int TakeError() => 0;

    internal override int GetRemote(SocketAddress target)
    {
        if (!IsConnected)
        {
            return -(int)Errno.ENOTCONN;
        }

        AddressConversion.Write(Remote, RemotePort, Family, target);
        return 0;
    }

    internal override int Receive(in Buffers buffers, ref SocketFlags flags, SocketAddress? from, SocketMessage? message)
    {
        if (_count == 0)
        {
            return _receiveShut ? 0 : WouldBlock;
        }

        ref Datagram datagram = ref _queue[_first];
        int got = 0;
        for (int i = 0; i < buffers.Count && got < datagram.Length; i++)
        {
            got += Copy(datagram, got, buffers[i]);
        }

        if (from != null)
        {
            AddressConversion.Write(datagram.Source, datagram.SourcePort, Family, from);
        }

        if (message != null && PacketInformation)
        {
            _ = message.AddControl(Describe(datagram));
        }

        bool truncated = got < datagram.Length;
        int result = (flags & SocketFlags.Truncated) != 0 ? datagram.Length : got;
        bool peek = (flags & SocketFlags.Peek) != 0;
        flags = datagram.Flags | (truncated ? SocketFlags.Truncated : SocketFlags.None);
        if (!peek)
        {
            Drop();
        }

        return result;
    }

    /// <summary>Finds where a datagram goes: to whom the call says, or to the peer.</summary>
    /// <returns>0; EPIPE after a shutdown, EDESTADDRREQ without a destination, or what the address lacks.</returns>
    protected int FindDestination(SocketAddress? to, out LwipAddress address, out ushort port)
    {
        address = Remote;
        port = RemotePort;
        return _sendShut ? -(int)Errno.EPIPE
            : to != null ? Stack.ReadAddress(this, to, out address, out port)
            : IsConnected ? 0 : -(int)Errno.EDESTADDRREQ;
    }

    /// <summary>Checks what lwIP, as it is built, does not.</summary>
    /// <param name="address">The destination.</param>
    /// <param name="count">Bytes of UDP's payload, or as many as that would be.</param>
    /// <returns>0; EMSGSIZE, or EACCES for a broadcast without SO_BROADCAST.</returns>
    protected int CheckDestination(in LwipAddress address, int count)
    {
        return count > (Stack.Interface.IsOwn(address) ? UdpSocket.MaximumOwnBytes : UdpSocket.MaximumBytes) ? -(int)Errno.EMSGSIZE
            : !Broadcast && Stack.Interface.IsBroadcast(address) ? -(int)Errno.EACCES : 0;
    }

    protected static void SetFlag(ref byte flags, byte flag, bool on)
    {
        flags = on ? (byte)(flags | flag) : (byte)(flags & ~flag);
    }

    /// <summary>Joins or leaves a group.</summary>
    internal int ChangeMembership(in LwipAddress group, uint interface4, LwipNetif* netif6, bool join)
    {
        Membership membership = new(group, interface4, (nint)netif6);
        int index = _memberships.FindIndex(other => other.Equals(membership));
        if (join ? index >= 0 : index < 0)
        {
            // setsockopt on Linux: joined already is "address in use", not joined "address not available".
            return join ? -(int)Errno.EADDRINUSE : -(int)Errno.EADDRNOTAVAIL;
        }

        sbyte error = membership.Apply(Library, join);
        if (error != LwipError.Ok)
        {
            return -(int)Errno.EADDRNOTAVAIL;
        }

        if (join)
        {
            _memberships.Add(membership);
        }
        else
        {
            _memberships.RemoveAt(index);
        }

        return 0;
    }

    /// <summary>Puts a datagram at the end of the queue; lwIP's callback, under the lock.</summary>
    /// <param name="data">lwIP's buffer, which belongs to the queue from now on, also when the datagram is dropped.</param>
    /// <param name="skip">How many bytes of it come before the datagram.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="port">The port that it came from.</param>
    protected void Enqueue(LwipPbuf* data, int skip, in LwipAddress source, ushort port)
    {
        int length = data->TotalLength - skip;
        if (_count == _queue.Length || _receiveShut || length > ReceiveLimitBytes - _queuedBytes)
        {
            _ = Library.PbufFree(data);
            return;
        }

        LwipCurrentPacket* packet = Library.CurrentPacket;
        _queue[(_first + _count) % _queue.Length] = new Datagram
        {
            Data = data,
            Skip = skip,
            Length = length,
            Source = source,
            SourcePort = port,
            Destination = packet->Destination,
            Interface = packet->InputInterface->Index,
            Flags = AddressConversion.IsMulticast(packet->Destination) ? SocketFlags.Multicast
                : Stack.Interface.IsBroadcast(packet->Destination) ? SocketFlags.Broadcast : SocketFlags.None,
        };
        _count++;
        _queuedBytes += length;
        ChangeReadable();
    }

    /// <summary>Copies a message into one of lwIP's buffers.</summary>
    /// <returns>The buffer, or null when memory is short.</returns>
    protected LwipPbuf* Gather(in Buffers buffers, int layer)
    {
        LwipPbuf* data = Library.PbufAlloc(layer, (ushort)buffers.TotalBytes, LwipPbuf.TypeRam);
        if (data != null)
        {
            Span<byte> target = new(data->Payload, data->Length);
            for (int i = 0; i < buffers.Count; i++)
            {
                Span<byte> part = buffers[i];
                part.CopyTo(target);
                target = target[part.Length..];
            }
        }

        return data;
    }

    protected void DropAll()
    {
        while (_count > 0)
        {
            Drop();
        }
    }

    protected void LeaveGroups()
    {
        foreach (Membership membership in _memberships)
        {
            _ = membership.Apply(Library, join: false);
        }

        _memberships.Clear();
    }

    private int Copy(in Datagram datagram, int done, Span<byte> target)
    {
        int count = Math.Min(target.Length, datagram.Length - done);
        fixed (byte* start = target)
        {
            return count == 0 ? 0 : Library.PbufCopyPartial(datagram.Data, start, (ushort)count, (ushort)(datagram.Skip + done));
        }
    }

    private void Drop()
    {
        _ = Library.PbufFree(_queue[_first].Data);
        _queuedBytes -= _queue[_first].Length;
        _queue[_first] = default;
        _first = (_first + 1) % _queue.Length;
        _count--;
    }

    private ControlMessage Describe(in Datagram datagram)
    {
        byte[] data;
        if (Family == AddressFamily.InterNetwork)
        {
            // struct in_pktinfo: interface, local address, destination in the header.
            data = new byte[12];
            data[0] = datagram.Interface;
            _ = BitConverter.TryWriteBytes(data.AsSpan(4), Stack.Interface.Ethernet->Address.Ip4);
            _ = BitConverter.TryWriteBytes(data.AsSpan(8), datagram.Destination.Ip4);
            return new ControlMessage(SocketOptionLevel.IP, SocketOptionName.PacketInformation, data);
        }

        SocketAddress address = new();
        AddressConversion.Write(datagram.Destination, 0, Family, address);
        data = new byte[20];
        address.Buffer.AsSpan(8, 16).CopyTo(data);
        data[16] = datagram.Interface;
        return new ControlMessage(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, data);
    }

    private struct Datagram
    {
        internal LwipPbuf* Data;
        internal int Skip;
        internal int Length;
        internal LwipAddress Source;
        internal ushort SourcePort;
        internal LwipAddress Destination;
        internal byte Interface;
        internal SocketFlags Flags;
    }

    private readonly struct Membership(LwipAddress group, uint interface4, nint netif6)
    {
        private readonly LwipAddress _group = group;
        private readonly uint _interface4 = interface4;
        private readonly nint _netif6 = netif6;

        internal bool Equals(Membership other)
        {
            return AddressConversion.AreEqual(_group, other._group) && _interface4 == other._interface4 && _netif6 == other._netif6;
        }

        internal sbyte Apply(LwipLibrary library, bool join)
        {
            LwipAddress group = _group;
            if (group.Type == LwipAddress.V6)
            {
                LwipNetif* netif = (LwipNetif*)_netif6;
                return join ? library.MldJoin(netif, &group) : library.MldLeave(netif, &group);
            }

            uint address = _interface4;
            return join ? library.IgmpJoin(&address, &group.Ip4) : library.IgmpLeave(&address, &group.Ip4);
        }
    }
}
