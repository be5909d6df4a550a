using System.Text;
using IoTNet.Boards;
using IoTNet.Tests.Tls;
using static IoTNet.Posix;
using static IoTNet.TlsNames;

namespace IoTNet.Tests.TlsPosix;

/// <summary>A program for Zephyr's secure sockets, both sides.</summary>
[TestClass]
public class ZephyrTests
{
    private const int CaTag = 1;
    private const int ServerTag = 2;

    [TestMethod]
    public void Zephyr_ClientAndServer_TalkOverTls()
    {
        NetworkStack.Use(new TlsStack(new SystemNetStack(), new SslStreamProvider()));
        byte[] ca = Certificates.Authority.CertificatePem;
        byte[] certificate = Certificates.Server.CertificatePem;
        byte[] key = Certificates.Server.KeyPem;
        Assert.AreEqual(0, tls_credential_add(CaTag, TLS_CREDENTIAL_CA_CERTIFICATE, ca, ca.Length));
        Assert.AreEqual(-17, tls_credential_add(CaTag, TLS_CREDENTIAL_CA_CERTIFICATE, ca, ca.Length), "EEXIST");
        Assert.AreEqual(0, tls_credential_add(ServerTag, TLS_CREDENTIAL_PUBLIC_CERTIFICATE, certificate, certificate.Length));
        Assert.AreEqual(0, tls_credential_add(ServerTag, TLS_CREDENTIAL_PRIVATE_KEY, key, key.Length));

        int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TLS_1_2);
        Assert.IsTrue(listener >= 0, "errno " + errno);
        Assert.AreEqual(0, setsockopt(listener, SOL_TLS, TLS_SEC_TAG_LIST, ServerTag, sizeof(int)), "errno " + errno);
        sockaddr_in address = new() { sin_family = AF_INET, sin_port = 0 };
        address.sin_addr.s_addr = htonl(0x7F000001);
        Assert.AreEqual(0, bind(listener, address, address.Length));
        Assert.AreEqual(0, listen(listener, 1));
        int length = address.Length;
        Assert.AreEqual(0, getsockname(listener, address, ref length));

        Task serving = Task.Factory.StartNew(() =>
        {
            sockaddr_in peer = new();
            int room = peer.Length;
            int served = accept(listener, peer, ref room);
            byte[] request = new byte[10];
            Assert.AreEqual(5, recv(served, request, 5, MSG_WAITALL));
            Assert.AreEqual(5, send(served, request, 5, 0));
            Assert.AreEqual(0, close(served));
        }, TaskCreationOptions.LongRunning);

        int fd = socket(AF_INET, SOCK_STREAM, IPPROTO_TLS_1_2);
        byte[] host = Encoding.ASCII.GetBytes("server.test");
        Assert.AreEqual(0, setsockopt(fd, SOL_TLS, TLS_SEC_TAG_LIST, CaTag, sizeof(int)));
        Assert.AreEqual(0, setsockopt(fd, SOL_TLS, TLS_HOSTNAME, host, host.Length));
        Assert.AreEqual(0, setsockopt(fd, SOL_TLS, TLS_PEER_VERIFY, TLS_PEER_VERIFY_REQUIRED, sizeof(int)));
        Assert.AreEqual(0, connect(fd, address, address.Length), "errno " + errno);
        Assert.AreEqual(5, send(fd, Encoding.ASCII.GetBytes("hello"), 5, 0));
        byte[] answer = new byte[10];
        Assert.AreEqual(5, recv(fd, answer, 5, MSG_WAITALL));
        Assert.AreEqual("hello", Encoding.ASCII.GetString(answer, 0, 5));
        Assert.AreEqual(0, recv(fd, answer, 5, 0), "the end");
        int suite = 0;
        int size = sizeof(int);
        Assert.AreEqual(0, getsockopt(fd, SOL_TLS, TLS_CIPHERSUITE_USED, ref suite, ref size), "errno " + errno);
        Assert.AreEqual(0x13, suite >> 8);
        serving.Wait();
        Assert.AreEqual(0, close(fd));
        Assert.AreEqual(0, close(listener));
        Assert.AreEqual(0, tls_credential_delete(CaTag, TLS_CREDENTIAL_CA_CERTIFICATE));
        Assert.AreEqual(-(int)Errno.ENOENT, tls_credential_delete(CaTag, TLS_CREDENTIAL_CA_CERTIFICATE));
    }

    [TestMethod]
    public void Setsockopt_OfTlsOnAPlainSocket_FailsWithENOPROTOOPT()
    {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        Assert.AreEqual(-1, setsockopt(fd, SOL_TLS, TLS_PEER_VERIFY, 2, sizeof(int)));
        Assert.AreEqual(ENOPROTOOPT, errno);
        Assert.AreEqual(0, close(fd));
    }
}
