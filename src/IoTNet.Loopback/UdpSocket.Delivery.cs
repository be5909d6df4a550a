namespace IoTNet
{
    /// <content>Who gets a datagram.</content>
    internal sealed partial class UdpSocket
    {
        // Broadcast or multicast, time to live, destination address.
        public const int AncillaryBytes = 2 + HostAddress.Size;

        private const int DestinationOffset = 2;

        // The flags' bits lie in the second byte.
        private const int KindShift = 8;

        protected override byte[] Ancillary => Network.Ancillary;

        protected override void OnTaken(ref Transfer data)
        {
            byte[] ancillary = Ancillary;
            SocketFlags kind = (SocketFlags)(ancillary[0] << KindShift);
            data.Seen |= kind;
            if (data.Message != null)
            {
                AddControls(data.Message, HostAddress.Read(ancillary, DestinationOffset), kind, ancillary[1]);
            }
        }

        private void Deliver(ref Transfer data, HostAddress destination, int port, HostAddress source)
        {
            bool isMulticast = destination.IsMulticast;
            SocketFlags kind = isMulticast ? SocketFlags.Multicast : destination.IsBroadcast ? SocketFlags.Broadcast : SocketFlags.None;
            byte[] ancillary = Ancillary;
            ancillary[0] = (byte)((int)kind >> KindShift);
            ancillary[1] = (byte)(isMulticast ? Binding.Options.MulticastTimeToLive : Binding.Options.TimeToLive);
            destination.CopyTo(ancillary, DestinationOffset);
            if (kind != SocketFlags.None)
            {
                DeliverToAll(ref data, destination, isMulticast, port, source);
                return;
            }

            UdpSocket receiver = FindReceiver(destination, port, source);
            if (receiver != null)
            {
                receiver.Take(ref data, source, Binding.LocalPort);
            }
            else if (Binding.HasRemote && destination.Is(Binding.Remote) && port == Binding.RemotePort)
            {
                // RFC 1122 4.1.3.3: port unreachable is told to a connected socket, with its next call.
                PendingError = (int)Errno.ECONNREFUSED;
                Waits.Wake(Wakes.Everything);
            }
        }

        // The socket that fits best, of equal ones the one that was bound last (as on Linux).
        private UdpSocket FindReceiver(HostAddress destination, int port, HostAddress source)
        {
            UdpSocket best = null;
            int bestFit = 0;
            for (IPBinding binding = Network.UdpPorts.First(port); binding != null; binding = binding.Next)
            {
                int fit = binding.LocalPort == port ? FitOf(binding, destination, source) : 0;
                if (fit > bestFit)
                {
                    best = (UdpSocket)binding.Owner;
                    bestFit = fit;
                }
            }

            return best;
        }

        private void DeliverToAll(ref Transfer data, HostAddress destination, bool isMulticast, int port, HostAddress source)
        {
            if (isMulticast && !Binding.Options.MulticastLoopback)
            {
                return;
            }

            for (IPBinding binding = Network.UdpPorts.First(port); binding != null; binding = binding.Next)
            {
                UdpSocket receiver = (UdpSocket)binding.Owner;
                if (binding.LocalPort == port && receiver.Wants(destination, isMulticast, source, Binding.LocalPort))
                {
                    receiver.Take(ref data, source, Binding.LocalPort);
                }
            }
        }

        // A connected socket hears its peer only, and of its peer before all others.
        private int FitOf(IPBinding binding, HostAddress destination, HostAddress source)
        {
            int fit = binding.Fit(destination);
            if (fit == 0 || !binding.HasRemote)
            {
                return fit;
            }

            return binding.Remote.Is(source) && binding.RemotePort == Binding.LocalPort ? fit + 8 : 0;
        }

        // A broadcast reaches sockets bound to its address or to "any"; a multicast
        // members of the group that are bound to the group or to "any".
        private bool Wants(HostAddress destination, bool isMulticast, HostAddress source, int sourcePort)
        {
            if (Binding.HasRemote && !(Binding.Remote.Is(source) && Binding.RemotePort == sourcePort))
            {
                return false;
            }

            return Binding.Fit(destination) > 0 && (!isMulticast || FindGroup(destination) >= 0);
        }

        private void Take(ref Transfer data, HostAddress source, int sourcePort)
        {
            source.CopyTo(Stack.Sender, Family, sourcePort);
            Enqueue(ref data);
        }
    }
}
