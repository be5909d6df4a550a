namespace IoTNet
{
    /// <summary>UDP (RFC 768): a datagram is delivered while it is sent, or dropped where there is no room.</summary>
    internal sealed partial class UdpSocket : DatagramSocket, IPortOwner
    {
        // 65,535 less the UDP header and, in IPv4, the IP header: the IPv6 header does not count (RFC 8200 3).
        private const int MaxIPv4Bytes = 65507;
        private const int MaxIPv6Bytes = 65527;

        public readonly IPBinding Binding;

        public UdpSocket(LoopbackStack stack, AddressFamily family)
            : base(stack, family)
        {
            Binding = new IPBinding(this, stack.UdpPorts);
        }

        private LoopbackStack Network => (LoopbackStack)Stack;

        // A datagram is always taken; without room at the receiver it is lost.
        protected override bool CanSend => true;

        public override int Bind(SocketAddress local)
        {
            return Binding.Bind(local, true);
        }

        public bool CanShareWith(MemorySocket other)
        {
            UdpSocket udp = (UdpSocket)other;
            return (CanReuseAddress && udp.CanReuseAddress) || (CanReusePort && udp.CanReusePort);
        }

        public override int Connect(SocketAddress remote, bool mayWait)
        {
            if (remote.Family == AddressFamily.Unspecified)
            {
                Binding.Disconnect();
                return 0;
            }

            int result = Binding.Resolve(remote, true, out HostAddress address);
            if (result < 0)
            {
                return result;
            }

            if (address.IsBroadcast && !CanBroadcast)
            {
                return -(int)Errno.EACCES;
            }

            result = Binding.BindAutomatically();
            if (result == 0)
            {
                Binding.Connect(address, remote.Port);
            }

            return result;
        }

        public override int Shutdown(SocketShutdown how)
        {
            if (!Binding.HasRemote)
            {
                return -(int)Errno.ENOTCONN;
            }

            EndHalves(how);
            return 0;
        }

        public override int Send(ref Transfer data)
        {
            if (IsClosed)
            {
                return -(int)Errno.EINTR;
            }

            // As on Linux, even a send that fails gives the socket a port.
            int result = Binding.BindAutomatically();
            if (result < 0)
            {
                return result;
            }

            result = Resolve(ref data, out HostAddress destination, out int port, out HostAddress source);
            if (result < 0)
            {
                return result;
            }

            int most = destination.IsIPv4 ? MaxIPv4Bytes : MaxIPv6Bytes;
            if (data.Count > most || data.Count > SendBuffer)
            {
                return -(int)Errno.EMSGSIZE;
            }

            int error = TakeError();
            if (error != 0)
            {
                return -error;
            }

            if (IsOutputEnded)
            {
                return -(int)Errno.EPIPE;
            }

            Deliver(ref data, destination, port, source);
            return data.Count;
        }

        public override void GetLocalAddress(SocketAddress local)
        {
            Binding.Local.CopyTo(local, Family, Binding.LocalPort);
        }

        public override int GetRemoteAddress(SocketAddress remote)
        {
            if (!Binding.HasRemote)
            {
                return -(int)Errno.ENOTCONN;
            }

            Binding.Remote.CopyTo(remote, Family, Binding.RemotePort);
            return 0;
        }

        protected override void OnClose()
        {
            Binding.Close();
            Records.Free();
            _groups = null;
            _groupCount = 0;
        }

        // Where a datagram goes, and where it comes from.
        private int Resolve(ref Transfer data, out HostAddress destination, out int port, out HostAddress source)
        {
            destination = Binding.Remote;
            port = Binding.RemotePort;
            source = default(HostAddress);
            if (data.Address == null)
            {
                if (!Binding.HasRemote)
                {
                    return -(int)Errno.EDESTADDRREQ;
                }
            }
            else
            {
                int result = Binding.Resolve(data.Address, true, out destination);
                port = data.Address.Port;
                if (result < 0)
                {
                    return result;
                }

                if (port == 0)
                {
                    return -(int)Errno.EINVAL;
                }
            }

            if (destination.IsBroadcast && !CanBroadcast)
            {
                return -(int)Errno.EACCES;
            }

            source = Binding.SourceFor(destination);
            return data.Message == null || data.Message.ControlCount == 0 ? 0 : ReadControls(data.Message, ref source);
        }
    }
}
