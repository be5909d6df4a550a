#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Runtime.InteropServices;
using Net = System.Net;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // Between IoTNet's socket address and System.Net's. Beyond the first two bytes (the family, whose number and width
    // differ by system) the two have the same layout.
    internal static class HostAddress
    {
        private const int FamilySize = 2;

        [ThreadStatic]
        private static HostAddressBuffer t_sender;

        [ThreadStatic]
        private static HostAddressBuffer t_destination;

        // This thread's buffer for the address of who sent something.
        public static HostAddressBuffer ForSender()
        {
            HostAddressBuffer sender = t_sender ?? (t_sender = new HostAddressBuffer(AddressFamily.Unix));
            sender.Native.Size = HostAddressBuffer.MaxSize;
            return sender;
        }

        // This thread's copy of an address as the system wants it.
        public static Net.SocketAddress ForDestination(SocketAddress address)
        {
            HostAddressBuffer destination = t_destination;
            if (destination == null || destination.Family != address.Family)
            {
                destination = new HostAddressBuffer(address.Family);
                t_destination = destination;
            }

            destination.Set(address);
            return destination.Native;
        }

        public static Net.EndPoint ToEndPoint(SocketAddress address)
        {
            byte[] bytes = address.Buffer;
            switch (address.Family)
            {
                case AddressFamily.InterNetwork:
                    return new Net.IPEndPoint(new Net.IPAddress(new ReadOnlySpan<byte>(bytes, 4, 4)), address.Port);
                case AddressFamily.InterNetworkV6:
                    long scope = (uint)(bytes[24] | (bytes[25] << 8) | (bytes[26] << 16) | (bytes[27] << 24));
                    return new Net.IPEndPoint(new Net.IPAddress(new ReadOnlySpan<byte>(bytes, 8, 16), scope), address.Port);
                default:
                    HostAddressBuffer buffer = new HostAddressBuffer(address.Family);
                    buffer.Set(address);
                    return new HostEndPoint(buffer.Native);
            }
        }

        public static void Read(Net.EndPoint endPoint, AddressFamily family, SocketAddress address)
        {
            HostEndPoint raw = endPoint as HostEndPoint;
            Net.SocketAddress native = raw != null ? raw.Address : endPoint.Serialize();
            Read(native.Buffer.Span, native.Size, family, address);
        }

        public static void Read(ReadOnlySpan<byte> native, int size, AddressFamily family, SocketAddress address)
        {
            switch (family)
            {
                case AddressFamily.InterNetwork:
                    size = SocketAddress.IPv4Size;
                    break;
                case AddressFamily.InterNetworkV6:
                    size = SocketAddress.IPv6Size;
                    break;
                default:
                    size = UnixSize(native, size);
                    break;
            }

            // Nothing else is in an address that is as long already.
            if (address.Size != size || address.Family != family)
            {
                address.Reset(family, size);
            }

            native.Slice(FamilySize, size - FamilySize).CopyTo(new Span<byte>(address.Buffer, FamilySize, size - FamilySize));
        }

        // The system counts the end mark of a path, IoTNet does not; a socket without a name has no bytes at all.
        private static int UnixSize(ReadOnlySpan<byte> bytes, int size)
        {
            if (size <= FamilySize)
            {
                return FamilySize;
            }

            if (bytes[FamilySize] != 0)
            {
                int end = bytes.Slice(FamilySize, size - FamilySize).IndexOf((byte)0);
                size = end < 0 ? size : FamilySize + end;
            }

            return size < SocketAddress.MaxSize ? size : SocketAddress.MaxSize;
        }
    }

    // System.Net's socket address together with its bytes, which it gives only in a wrapping that costs.
    internal sealed class HostAddressBuffer
    {
        // sockaddr_storage: what .NET asks for at least.
        public const int MaxSize = 128;

        private const int FamilySize = 2;
        private readonly byte[] _bytes;

        public HostAddressBuffer(AddressFamily family)
        {
            Family = family;
            Native = new Net.SocketAddress((NetSockets.AddressFamily)family, MaxSize);
            ArraySegment<byte> bytes;
            _bytes = MemoryMarshal.TryGetArray(Native.Buffer, out bytes) ? bytes.Array : throw new PlatformNotSupportedException();
        }

        public AddressFamily Family { get; }

        public Net.SocketAddress Native { get; }

        public void Set(SocketAddress address)
        {
            if (address.Size == SocketAddress.MaxSize && address.Buffer[FamilySize] != 0)
            {
                // Linux takes it and adds the end mark; the address is then longer than sockaddr_un, which .NET cannot read.
                throw new ArgumentException("AF_UNIX path too long: 108 bytes, at most 107 fit.");
            }

            Native.Size = address.Size;
            new ReadOnlySpan<byte>(address.Buffer, FamilySize, address.Size - FamilySize).CopyTo(new Span<byte>(_bytes, FamilySize, MaxSize - FamilySize));
        }

        public void Get(AddressFamily family, SocketAddress address)
        {
            HostAddress.Read(_bytes, Native.Size, family, address);
        }
    }

    // An address of which .NET knows nothing but its bytes: System.Net's UnixDomainSocketEndPoint would lose undecodable
    // paths and remove files behind the user's back.
    internal sealed class HostEndPoint : Net.EndPoint
    {
        public HostEndPoint(Net.SocketAddress address)
        {
            Address = address;
        }

        public Net.SocketAddress Address { get; }

        public override NetSockets.AddressFamily AddressFamily => Address.Family;

        public override Net.SocketAddress Serialize()
        {
            return Address;
        }

        public override Net.EndPoint Create(Net.SocketAddress socketAddress)
        {
            Net.SocketAddress copy = new Net.SocketAddress(NetSockets.AddressFamily.Unix, socketAddress.Size < 2 ? 2 : socketAddress.Size);
            socketAddress.Buffer.Span.Slice(0, socketAddress.Size).CopyTo(copy.Buffer.Span);
            return new HostEndPoint(copy);
        }
    }
}
#endif
