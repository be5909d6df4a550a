using RawAddress = System.Net.SocketAddress;
using RawSocket = System.Net.Sockets.Socket;

namespace IoTNet.Bench;

/// <summary>System.Net.Sockets as it is, called the cheapest way that it has.</summary>
internal static class RawWires
{
    private static readonly System.Net.IPEndPoint s_any = new(System.Net.IPAddress.Loopback, 0);

    public static WirePair Tcp()
    {
        using var listener = new RawSocket(System.Net.Sockets.AddressFamily.InterNetwork,
            System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        listener.Bind(s_any);
        listener.Listen(1);
        var near = new RawSocket(System.Net.Sockets.AddressFamily.InterNetwork,
            System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
        near.Connect(listener.LocalEndPoint!);
        var far = listener.Accept();
        far.NoDelay = true;
        return new WirePair(new Stream(near), new Stream(far));
    }

    public static WirePair Udp()
    {
        var near = BoundUdp();
        var far = BoundUdp();
        return new WirePair(new Datagrams(near, far), new Datagrams(far, near));
    }

    private static RawSocket BoundUdp()
    {
        var socket = new RawSocket(System.Net.Sockets.AddressFamily.InterNetwork,
            System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp);
        socket.Bind(s_any);
        return socket;
    }

    private sealed class Stream(RawSocket socket) : Wire
    {
        public override int Send(byte[] buffer, int offset, int count) =>
            socket.Send(buffer, offset, count, System.Net.Sockets.SocketFlags.None);

        public override int Receive(byte[] buffer, int offset, int count)
        {
            try
            {
                return socket.Receive(buffer, offset, count, System.Net.Sockets.SocketFlags.None);
            }
            catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                return 0;
            }
        }

        public override void Dispose() => socket.Dispose();
    }

    private sealed class Datagrams(RawSocket socket, RawSocket peer) : Wire
    {
        private readonly RawAddress _to = peer.LocalEndPoint!.Serialize();
        private readonly RawAddress _from = new(System.Net.Sockets.AddressFamily.InterNetwork);

        public override int Send(byte[] buffer, int offset, int count) =>
            socket.SendTo(buffer.AsSpan(offset, count), System.Net.Sockets.SocketFlags.None, _to);

        public override int Receive(byte[] buffer, int offset, int count)
        {
            try
            {
                return socket.ReceiveFrom(buffer.AsSpan(offset, count), System.Net.Sockets.SocketFlags.None, _from);
            }
            catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                return 0;
            }
        }

        public override void Dispose() => socket.Dispose();
    }
}
