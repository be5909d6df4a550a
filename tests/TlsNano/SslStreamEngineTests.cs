using IoTNet.Boards;
using IoTNet.Tests.Tls;

namespace IoTNet.Tests.TlsNano;

[TestClass]
public class SslStreamEngineTests
{
    private const int PatienceMs = 20000;

    private readonly SystemNetStack _host = new();
    private readonly TlsOptions _clientOptions = new() { CaCertificates = Certificates.Authority.CertificatePem, HostName = "server.test" };
    private readonly TlsOptions _serverOptions = new()
    {
        Certificate = Certificates.Server.CertificatePem,
        PrivateKey = Certificates.Server.KeyPem,
    };

    private NetworkStack _stacks;

    [TestInitialize]
    public void Begin() => _stacks = new NetworkStack(new TlsStack(_host, new SslStreamProvider()), new UnixStack());

    [TestMethod]
    public void Connect_ThroughTheNanoHalf_CarriesBytesBothWays()
    {
        Connect(out Socket client, out Socket server);
        client.Send([1, 2, 3]);
        byte[] buffer = new byte[10];
        server.ReceiveTimeout = PatienceMs;
        client.ReceiveTimeout = PatienceMs;
        Assert.AreEqual(3, server.Receive(buffer, 0, 3, SocketFlags.WaitAll));
        byte[] many = new byte[100000];
        new Random(1).NextBytes(many);
        Task sending = Task.Factory.StartNew(() => server.Send(many), TaskCreationOptions.LongRunning);
        byte[] received = new byte[many.Length];
        Assert.AreEqual(many.Length, client.Receive(received, 0, received.Length, SocketFlags.WaitAll));
        sending.Wait();
        CollectionAssert.AreEqual(many, received);
        Assert.AreEqual(-(int)Errno.EAGAIN, client.TryReceive(buffer, 0, 1, SocketFlags.DontWait));
        server.Close();
        Assert.AreEqual(0, client.Receive(buffer));
        client.Close();
        Assert.AreEqual(0, _host.OpenSockets);
    }

    [TestMethod]
    public void Shutdown_Send_IsNotThere()
    {
        Connect(out Socket client, out Socket server);
        Assert.AreEqual(-(int)Errno.EOPNOTSUPP, client.TryShutdown(SocketShutdown.Send));
        Assert.AreEqual(0, client.TryShutdown(SocketShutdown.Both));
        server.ReceiveTimeout = PatienceMs;
        Assert.AreEqual(0, server.Receive(new byte[1]));
        client.Close();
        server.Close();
        Assert.AreEqual(0, _host.OpenSockets);
    }

    [TestMethod]
    public void Connect_SilentPeer_EndsInTime()
    {
        // The one limit that a handshake in one call has.
        _clientOptions.HandshakeTimeoutMs = 400;
        using Socket listener = Listen(ProtocolType.Tcp);
        using Socket client = _clientOptions.Open(_stacks, AddressFamily.InterNetwork, null);
        Assert.AreEqual(-(int)Errno.ETIMEDOUT, client.TryConnect(listener.LocalEndPoint, -1));
    }

    [TestMethod]
    public void Connect_UnknownAuthority_FailsInWords()
    {
        _clientOptions.CaCertificates = Certificates.OtherAuthority.CertificatePem;
        using Socket listener = Listen(ProtocolType.Tls12);
        Thread accepting = new(() =>
        {
            listener.Accept(PatienceMs, out Socket accepted);
            accepted.ReceiveTimeout = PatienceMs;
            accepted.TryReceive(new byte[1], 0, 1, SocketFlags.None);
            accepted.Close();
        });
        accepting.Start();
        using Socket client = _clientOptions.Open(_stacks, AddressFamily.InterNetwork, null);
        SocketException thrown = Assert.ThrowsExactly<SocketException>(() => client.Connect(listener.LocalEndPoint, PatienceMs));
        Assert.AreEqual(Errno.ECONNABORTED, thrown.Errno);
        StringAssert.Contains(thrown.Message, "the TLS handshake failed: ");
        accepting.Join();
    }

    [TestMethod]
    public void Connect_WhatTheFirmwareLacks_FailsInWords()
    {
        _clientOptions.ApplicationProtocols = ["mqtt"];
        using Socket listener = Listen(ProtocolType.Tcp);
        using Socket client = _clientOptions.Open(_stacks, AddressFamily.InterNetwork, null);
        SocketException thrown = Assert.ThrowsExactly<SocketException>(() => client.Connect(listener.LocalEndPoint, PatienceMs));
        Assert.AreEqual(Errno.EOPNOTSUPP, thrown.Errno);
        StringAssert.Contains(thrown.Message, "ALPN");
    }

    private void Connect(out Socket client, out Socket server)
    {
        Socket accepted = null;
        using Socket listener = Listen(ProtocolType.Tls12);
        Thread accepting = new(() =>
        {
            listener.Accept(PatienceMs, out accepted);
            accepted.Wait(PollEvents.Out, PatienceMs);
        });
        accepting.Start();
        client = _clientOptions.Open(_stacks, AddressFamily.InterNetwork, null);
        client.Connect(listener.LocalEndPoint, PatienceMs);
        accepting.Join();
        server = accepted;
    }

    private Socket Listen(ProtocolType protocol)
    {
        Socket listener = protocol == ProtocolType.Tcp
            ? new Socket(_stacks, AddressFamily.InterNetwork, SocketType.Stream, protocol)
            : _serverOptions.Open(_stacks, AddressFamily.InterNetwork, null);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(5);
        return listener;
    }
}
