using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>Packet buffers of our own for received frames (lwIP's struct pbuf_custom, the way of drivers with receive buffers
/// of their own): a frame costs neither lwIP's nor the C library's heap a call.</summary>
internal sealed unsafe class FramePool
{
    private const int FrameBytes = 1518;

    private readonly List<nint> _all = [];
    private readonly GCHandle _self;
    private Slot* _free;

    // What lwIP gave back, on whatever thread, until Take fetches all of it.
    private nint _returned;

    internal FramePool()
    {
        _self = GCHandle.Alloc(this);
    }

    /// <summary>Copies a frame into a buffer, which lwIP gives back by itself (pbuf_free).</summary>
    /// <param name="frame">The frame, at most 1,518 bytes.</param>
    /// <returns>The buffer. Not for several threads at once.</returns>
    internal LwipPbuf* Take(ReadOnlySpan<byte> frame)
    {
        Slot* slot = _free;
        if (slot == null)
        {
            slot = (Slot*)Interlocked.Exchange(ref _returned, 0);
            if (slot == null)
            {
                slot = (Slot*)NativeMemory.AllocZeroed((nuint)(sizeof(Slot) + FrameBytes));
                slot->Release = (nint)(delegate* unmanaged[Cdecl]<Slot*, void>)&OnRelease;
                slot->Pool = GCHandle.ToIntPtr(_self);
                _all.Add((nint)slot);
            }
        }

        _free = slot->Next;
        slot->Buffer = new LwipPbuf
        {
            Payload = (byte*)(slot + 1),
            TotalLength = (ushort)frame.Length,
            Length = (ushort)frame.Length,
            Type = LwipPbuf.TypeRef,
            Flags = LwipPbuf.FlagCustom,
            References = 1,
        };
        frame.CopyTo(new Span<byte>(slot + 1, FrameBytes));
        return &slot->Buffer;
    }

    /// <summary>Frees all buffers; lwIP must be gone.</summary>
    internal void Free()
    {
        foreach (nint slot in _all)
        {
            NativeMemory.Free((void*)slot);
        }

        _all.Clear();
        _free = null;
        _returned = 0;
        _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRelease(Slot* slot)
    {
        FramePool pool = Unsafe.As<FramePool>(GCHandle.FromIntPtr(slot->Pool).Target!);
        nint first;
        do
        {
            first = Volatile.Read(ref pool._returned);
            slot->Next = (Slot*)first;
        }
        while (Interlocked.CompareExchange(ref pool._returned, (nint)slot, first) != first);
    }

    /// <summary>struct pbuf_custom, and what is ours; the frame's bytes come after it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Slot
    {
        internal LwipPbuf Buffer;
        internal nint Release;
        internal Slot* Next;
        internal nint Pool;
    }
}
