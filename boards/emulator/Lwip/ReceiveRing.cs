using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>The bytes of a stream that were received and not read yet: a ring as large as the TCP window, so that it has
/// room for all that the peer may send. Native memory, taken with the first byte.</summary>
internal sealed unsafe class ReceiveRing(int capacity)
{
    private byte* _bytes;
    private int _first;

    /// <summary>How many bytes can be read.</summary>
    internal int Count { get; private set; }

    /// <summary>Whether there is room for more bytes.</summary>
    internal bool HasRoom(int count) => count <= capacity - Count;

    /// <summary>Adds bytes at the end.</summary>
    /// <param name="bytes">The bytes, no more than there is room for.</param>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        if (_bytes == null)
        {
            _bytes = (byte*)NativeMemory.Alloc((nuint)capacity);
        }

        Span<byte> ring = new(_bytes, capacity);
        int at = (_first + Count) % capacity;
        int part = Math.Min(bytes.Length, capacity - at);
        bytes[..part].CopyTo(ring[at..]);
        bytes[part..].CopyTo(ring);
        Count += bytes.Length;
    }

    /// <summary>Copies bytes from the beginning.</summary>
    /// <param name="target">Takes them.</param>
    /// <param name="skip">How many to pass over first.</param>
    /// <returns>How many were copied.</returns>
    internal int Peek(Span<byte> target, int skip)
    {
        int count = Math.Min(target.Length, Count - skip);
        if (count <= 0)
        {
            return 0;
        }

        ReadOnlySpan<byte> ring = new(_bytes, capacity);
        int at = (_first + skip) % capacity;
        int part = Math.Min(count, capacity - at);
        ring.Slice(at, part).CopyTo(target);
        ring[..(count - part)].CopyTo(target[part..]);
        return count;
    }

    /// <summary>Drops bytes from the beginning.</summary>
    /// <param name="count">How many; no more than <see cref="Count"/>.</param>
    internal void Skip(int count)
    {
        _first = (_first + count) % capacity;
        Count -= count;
    }

    /// <summary>Frees the memory; what was not read is lost.</summary>
    internal void Free()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        _first = 0;
        Count = 0;
    }
}
