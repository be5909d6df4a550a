using IoTNet.Boards;

namespace IoTNet.Tests.Tls.Protocols;

/// <summary>Message sockets with TlsOptions as their TransportSecurity.</summary>
[TestClass]
public sealed class MessagingTests
{
    private readonly SystemNetStack _host = new();

    [TestMethod]
    public void Push_OverTls_DeliversInOrder()
    {
        MessageContext context = new(new NetworkStack(new TlsStack(_host, new SslStreamProvider()), null));
        MessageSocket pull = Open(context, MessageSocketType.Pull,
            new() { Certificate = Certificates.Server.CertificatePem, PrivateKey = Certificates.Server.KeyPem });
        MessageSocket push = Open(context, MessageSocketType.Push, new() { CaCertificates = Certificates.Authority.CertificatePem });
        pull.Bind("tcp://127.0.0.1:*");
        push.Connect(pull.LastEndpoint);

        for (int i = 0; i < 1000; i++)
        {
            push.SendText("reading " + i);
            Assert.AreEqual("reading " + i, pull.ReceiveText());
        }

        byte[] large = new byte[500_000];
        new Random(5).NextBytes(large);
        push.Send(large);
        CollectionAssert.AreEqual(large, pull.Receive());
        context.Close();
        Assert.AreEqual(0, _host.OpenSockets);
    }

    [TestMethod]
    public void Push_ToAServerOfAnotherCa_DeliversNothing()
    {
        MessageContext context = new(new NetworkStack(new TlsStack(_host, new SslStreamProvider()), null));
        MessageSocket pull = Open(context, MessageSocketType.Pull,
            new() { Certificate = Certificates.Server.CertificatePem, PrivateKey = Certificates.Server.KeyPem });
        MessageSocket push = Open(context, MessageSocketType.Push, new() { CaCertificates = Certificates.OtherAuthority.CertificatePem });
        pull.Options.ReceiveTimeoutMs = 500;
        pull.Bind("tcp://127.0.0.1:*");
        push.Connect(pull.LastEndpoint);

        // It waits with the socket for a peer that it may speak to.
        push.SendText("21.5");

        SocketException failure = Assert.ThrowsExactly<SocketException>(() => pull.ReceiveText());
        Assert.AreEqual(Errno.EAGAIN, failure.Errno);
        context.Close();
        Assert.AreEqual(0, _host.OpenSockets);
    }

    private static MessageSocket Open(MessageContext context, MessageSocketType type, TlsOptions security)
    {
        MessageSocket socket = new(context, type);
        socket.Options.SendTimeoutMs = Link.PatienceMs;
        socket.Options.ReceiveTimeoutMs = Link.PatienceMs;
        socket.Options.LingerMs = 0;
        socket.Options.TransportSecurity = security;
        return socket;
    }
}
