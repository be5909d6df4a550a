using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IoTNet.Emulator;

/// <summary>The sum of the Internet checksum (RFC 1071), 32 bytes at a time. lwIP has ports bring their own (LWIP_CHKSUM),
/// as its built-in one takes two bytes at a time, which is a quarter of all that a stream costs here.</summary>
internal static unsafe class InternetChecksum
{
    /// <summary>For lwIP: u16_t lwip_standard_chksum(const void *dataptr, int len).</summary>
    internal static nint Function => (nint)(delegate* unmanaged[Cdecl]<byte*, int, ushort>)&Sum;

    /// <summary>Adds up 16-bit words with end-around carry, in the machine's byte order, a last odd byte with a zero after
    /// it.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The sum, not inverted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ushort Sum(ReadOnlySpan<byte> bytes)
    {
        // RFC 1071 2 (B), (C): any order and any width add up to the same, as long as carries come back in. Words of 32 bits
        // in lanes of 64 have room for all carries.
        ref byte at = ref MemoryMarshal.GetReference(bytes);
        ulong sum = 0;
        if (Vector256.IsHardwareAccelerated && bytes.Length >= Vector256<byte>.Count)
        {
            Vector256<ulong> even = Vector256<ulong>.Zero, odd = even, low = Vector256.Create((ulong)uint.MaxValue);
            int whole = bytes.Length & -Vector256<byte>.Count;
            for (int i = 0; i < whole; i += Vector256<byte>.Count)
            {
                Vector256<ulong> words = Vector256.LoadUnsafe(ref at, (nuint)i).AsUInt64();
                even += words & low;
                odd += words >>> 32;
            }

            sum = Vector256.Sum(even + odd);
            bytes = bytes[whole..];
        }

        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            sum += MemoryMarshal.Read<uint>(bytes);
        }

        if (bytes.Length >= 2)
        {
            sum += MemoryMarshal.Read<ushort>(bytes);
            bytes = bytes[2..];
        }

        if (bytes.Length > 0)
        {
            sum += BitConverter.IsLittleEndian ? bytes[0] : (uint)bytes[0] << 8;
        }

        sum = (sum & 0xFFFFFFFF) + (sum >> 32);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)((sum & 0xFFFF) + (sum >> 16));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ushort Sum(byte* bytes, int count)
    {
        return Sum(new ReadOnlySpan<byte>(bytes, Math.Max(0, count)));
    }
}
