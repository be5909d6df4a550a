namespace IoTNet.Bench;

/// <summary>IoTNet.Socket on a stack, through the Try forms.</summary>
internal static class IoTNetWires
{
    public static WirePair Tcp(Ends ends)
    {
        Connect(ends, out var near, out var far);
        return new WirePair(new Stream(near), new Stream(far));
    }

    public static void Connect(Ends ends, out Socket near, out Socket far)
    {
        using var listener = new Socket(ends.Far, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(ends.FarAddress, 0));
        listener.Listen(1);
        near = new Socket(ends.Near, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        near.Connect(listener.LocalEndPoint);
        far = listener.Accept();
        near.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
        far.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
    }

    public static WirePair Udp(Ends ends)
    {
        BindUdp(ends, out var near, out var far);
        return new WirePair(new Datagrams(near, far), new Datagrams(far, near));
    }

    public static void BindUdp(Ends ends, out Socket near, out Socket far)
    {
        near = new Socket(ends.Near, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        near.Bind(new IPEndPoint(ends.NearAddress, 0));
        far = new Socket(ends.Far, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        far.Bind(new IPEndPoint(ends.FarAddress, 0));
    }

    private sealed class Stream(Socket socket) : Wire
    {
        public override int Send(byte[] buffer, int offset, int count) =>
            socket.TrySend(buffer, offset, count, SocketFlags.None);

        public override int Receive(byte[] buffer, int offset, int count) =>
            Math.Max(0, socket.TryReceive(buffer, offset, count, SocketFlags.None));

        public override void Dispose() => socket.Close();
    }

    private sealed class Datagrams(Socket socket, Socket peer) : Wire
    {
        private readonly SocketAddress _to = peer.LocalEndPoint.Serialize();
        private readonly SocketAddress _from = new();

        public override int Send(byte[] buffer, int offset, int count) =>
            socket.TrySendTo(buffer, offset, count, SocketFlags.None, _to);

        public override int Receive(byte[] buffer, int offset, int count)
        {
            var flags = SocketFlags.None;
            return Math.Max(0, socket.TryReceiveFrom(buffer, offset, count, ref flags, _from));
        }

        public override void Dispose() => socket.Close();
    }
}
