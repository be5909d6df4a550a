#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using Net = System.Net;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // Between IoTNet's socket address and System.Net's. Beyond the first two bytes (the family, whose number and width
    // differ by system) the two have the same layout.
    internal static class HostAddress
    {
        private const int FamilySize = 2;

        // What .NET asks for at least; sockaddr_storage.
        private const int NativeMaxSize = 128;

        [ThreadStatic]
        private static Net.SocketAddress t_sender;

        [ThreadStatic]
        private static Net.SocketAddress t_inet;

        [ThreadStatic]
        private static Net.SocketAddress t_inet6;

        [ThreadStatic]
        private static Net.SocketAddress t_unix;

        // This thread's buffer for the address of who sent something.
        public static Net.SocketAddress ForSender()
        {
            Net.SocketAddress sender = t_sender ?? (t_sender = new Net.SocketAddress(NetSockets.AddressFamily.Unix, NativeMaxSize));
            sender.Size = NativeMaxSize;
            return sender;
        }

        // This thread's copy of an address as the system wants it.
        public static Net.SocketAddress ForDestination(SocketAddress address)
        {
            Net.SocketAddress native;
            switch (address.Family)
            {
                case AddressFamily.InterNetwork:
                    native = t_inet ?? (t_inet = new Net.SocketAddress(NetSockets.AddressFamily.InterNetwork));
                    break;
                case AddressFamily.InterNetworkV6:
                    native = t_inet6 ?? (t_inet6 = new Net.SocketAddress(NetSockets.AddressFamily.InterNetworkV6));
                    break;
                default:
                    native = t_unix ?? (t_unix = new Net.SocketAddress(NetSockets.AddressFamily.Unix, NativeMaxSize));
                    break;
            }

            CopyTo(address, native);
            return native;
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
                    Net.SocketAddress native = new Net.SocketAddress((NetSockets.AddressFamily)address.Family, NativeMaxSize);
                    CopyTo(address, native);
                    return new HostEndPoint(native);
            }
        }

        public static void Read(Net.EndPoint endPoint, AddressFamily family, SocketAddress address)
        {
            HostEndPoint raw = endPoint as HostEndPoint;
            Read(raw != null ? raw.Address : endPoint.Serialize(), family, address);
        }

        public static void Read(Net.SocketAddress native, AddressFamily family, SocketAddress address)
        {
            ReadOnlySpan<byte> bytes = native.Buffer.Span;
            int size = native.Size;
            if (family == AddressFamily.Unix)
            {
                size = UnixSize(bytes, size);
            }
            else
            {
                size = family == AddressFamily.InterNetwork ? SocketAddress.IPv4Size : SocketAddress.IPv6Size;
            }

            address.Reset(family, size);
            bytes.Slice(FamilySize, size - FamilySize).CopyTo(new Span<byte>(address.Buffer, FamilySize, size - FamilySize));
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

        private static void CopyTo(SocketAddress address, Net.SocketAddress native)
        {
            if (address.Size == SocketAddress.MaxSize && address.Buffer[FamilySize] != 0)
            {
                // Linux takes it and adds the end mark; the address is then longer than sockaddr_un, which .NET cannot read.
                throw new ArgumentException("AF_UNIX path too long: 108 bytes, at most 107 fit.");
            }

            native.Size = address.Size;
            new ReadOnlySpan<byte>(address.Buffer, FamilySize, address.Size - FamilySize).CopyTo(native.Buffer.Span.Slice(FamilySize));
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
