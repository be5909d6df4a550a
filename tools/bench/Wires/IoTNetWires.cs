namespace IoTNet.Bench;

/// <summary>IoTNet.Socket on a stack, through the Try forms.</summary>
internal static class IoTNetWires
{
    private static readonly IPEndPoint s_any = new(IPAddress.Loopback, 0);

    public static WirePair Tcp(NetworkStack stacks)
    {
        Connect(stacks, out var near, out var far);
        return new WirePair(new Stream(near), new Stream(far));
    }

    public static void Connect(NetworkStack stacks, out Socket near, out Socket far)
    {
        using var listener = new Socket(stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(s_any);
        listener.Listen(1);
        near = new Socket(stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        near.Connect(listener.LocalEndPoint);
        far = listener.Accept();
        near.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
        far.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
    }

    public static WirePair Udp(NetworkStack stacks)
    {
        var near = BoundUdp(stacks);
        var far = BoundUdp(stacks);
        return new WirePair(new Datagrams(near, far), new Datagrams(far, near));
    }

    public static Socket BoundUdp(NetworkStack stacks)
    {
        var socket = new Socket(stacks, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(s_any);
        return socket;
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
