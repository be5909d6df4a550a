using System.Collections;
using NanoSurface.Footprint;
using NetSocket = System.Net.Sockets.Socket;

namespace IoTNet.Cli;

/// <summary>What objects of .NET's own classes are on a device: other classes of the same names.</summary>
/// <remarks>Fields as in nanoFramework's sources: System.Net (Socket, IPEndPoint, IPAddress), System.Collections (Hashtable) and
/// CoreLibrary (ArrayList, AutoResetEvent, ManualResetEvent, Thread, Random). What the firmware has beside them, lwIP's own records for one, is not of
/// the interpreter's heap.</remarks>
internal static class DeviceTypes
{
    // CLR_RT_HeapBlock_Finalizer: a block, the object and the method.
    private static readonly int s_finalizer = HeapBlocks.Rounded(HeapBlocks.BlockBytes + 8);

    // Two fields; the address has four, one of which is a ushort[8].
    private static readonly int s_endPoint = HeapBlocks.Object(2) + HeapBlocks.Object(4) + HeapBlocks.Array(2, 8);

    /// <summary>Of the object alone, without what its elements take.</summary>
    /// <exception cref="InvalidOperationException">It is not known.</exception>
    public static int BytesOf(object found) => found switch
    {
        // Seven fields and a finalizer. A bound datagram socket keeps its end point; an accepted one shares its listener's.
        NetSocket socket => HeapBlocks.Object(7) + s_finalizer
            + (socket is { SocketType: System.Net.Sockets.SocketType.Dgram, IsBound: true } ? s_endPoint : 0),
        System.Net.IPEndPoint => s_endPoint,
        System.Net.IPAddress => s_endPoint - HeapBlocks.Object(2),
        ArrayList list => HeapBlocks.Object(3) + HeapBlocks.Array(HeapBlocks.BlockBytes, list.Capacity),
        Hashtable table => HeapBlocks.Object(6) + HeapBlocks.Array(HeapBlocks.BlockBytes, BucketsFor(table.Count))
            + (table.Count * HeapBlocks.Object(3)),
        AutoResetEvent or ManualResetEvent => HeapBlocks.Object(0),
        Thread => HeapBlocks.Object(5),
        Random => HeapBlocks.Object(1) + HeapBlocks.Object(1),
        _ when found.GetType() == typeof(object) => HeapBlocks.Object(0),
        _ => throw new InvalidOperationException(
            $"what {found.GetType().FullName} takes on a device is not known; add it to DeviceTypes in tools/iotnet"),
    };

    // It begins with four chains, and has twice as many when two entries to each are reached.
    private static int BucketsFor(int entries)
    {
        var buckets = 4;
        while (entries / buckets >= 2)
        {
            buckets *= 2;
        }
        return buckets;
    }

    /// <summary>Structs that the interpreter keeps in a field's block.</summary>
    public static bool FitsABlock(Type type) => type == typeof(DateTime) || type == typeof(TimeSpan);
}
