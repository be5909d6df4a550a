namespace IoTNet.Emulator;

// Frames on their way to lwIP: from the wire into the queue, out of it by the pump, past the guards.
public sealed unsafe partial class LwipStack
{
    private const int FrameBatch = 64;

    /// <inheritdoc/>
    public void Deliver(ReadOnlySpan<byte> frame)
    {
        // What is shorter than a header or longer than a frame never got through a real interface.
        if (frame.Length is < 14 or > 1514 + 4 || !_frames.Add(frame, out bool wasEmpty))
        {
            _ = Interlocked.Increment(ref _framesDropped);
            return;
        }

        _ = Interlocked.Increment(ref _framesIn);
        if (wasEmpty)
        {
            ReceivePump.Shared.Post(this);
        }
    }

    /// <summary>The pump's: lets lwIP take frames that wait.</summary>
    /// <returns>Whether more wait.</returns>
    internal bool ProcessFrames()
    {
        if (!Enter())
        {
            return false;
        }

        try
        {
            Span<nint> batch = stackalloc nint[FrameBatch];
            int count = _frames.Take(batch);
            for (int i = 0; i < count; i++)
            {
                Input((LwipPbuf*)batch[i]);
            }
        }
        finally
        {
            Leave();
        }

        return !_frames.IsEmpty;
    }

    private void Input(LwipPbuf* frame)
    {
        Span<byte> bytes = new(frame->Payload, frame->Length);
        if (IsAdmitted(bytes))
        {
            _interface.BeginWork();
            _interface.Input(frame);
        }
        else
        {
            _ = _library.PbufFree(frame);
            _ = Interlocked.Increment(ref _framesDropped);
        }
    }

    private bool IsAdmitted(Span<byte> frame)
    {
        Span<byte> packet = PacketGuard.PacketOf(frame);
        return (packet.IsEmpty || (PacketGuard.Admits(packet, fromNetwork: true, *_library.TcpActivePcbs) && !_interface.ClaimsToBeOwn(packet))) &&
            IsLetIn(SegmentShaper.FindSyn(frame));
    }

    private void ProcessLoopback()
    {
        // In bounds: two ends within a board can answer each other without end, and the lock is wanted by others.
        for (int i = 0; i < FrameBatch && _interface.HasLoopbackPackets; i++)
        {
            LwipPbuf* packet = _interface.TakeLoopbackPacket(out LwipNetif* netif);
            Span<byte> bytes = new(packet->Payload, packet->Length);
            if (PacketGuard.Admits(bytes, fromNetwork: false, *_library.TcpActivePcbs) && IsLetIn(SegmentShaper.FindSynInPacket(bytes)))
            {
                _interface.LoopbackInput(packet, netif);
            }
            else
            {
                _ = _library.PbufFree(packet);
            }
        }
    }

    // A request for a connection needs room; one that is let in is made as small as the board's.
    private bool IsLetIn(Span<byte> syn)
    {
        if (syn.IsEmpty)
        {
            return true;
        }

        if (SegmentShaper.IsRequest(syn) && !HasRoomForConnection(SegmentShaper.DestinationPort(syn)))
        {
            return false;
        }

        if (Limits.ShapesSegments)
        {
            SegmentShaper.Shape(syn, Limits.MaximumSegment, Limits.ReceiveWindow);
        }

        return true;
    }
}
