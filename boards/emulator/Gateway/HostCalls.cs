using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

/// <summary>The calls of the host's C library that devices at the edge of the network need.</summary>
internal static unsafe partial class HostCalls
{
    /// <summary>POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP of poll(2).</summary>
    internal const short PollIn = 1, PollPri = 2, PollOut = 4, PollErr = 8, PollHup = 16;

    /// <summary>Room for any sockaddr of IPv4 or IPv6.</summary>
    internal const int AddressRoom = 28;

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "listen")]
    internal static partial int Listen(int descriptor, int backlog);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    internal static partial int GetSocketName(int descriptor, byte* address, uint* length);

    /// <summary>Writes a Linux sockaddr_in or sockaddr_in6.</summary>
    /// <returns>Its length.</returns>
    internal static uint WriteAddress(IPEndPoint endPoint, byte* target)
    {
        Span<byte> bytes = new(target, AddressRoom);
        bytes.Clear();
        bool v6 = endPoint.AddressFamily == AddressFamily.InterNetworkV6;
        MemoryMarshal.Write(bytes, (ushort)(v6 ? 10 : 2));
        bytes[2] = (byte)(endPoint.Port >> 8);
        bytes[3] = (byte)endPoint.Port;
        endPoint.Address.GetAddressBytes().CopyTo(bytes[(v6 ? 8 : 4)..]);
        if (v6)
        {
            MemoryMarshal.Write(bytes[24..], (uint)endPoint.Address.ScopeId);
        }

        return v6 ? 28u : 16u;
    }

    /// <summary>Reads the port of a Linux sockaddr.</summary>
    internal static int ReadPort(byte* address)
    {
        return (address[2] << 8) | address[3];
    }
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    internal int Descriptor;
    internal short Events;
    internal short Result;
}
