namespace IoTNet.Emulator;

/// <summary>Which port an Ethernet address was last seen at (IEEE 802.1D 7.8, learning), in a table of fixed size: a stranger
/// who makes up addresses overwrites entries, and the switch falls back to flooding, but memory does not grow.</summary>
/// <remarks>Reading takes no lock: an entry is one 64-bit word, 48 bits of address above 16 of port.</remarks>
internal sealed class AddressTable
{
    private const int Entries = 4096;
    private readonly ulong[] _entries = new ulong[Entries];

    /// <summary>Remembers a source address.</summary>
    public void Learn(ReadOnlySpan<byte> address, int port)
    {
        ulong key = Key(address);
        ref ulong entry = ref _entries[Slot(key)];
        ulong learned = key | (ushort)(port + 1);
        if (Volatile.Read(ref entry) != learned)
        {
            Volatile.Write(ref entry, learned);
        }
    }

    /// <summary>Finds the port of a destination address; -1 when it is not known.</summary>
    public int Find(ReadOnlySpan<byte> address)
    {
        ulong key = Key(address);
        ulong entry = Volatile.Read(ref _entries[Slot(key)]);
        return (entry & ~0xFFFFUL) == key && (ushort)entry != 0 ? (ushort)entry - 1 : -1;
    }

    /// <summary>Forgets every address of a port that was unplugged.</summary>
    public void Forget(int port)
    {
        for (int i = 0; i < Entries; i++)
        {
            ulong entry = Volatile.Read(ref _entries[i]);
            if ((ushort)entry == port + 1)
            {
                Interlocked.CompareExchange(ref _entries[i], 0, entry);
            }
        }
    }

    private static ulong Key(ReadOnlySpan<byte> a) =>
        ((ulong)a[0] << 56) | ((ulong)a[1] << 48) | ((ulong)a[2] << 40) | ((ulong)a[3] << 32) | ((ulong)a[4] << 24) | ((ulong)a[5] << 16);

    private static int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> 52);
}
