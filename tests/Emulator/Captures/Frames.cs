using System.Buffers.Binary;

namespace IoTNet.Emulator.Tests;

/// <summary>Frames made by hand, byte for byte as their specifications say; station n has 02:00:00:00:00:0n and 10.0.0.n.</summary>
internal static class Frames
{
    public static byte[] Ethernet(int to, int from, int type, params byte[] payload) =>
        [.. Mac(to), .. Mac(from), (byte)(type >> 8), (byte)type, .. payload];

    /// <summary>An ARP request (1) or reply (2).</summary>
    public static byte[] Arp(int operation, int from, int to) => Ethernet(
        operation == 1 ? 255 : to, from, 0x0806,
        [0, 1, 8, 0, 6, 4, 0, (byte)operation, .. Mac(from), .. Ip(from), .. (operation == 1 ? new byte[6] : Mac(to)), .. Ip(to)]);

    public static byte[] IPv4(int from, int to, int protocol, byte[] payload, int fragment = 0) => Ethernet(
        to, from, 0x0800,
        [0x45, 0, .. U16(20 + payload.Length), 0x12, 0x34, .. U16(fragment), 64, (byte)protocol, 0, 0, .. Ip(from), .. Ip(to), .. payload]);

    public static byte[] IPv6(int from, int to, int next, params byte[] payload) => Ethernet(
        to, from, 0x86DD, [0x60, 0, 0, 0, .. U16(payload.Length), (byte)next, 255, .. Ip6(from), .. Ip6(to), .. payload]);

    public static byte[] Udp(int from, int to, int fromPort, int toPort, params byte[] payload) => IPv4(
        from, to, 17, [.. U16(fromPort), .. U16(toPort), .. U16(8 + payload.Length), 0, 0, .. payload]);

    public static byte[] Tcp(
        int from, int to, TcpFlags flags, uint sequence, uint acknowledgment, int bytes = 0, int fromPort = 49153, int toPort = 7,
        int window = 5744, params byte[] options) => IPv4(from, to, 6,
        [
            .. U16(fromPort), .. U16(toPort), .. U32(sequence), .. U32(acknowledgment), (byte)((5 + (options.Length / 4)) << 4),
            (byte)flags, .. U16(window), 0, 0, 0, 0, .. options, .. new byte[bytes],
        ]);

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] Ip6(int id) => [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)id];

    private static byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Mac(int id) => id == 255 ? [255, 255, 255, 255, 255, 255] : [2, 0, 0, 0, 0, (byte)id];

    private static byte[] Ip(int id) => id == 255 ? [255, 255, 255, 255] : [10, 0, 0, (byte)id];
}
