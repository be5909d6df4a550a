using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>The descriptors of one poll(2) in native memory, filled anew for each.</summary>
internal sealed unsafe class PollSet : IDisposable
{
    private PollDescriptor* _items;
    private int _capacity = 64;

    internal PollSet()
    {
        _items = (PollDescriptor*)NativeMemory.Alloc((nuint)(_capacity * sizeof(PollDescriptor)));
    }

    internal int Count { get; private set; }

    internal void Clear()
    {
        Count = 0;
    }

    /// <summary>Adds a descriptor.</summary>
    /// <returns>Its place, for <see cref="Result"/>.</returns>
    internal int Add(int descriptor, short events)
    {
        if (Count == _capacity)
        {
            _items = (PollDescriptor*)NativeMemory.Realloc(_items, (nuint)(_capacity * 2 * sizeof(PollDescriptor)));
            _capacity *= 2;
        }

        _items[Count] = new PollDescriptor { Descriptor = descriptor, Events = events };
        return Count++;
    }

    /// <summary>What happened to a descriptor.</summary>
    internal short Result(int place)
    {
        return place >= 0 && place < Count ? _items[place].Result : (short)0;
    }

    /// <summary>Waits until something happens.</summary>
    /// <returns>As poll(2).</returns>
    internal int Wait(int timeoutMs)
    {
        return HostCalls.Poll(_items, (nuint)Count, timeoutMs);
    }

    public void Dispose()
    {
        NativeMemory.Free(_items);
        _items = null;
    }
}
