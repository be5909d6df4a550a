using System.Net.Sockets;
using Net = System.Net;

namespace IoTNet.Tests.Dns;

/// <summary>A server that answers as a test wants, on 127.0.0.1, UDP and TCP with the same port. It lives for one test.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly UdpClient _udp;
    private readonly TcpListener? _tcp;
    private readonly List<Thread> _threads = [];
    private volatile Exception? _failure;

    /// <param name="onUdp">Answers a datagram by calling Reply, as often as it likes.</param>
    /// <param name="onTcp">Gives the answer to a message by TCP; null = there is no TCP.</param>
    public FakeServer(Action<Call> onUdp, Func<Message, byte[]>? onTcp = null)
    {
        // A TCP port of the system's choice whose UDP twin is free too: another one is chosen until it is.
        for (int tries = 0; ; tries++)
        {
            _tcp = onTcp == null ? null : new TcpListener(Net.IPAddress.Loopback, 0);
            _tcp?.Start();
            try
            {
                _udp = new UdpClient(new Net.IPEndPoint(Net.IPAddress.Loopback, ((Net.IPEndPoint?)_tcp?.LocalEndpoint)?.Port ?? 0));
                break;
            }
            catch (System.Net.Sockets.SocketException) when (tries < 20)
            {
                _tcp?.Stop();
            }
        }

        EndPoint = new IPEndPoint(IPAddress.Loopback, ((Net.IPEndPoint)_udp.Client.LocalEndPoint!).Port);
        Start(() => ServeUdp(onUdp));
        if (onTcp != null)
        {
            Start(() => ServeTcp(onTcp));
        }
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Every question by UDP, as it came.</summary>
    public List<Message> Queries { get; } = [];

    public int TcpQueries { get; private set; }

    /// <summary>One datagram that came.</summary>
    public sealed record Call(Message Query, int Number, Action<byte[]> Reply, Action<byte[]> ReplyFromElsewhere);

    public void Dispose()
    {
        _udp.Dispose();
        _tcp?.Stop();
        _threads.ForEach(t => Assert.IsTrue(t.Join(10_000), "the server hangs"));
        Assert.IsNull(_failure, "on the server: " + _failure);
    }

    private void Start(Action serve)
    {
        Thread thread = new(() =>
        {
            try
            {
                serve();
            }
            catch (Exception e) when (e is System.Net.Sockets.SocketException or InvalidOperationException or IOException)
            {
                // Disposed: the end of the test.
            }
            catch (Exception e)
            {
                _failure = e;
            }
        });
        thread.Start();
        _threads.Add(thread);
    }

    private void ServeUdp(Action<Call> onUdp)
    {
        using UdpClient elsewhere = new(new Net.IPEndPoint(Net.IPAddress.Loopback, 0));
        while (true)
        {
            Net.IPEndPoint? from = null;
            byte[] datagram = _udp.Receive(ref from);
            if (datagram.Length == 0)
            {
                // What a receive gives when its socket is disposed.
                return;
            }

            Message query = new(datagram, from!.Port);
            lock (Queries)
            {
                Queries.Add(query);
            }

            onUdp(new Call(query, Queries.Count, b => _udp.Send(b, from), b => elsewhere.Send(b, from)));
        }
    }

    private void ServeTcp(Func<Message, byte[]> onTcp)
    {
        while (true)
        {
            using TcpClient client = _tcp!.AcceptTcpClient();
            client.ReceiveTimeout = 10_000;
            NetworkStream stream = client.GetStream();
            byte[] size = new byte[2];
            stream.ReadExactly(size);
            byte[] query = new byte[(size[0] << 8) | size[1]];
            stream.ReadExactly(query);
            TcpQueries++;
            byte[] answer = onTcp(new Message(query, 0));
            stream.Write([(byte)(answer.Length >> 8), (byte)answer.Length]);
            stream.Write(answer);
        }
    }
}
