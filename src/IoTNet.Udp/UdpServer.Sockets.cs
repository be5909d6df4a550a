using System;

namespace IoTNet
{
    // The sockets of a server: one for each address, so that each answers from its own.
    public sealed partial class UdpServer
    {
        // Port 0: how often all sockets are made anew because another program has the port on one of the addresses.
        private const int PortAttempts = 16;

        /// <summary>Opens the sockets of a server on the current board.</summary>
        /// <param name="host">The address or name to serve. 0.0.0.0: a socket for each IPv4 address that the board has now; ::
        /// one socket that tells for each datagram where it was sent to, or where the stack cannot, a socket for each
        /// IPv6 address; null: both. A stack that cannot list its addresses gets a socket on 0.0.0.0 itself.</param>
        /// <param name="port">The port; 0 = one free port, the same for all of them.</param>
        /// <returns>At least one socket, bound. On Linux, one that is bound to an address does not get broadcasts.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The port is outside 0..65535.</exception>
        /// <exception cref="DnsException">There is no such name.</exception>
        /// <exception cref="SocketException">EADDRINUSE; EADDRNOTAVAIL: not an address of this board; EACCES; ENFILE: there are
        /// more addresses than free sockets. Nothing stays open.</exception>
        public static Socket[] Sockets(string host, int port)
        {
            return Sockets(NetworkStack.Current, host, port);
        }

        /// <summary>Opens the sockets of a server on a given board.</summary>
        /// <param name="stacks">The board's stacks. A name is looked up on the current board.</param>
        /// <param name="host">As in the other form.</param>
        /// <param name="port">As there.</param>
        /// <returns>As there.</returns>
        public static Socket[] Sockets(NetworkStack stacks, string host, int port)
        {
            if (stacks == null)
            {
                throw new ArgumentNullException(nameof(stacks));
            }

            if (port < 0 || port > 65535)
            {
                throw new ArgumentOutOfRangeException(nameof(port), "port must be 0-65535, not " + port.ToString() + ".");
            }

            IPAddress[] addresses = Addresses(stacks, host);
            for (int attempt = 1; ; attempt++)
            {
                Socket[] sockets = new Socket[addresses.Length];
                bool done = false;
                try
                {
                    int count = Open(stacks, addresses, port, sockets);
                    done = true;
                    Socket[] opened = new Socket[count];
                    Array.Copy(sockets, 0, opened, 0, count);
                    return opened;
                }
                catch (SocketException e) when (e.Errno == Errno.EADDRINUSE && port == 0 && addresses.Length > 1 && attempt < PortAttempts)
                {
                    // The next attempt draws another port.
                }
                finally
                {
                    for (int i = 0; i < sockets.Length && !done && sockets[i] != null; i++)
                    {
                        sockets[i].Close();
                    }
                }
            }
        }

        // An address whose family the stack does not have, or that went away since it was listed, is left out unless it is the last.
        private static int Open(NetworkStack stacks, IPAddress[] addresses, int port, Socket[] sockets)
        {
            int count = 0;
            for (int i = 0; i < addresses.Length; i++)
            {
                try
                {
                    sockets[count] = new Socket(stacks, addresses[i].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                    Bind(sockets[count], new IPEndPoint(addresses[i], port));
                    port = ((IPEndPoint)sockets[count].LocalEndPoint).Port;
                    count++;
                }
                catch (SocketException e) when ((e.Errno == Errno.EAFNOSUPPORT || e.Errno == Errno.EADDRNOTAVAIL) &&
                    (count > 0 || i + 1 < addresses.Length))
                {
                    sockets[count]?.Close();
                    sockets[count] = null;
                }
            }

            return count;
        }

        private static void Bind(Socket socket, IPEndPoint address)
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                // So that the sockets of both families can have one port. A stack without the options has no need of them.
                byte[] on = { 1, 0, 0, 0 };
                socket.TrySetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.IPv6Only, on, on.Length);
                if (address.Address == IPAddress.IPv6Any)
                {
                    socket.TrySetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, on, on.Length);
                }
            }

            socket.Bind(address);
        }

        private static IPAddress[] Addresses(NetworkStack stacks, string host)
        {
            // AI_PASSIVE: no host is every address of both families.
            IPAddress[] found = Resolver.Default.GetAddresses(host == "" || host == "*" ? null : host, AddressFamily.Unspecified,
                AddressInfoFlags.Passive, Resolver.DefaultTimeoutMs);
            IPAddress[] all = new IPAddress[0];
            for (int i = 0; i < found.Length; i++)
            {
                IPAddress address = found[i];
                bool isAny = address == IPAddress.Any || (address == IPAddress.IPv6Any && !CanChooseSource(stacks));
                IPAddress[] own = isAny ? Own(stacks, address.AddressFamily) : all;
                all = Append(all, isAny && own.Length > 0 ? own : new IPAddress[] { address });
            }

            return all;
        }

        // Asked without a destination, so that nothing is sent: a stack that takes the control data misses the destination.
        private static bool CanChooseSource(NetworkStack stacks)
        {
            try
            {
                using (Socket socket = new Socket(stacks, AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp))
                {
                    SocketMessage message = new SocketMessage(1) { Flags = SocketFlags.DontWait };
                    message.Add(new byte[1]);
                    message.AddControl(new ControlMessage(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, new byte[20]));
                    return socket.TrySendMsg(message) != -(int)Errno.EOPNOTSUPP;
                }
            }
            catch (SocketException)
            {
                // No IPv6, or no socket left: opening the server's will say so.
                return true;
            }
        }

        // None when the stack cannot tell.
        private static IPAddress[] Own(NetworkStack stacks, AddressFamily family)
        {
            IPAddress[] all = List(stacks.Network as ILocalAddresses);
            if (all.Length > 0 && !stacks.Network.HasLoopback)
            {
                all = Append(all, List(stacks.Local as ILocalAddresses));
            }

            int count = 0;
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].AddressFamily == family)
                {
                    all[count++] = all[i];
                }
            }

            IPAddress[] own = new IPAddress[count];
            Array.Copy(all, 0, own, 0, count);
            return own;
        }

        private static IPAddress[] List(ILocalAddresses stack)
        {
            IPAddress[] addresses = new IPAddress[0];
            int count = stack == null ? 0 : stack.GetLocalAddresses(addresses);
            while (count != addresses.Length)
            {
                // They may change between two looks.
                addresses = new IPAddress[count];
                count = stack.GetLocalAddresses(addresses);
            }

            return addresses;
        }

        private static IPAddress[] Append(IPAddress[] first, IPAddress[] second)
        {
            IPAddress[] both = new IPAddress[first.Length + second.Length];
            Array.Copy(first, 0, both, 0, first.Length);
            Array.Copy(second, 0, both, first.Length, second.Length);
            return both;
        }
    }
}
