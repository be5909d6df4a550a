#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using System;
using Net = System.Net;

namespace IoTNet.Boards
{
    // Between IoTNet's socket address and nanoFramework's end points.
    internal sealed class NanoAddress
    {
        private readonly SocketAddress _address = new SocketAddress();

        private NanoAddress(SocketAddress address)
        {
            _address.CopyFrom(address);
            EndPoint = ToEndPoint(address);
        }

        public Net.IPEndPoint EndPoint { get; }

        // The end point of an address, made anew only when it is another one than last time.
        public static NanoAddress Of(SocketAddress address, NanoAddress last)
        {
            return last != null && last._address.Equals(address) ? last : new NanoAddress(address);
        }

        public static Net.IPEndPoint ToEndPoint(SocketAddress address)
        {
            byte[] bytes = address.Buffer;
            if (address.Family == AddressFamily.InterNetwork)
            {
                long number = bytes[4] | ((long)bytes[5] << 8) | ((long)bytes[6] << 16) | ((long)bytes[7] << 24);
                return new Net.IPEndPoint(number, address.Port);
            }

            byte[] v6 = new byte[16];
            Array.Copy(bytes, 8, v6, 0, 16);
            long scope = bytes[24] | ((long)bytes[25] << 8) | ((long)bytes[26] << 16) | ((long)bytes[27] << 24);
            return new Net.IPEndPoint(new Net.IPAddress(v6, scope), address.Port);
        }

        // False when it is no IP end point: a socket that has no such name.
        public static bool TryRead(Net.EndPoint endPoint, AddressFamily family, SocketAddress address)
        {
            Net.IPEndPoint ip = endPoint as Net.IPEndPoint;
            if (ip == null)
            {
                return false;
            }

            byte[] bytes = ip.Address.GetAddressBytes();
            if (family == AddressFamily.InterNetwork)
            {
                address.Reset(family, SocketAddress.IPv4Size);
                Array.Copy(bytes, 0, address.Buffer, 4, 4);
            }
            else
            {
                address.Reset(family, SocketAddress.IPv6Size);
                Array.Copy(bytes, 0, address.Buffer, 8, 16);
                for (int i = 0; i < 4; i++)
                {
                    address.Buffer[24 + i] = (byte)(ip.Address.ScopeId >> (8 * i));
                }
            }

            address.Port = ip.Port;
            return true;
        }
    }
}
#endif
