using IoTNet.Boards;

namespace IoTNet.Tests.Tls;

/// <summary>TLS sockets over a stack, and whether all of them were given back.</summary>
internal sealed class Link : IDisposable
{
    public const int PatienceMs = 20000;

    private readonly List<Socket> _sockets = [];
    private readonly Func<int> _countOpen;

    private Link(INetworkStack inner, Func<int> countOpen)
    {
        _countOpen = countOpen;
        Stack = new TlsStack(inner, new SslStreamProvider());
        Stacks = new NetworkStack(Stack, new LoopbackStack());
    }

    public TlsStack Stack { get; }

    public NetworkStack Stacks { get; }

    public TlsOptions ClientOptions { get; init; } = new() { CaCertificates = Certificates.Authority.CertificatePem };

    public TlsOptions ServerOptions { get; init; } =
        new() { Certificate = Certificates.Server.CertificatePem, PrivateKey = Certificates.Server.KeyPem };

    public string Host { get; init; } = "server.test";

    /// <summary>In memory.</summary>
    public static Link InMemory(string host = "server.test")
    {
        LoopbackStack loopback = new();
        return new(loopback, () => loopback.OpenSockets) { Host = host };
    }

    /// <summary>In memory, with another stack between.</summary>
    public static Link Through(Func<INetworkStack, INetworkStack> layer)
    {
        LoopbackStack loopback = new();
        return new(layer(loopback), () => loopback.OpenSockets);
    }

    /// <summary>The operating system's.</summary>
    public static Link OnHost()
    {
        SystemNetStack host = new();
        return new(host, () => host.OpenSockets);
    }

    public Socket Add(Socket socket)
    {
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        return socket;
    }

    public Socket Plain() => Add(new Socket(Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));

    public Socket Client() => Add(ClientOptions.Open(Stacks, AddressFamily.InterNetwork, Host));

    public Socket Listen()
    {
        Socket listener = Add(ServerOptions.Open(Stacks, AddressFamily.InterNetwork, null!));
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(100);
        return listener;
    }

    public Socket ListenPlain()
    {
        Socket listener = Plain();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(100);
        return listener;
    }

    public Socket Accept(Socket listener)
    {
        Assert.IsTrue(listener.Accept(PatienceMs, out Socket accepted), "no connection came");
        return Add(accepted);
    }

    /// <summary>Both ends of a secured connection.</summary>
    public (Socket Client, Socket Server) Connect()
    {
        Socket listener = Listen();
        Socket client = Client();
        Socket? server = null;
        Thread accepting = new(() =>
        {
            server = Accept(listener);
            server.Wait(PollEvents.Out, PatienceMs);
        });
        accepting.Start();
        client.Connect(listener.LocalEndPoint, PatienceMs);
        accepting.Join();
        listener.Close();
        return (client, server!);
    }

    /// <summary>A connect that must fail; gives both failures, the server's from its first receive.</summary>
    public (SocketException Client, int Server, TlsFailure? ClientFailure, TlsFailure? ServerFailure) ConnectInVain()
    {
        Socket listener = Listen();
        Socket client = Client();
        int answer = 0;
        TlsFailure? serverFailure = null;
        Thread accepting = new(() =>
        {
            Socket server = Accept(listener);
            server.ReceiveTimeout = PatienceMs;
            answer = server.TryReceive(new byte[1], 0, 1, SocketFlags.None);
            serverFailure = Stack.GetFailure(server.Handle);
        });
        accepting.Start();
        SocketException thrown = Assert.ThrowsExactly<SocketException>(() =>
        {
            client.Connect(listener.LocalEndPoint, PatienceMs);

            // TLS 1.3: the server's opinion of the client's certificate comes after the handshake.
            client.ReceiveTimeout = PatienceMs;
            client.Receive(new byte[1]);
        });
        TlsFailure? clientFailure = Stack.GetFailure(client.Handle);
        client.Close();
        accepting.Join();
        return (thrown, answer, clientFailure, serverFailure);
    }

    public void Dispose()
    {
        foreach (Socket socket in _sockets)
        {
            socket.Close();
        }

        // What was closed with bytes unsent goes on behind.
        Assert.IsTrue(SpinWait.SpinUntil(() => Stack.OpenSessions == 0 && _countOpen() == 0, PatienceMs),
            $"{Stack.OpenSessions} sessions and {_countOpen()} sockets are left");
    }
}
