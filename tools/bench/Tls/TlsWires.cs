using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IoTNet.Boards;
using RawSocket = System.Net.Sockets.Socket;

namespace IoTNet.Bench;

/// <summary>Secured connections, over the host's loopback: .NET's SslStream as it is, and IoTNet's TLS sockets, which have the same
/// SslStream at the bottom.</summary>
internal sealed class TlsWires
{
    private const string Host = "bench.test";
    private readonly X509Certificate2 _certificate;
    private readonly SslStreamCertificateContext _context;
    private readonly NetworkStack _stacks = new(new TlsStack(new SystemNetStack(), new SslStreamProvider()), null);
    private readonly TlsOptions _options;
    private readonly bool _resumes;

    /// <param name="resumes">Whether later handshakes take up where earlier ones ended.</param>
    public TlsWires(bool resumes)
    {
        _resumes = resumes;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var pem = made.ExportCertificatePem();
        var keyPem = key.ExportPkcs8PrivateKeyPem();
        _certificate = X509Certificate2.CreateFromPem(pem, keyPem);
        _context = SslStreamCertificateContext.Create(_certificate, null, offline: true);
        _options = new TlsOptions
        {
            CaCertificates = Encoding.ASCII.GetBytes(pem),
            Certificate = Encoding.ASCII.GetBytes(pem),
            PrivateKey = Encoding.ASCII.GetBytes(keyPem),
            SessionCache = resumes,
        };
    }

    public WirePair Raw()
    {
        using var listener = RawListener();
        var connecting = Task.Factory.StartNew(() => RawConnect(listener), TaskCreationOptions.LongRunning);
        var server = RawAccept(listener);
        return new WirePair(new RawStream(connecting.Result), new RawStream(server));
    }

    public WirePair Ours()
    {
        using var listener = Listen();
        var connecting = Task.Factory.StartNew(() => Connect(listener), TaskCreationOptions.LongRunning);
        var server = listener.Accept();
        server.Wait(PollEvents.Out, -1);
        return new WirePair(new Stream(connecting.Result), new Stream(server));
    }

    /// <summary>Connections a second: connect, handshake, one byte each way, close.</summary>
    public Game RawHandshakes() => new Handshakes(RawListenerLoop());

    public Game OurHandshakes() => new Handshakes(OurListenerLoop());

    private (Action Once, Action Stop) RawListenerLoop()
    {
        var listener = RawListener();
        Serve(() =>
        {
            using var server = RawAccept(listener);
            server.ReadByte();
            server.WriteByte(1);
            EndStream(server);
        });
        return (() =>
        {
            using var client = RawConnect(listener);
            client.WriteByte(1);
            client.ReadByte();
            EndStream(client);
        }, listener.Dispose);
    }

    private (Action Once, Action Stop) OurListenerLoop()
    {
        var listener = Listen();
        var at = new byte[1];
        Serve(() =>
        {
            using var server = listener.Accept();
            var one = new byte[1];
            server.TryReceive(one, 0, 1, SocketFlags.None);
            server.TrySend(one, 0, 1, SocketFlags.None);
        });
        return (() =>
        {
            using var client = Connect(listener);
            client.TrySend(at, 0, 1, SocketFlags.None);
            client.TryReceive(at, 0, 1, SocketFlags.None);
        }, listener.Close);
    }

    // RFC 8446 6.1 wants it; an IoTNet socket's close sends it, an SslStream's does not.
    private static void EndStream(SslStream stream) => stream.ShutdownAsync().GetAwaiter().GetResult();

    private static void Serve(Action once)
    {
        new Thread(() =>
        {
            Pinning.Apply();
            try
            {
                while (true)
                {
                    once();
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException or System.Net.Sockets.SocketException)
            {
                // The game is over.
            }
        }) { IsBackground = true }.Start();
    }

    private static RawSocket RawListener()
    {
        var listener = new RawSocket(System.Net.Sockets.AddressFamily.InterNetwork,
            System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen(16);
        return listener;
    }

    private SslStream RawConnect(RawSocket listener)
    {
        var socket = new RawSocket(System.Net.Sockets.AddressFamily.InterNetwork,
            System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(listener.LocalEndPoint!);
        var stream = new SslStream(new System.Net.Sockets.NetworkStream(socket, true));
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = Host,
            AllowTlsResume = _resumes,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { _certificate },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        });
        return stream;
    }

    private SslStream RawAccept(RawSocket listener)
    {
        var socket = listener.Accept();
        socket.NoDelay = true;
        var stream = new SslStream(new System.Net.Sockets.NetworkStream(socket, true));
        stream.AuthenticateAsServer(new SslServerAuthenticationOptions { ServerCertificateContext = _context, AllowTlsResume = _resumes });
        return stream;
    }

    private Socket Listen()
    {
        var listener = _options.Open(_stacks, AddressFamily.InterNetwork, null!);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(16);
        return listener;
    }

    private Socket Connect(Socket listener)
    {
        var client = _options.Open(_stacks, AddressFamily.InterNetwork, Host);
        client.Connect(listener.LocalEndPoint);
        return client;
    }

    private sealed class RawStream(SslStream stream) : Wire
    {
        public override int Send(byte[] buffer, int offset, int count)
        {
            stream.Write(buffer, offset, count);
            return count;
        }

        public override int Receive(byte[] buffer, int offset, int count)
        {
            try
            {
                return stream.Read(buffer, offset, count);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return 0;
            }
        }

        public override void Dispose() => stream.Dispose();
    }

    private sealed class Stream(Socket socket) : Wire
    {
        public override int Send(byte[] buffer, int offset, int count) => socket.TrySend(buffer, offset, count, SocketFlags.None);

        public override int Receive(byte[] buffer, int offset, int count) =>
            Math.Max(0, socket.TryReceive(buffer, offset, count, SocketFlags.None));

        public override void Dispose() => socket.Close();
    }

    private sealed class Handshakes((Action Once, Action Stop) loop) : Game
    {
        public override Rate Play(TimeSpan time)
        {
            var clock = new Clock();
            long count = 0;
            do
            {
                loop.Once();
                count++;
            }
            while (clock.Elapsed < time);
            return clock.RateOf(count);
        }

        public override void Dispose() => loop.Stop();
    }
}
