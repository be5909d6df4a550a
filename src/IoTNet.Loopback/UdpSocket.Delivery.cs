namespace IoTNet
{
    /// <content>Who gets a datagram.</content>
    internal sealed partial class UdpSocket
    {
        private void Deliver(ref Transfer data, HostAddress destination, int port, HostAddress source)
        {
            Envelope envelope = Stack.Envelope;
            envelope.Destination = destination;
            envelope.TimeToLive = Binding.Options.TimeToLive;
            envelope.Kind = SocketFlags.None;
            if (destination.IsMulticast)
            {
                envelope.TimeToLive = Binding.Options.MulticastTimeToLive;
                envelope.Kind = SocketFlags.Multicast;
            }
            else if (destination.IsBroadcast)
            {
                envelope.Kind = SocketFlags.Broadcast;
            }

            if (envelope.Kind != SocketFlags.None)
            {
                DeliverToAll(ref data, port, source);
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
            for (IPBinding binding = Stack.UdpPorts.First(port); binding != null; binding = binding.Next)
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

        private void DeliverToAll(ref Transfer data, int port, HostAddress source)
        {
            Envelope envelope = Stack.Envelope;
            if (envelope.Kind == SocketFlags.Multicast && !Binding.Options.MulticastLoopback)
            {
                return;
            }

            for (IPBinding binding = Stack.UdpPorts.First(port); binding != null; binding = binding.Next)
            {
                UdpSocket receiver = (UdpSocket)binding.Owner;
                if (binding.LocalPort == port && receiver.Wants(envelope, source, Binding.LocalPort))
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
        private bool Wants(Envelope envelope, HostAddress source, int sourcePort)
        {
            bool isBoundToIt = Binding.Fit(envelope.Destination) > 0;
            if (Binding.HasRemote && !(Binding.Remote.Is(source) && Binding.RemotePort == sourcePort))
            {
                return false;
            }

            return isBoundToIt && (envelope.Kind == SocketFlags.Broadcast || FindGroup(envelope.Destination) >= 0);
        }

        private void Take(ref Transfer data, HostAddress source, int sourcePort)
        {
            source.CopyTo(Stack.Envelope.Source, Family, sourcePort);
            Enqueue(ref data, Stack.Envelope, true);
        }
    }
}
