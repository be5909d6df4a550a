using System.Text;
using IoTNet.Boards;

namespace IoTNet.Tests.Tls;

/// <summary>The simple face, on a board's current stack.</summary>
[TestClass]
public class TlsSocketTests
{
    private static readonly TlsOptions s_client = new() { CaCertificates = Certificates.Authority.CertificatePem };

    private static readonly TlsOptions s_server =
        new() { Certificate = Certificates.Server.CertificatePem, PrivateKey = Certificates.Server.KeyPem };

    [ClassInitialize]
    public static void Begin(TestContext context) => NetworkStack.Use(new TlsStack(new SystemNetStack(), new SslStreamProvider()));

    [TestMethod]
    public void Connect_ToAccept_IsAConnection()
    {
        using Socket listener = TlsSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), s_server, 5);
        Task<string> serving = Task.Factory.StartNew(() =>
        {
            using TlsSocket server = TlsSocket.Accept(listener, Link.PatienceMs);
            byte[] request = new byte[20];
            int count = server.Receive(request, 0, request.Length);
            server.Send(request, 0, count);
            return server.Protocol;
        }, TaskCreationOptions.LongRunning);
        using TlsSocket client = TlsSocket.Connect(listener.LocalEndPoint, "server.test", s_client, Link.PatienceMs);
        client.Send(Encoding.ASCII.GetBytes("hello"), 0, 5);
        byte[] answer = new byte[20];
        Assert.AreEqual("hello", Encoding.ASCII.GetString(answer, 0, client.Receive(answer, 0, 20)));
        Assert.AreEqual(0, client.TryReceive(answer, 0, 20));
        Assert.AreEqual("TLS 1.3", client.Protocol);
        Assert.AreEqual("TLS 1.3", serving.Result);
        Assert.AreNotEqual(0, client.CipherSuite);
        Assert.IsNull(client.ApplicationProtocol);
        Assert.IsNull(client.Failure);
        StringAssert.StartsWith(client.Socket.ToString(), "tls 127.0.0.1:");
    }

    [TestMethod]
    public void Connect_WrongHost_ThrowsWithTextAndFlags()
    {
        using Socket listener = TlsSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), s_server, 5);
        Task serving = Task.Factory.StartNew(() => Assert.ThrowsExactly<TlsException>(() => TlsSocket.Accept(listener, Link.PatienceMs).Receive(new byte[1], 0, 1)),
            TaskCreationOptions.LongRunning);
        TlsException thrown = Assert.ThrowsExactly<TlsException>(() =>
            TlsSocket.Connect(listener.LocalEndPoint, "elsewhere.test", s_client, Link.PatienceMs));
        Assert.AreEqual(Errno.ECONNABORTED, thrown.Errno);
        Assert.AreEqual(TlsVerifyFlags.NameMismatch, thrown.Failure.Flags);
        StringAssert.Contains(thrown.Message, "the certificate is for server.test, localhost, 127.0.0.1, not for elsewhere.test");
        StringAssert.Contains(thrown.Message, "connect to 127.0.0.1:");
        _ = serving;
    }

    [TestMethod]
    public void Connect_NobodyThere_IsRefused()
    {
        using Socket bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        TlsException thrown = Assert.ThrowsExactly<TlsException>(() =>
            TlsSocket.Connect(bound.LocalEndPoint, "server.test", s_client, Link.PatienceMs));
        Assert.AreEqual(Errno.ECONNREFUSED, thrown.Errno);
        Assert.IsNull(thrown.Failure);
    }

    [TestMethod]
    public void Accept_NobodyComes_IsNull()
    {
        using Socket listener = TlsSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), s_server, 5);
        Assert.IsNull(TlsSocket.Accept(listener, 20));
    }

    [TestMethod]
    public void Secure_AfterPlainWords_GoesOnEncrypted()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Task serving = Task.Factory.StartNew(() =>
        {
            listener.Accept(Link.PatienceMs, out Socket plain);
            byte[] words = new byte[10];
            Assert.AreEqual(10, plain.Receive(words, SocketFlags.WaitAll));
            Assert.AreEqual("STARTTLS\r\n", Encoding.ASCII.GetString(words));
            plain.Send(Encoding.ASCII.GetBytes("220\r\n"));
            using TlsSocket server = TlsSocket.Secure(plain, true, null!, s_server, Link.PatienceMs);
            server.Send([42], 0, 1);
        }, TaskCreationOptions.LongRunning);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(listener.LocalEndPoint);
        socket.Send(Encoding.ASCII.GetBytes("STARTTLS\r\n"));
        Assert.AreEqual(5, socket.Receive(new byte[5], SocketFlags.WaitAll));
        using TlsSocket client = TlsSocket.Secure(socket, false, "server.test", s_client, Link.PatienceMs);
        byte[] answer = new byte[1];
        Assert.AreEqual(1, client.Receive(answer, 0, 1));
        Assert.AreEqual(42, answer[0]);
        serving.Wait();
        Assert.AreEqual(Errno.EISCONN, Assert.ThrowsExactly<TlsException>(() =>
            TlsSocket.Secure(socket, false, "server.test", s_client, 1000)).Errno);
    }

    [TestMethod]
    public void Open_StackWithoutTls_SaysWhatToDo()
    {
        SocketException thrown = Assert.ThrowsExactly<SocketException>(() =>
            s_client.Open(new NetworkStack(new SystemNetStack(), new LoopbackStack()), AddressFamily.InterNetwork, "a"));
        Assert.AreEqual(Errno.EPROTONOSUPPORT, thrown.Errno);
        StringAssert.Contains(thrown.Message, "has no TLS; give it to NetworkStack.Use within a TlsStack");
    }

    [TestMethod]
    public void Options_OfTls_AreCheckedAndClosedByTheHandshake()
    {
        using Link link = Link.InMemory();
        Socket socket = link.Client();
        Assert.AreEqual(-(int)Errno.ENOENT, Set(socket, TlsOptionName.SecTagList, BitConverter.GetBytes(7)));
        Assert.AreEqual(-(int)Errno.EINVAL, Set(socket, TlsOptionName.SecTagList, [1, 2]));
        Assert.AreEqual(0, link.Stack.Credentials.Add(7, TlsCredentialType.CaCertificate, Certificates.Authority.CertificatePem));
        Assert.AreEqual(-(int)Errno.EALREADY, link.Stack.Credentials.Add(7, TlsCredentialType.CaCertificate, [1]));
        Assert.AreEqual(0, Set(socket, TlsOptionName.SecTagList, BitConverter.GetBytes(7)));
        Assert.AreEqual(-(int)Errno.EINVAL, Set(socket, TlsOptionName.PeerVerify, BitConverter.GetBytes(3)));
        Assert.AreEqual(0, Set(socket, TlsOptionName.PeerVerify, BitConverter.GetBytes(2)));
        Assert.AreEqual(-(int)Errno.EINVAL, Set(socket, TlsOptionName.AlpnList, Encoding.ASCII.GetBytes("a\0\0")));
        Assert.AreEqual(-(int)Errno.EINVAL, Set(socket, TlsOptionName.AlpnList, Encoding.ASCII.GetBytes("a")));
        Assert.AreEqual(0, Set(socket, TlsOptionName.AlpnList, Encoding.ASCII.GetBytes("a\0bc\0")));
        Assert.AreEqual(-(int)Errno.EINVAL, Set(socket, TlsOptionName.HostName, new byte[300]));
        Assert.AreEqual(0, Set(socket, TlsOptionName.HostName, Encoding.ASCII.GetBytes("server.test\0")));
        Assert.AreEqual(-(int)Errno.EINVAL, Set(socket, TlsOptionName.HandshakeTimeout, BitConverter.GetBytes(0)));
        Assert.AreEqual(0, Set(socket, TlsOptionName.HandshakeTimeout, BitConverter.GetBytes(1234)));
        Assert.AreEqual(1234, Get(socket, TlsOptionName.HandshakeTimeout));
        Assert.AreEqual(-(int)Errno.ENOPROTOOPT, Set(socket, (SocketOptionName)3, BitConverter.GetBytes(0)));
        Assert.AreEqual(-(int)Errno.ENOTCONN, Get(socket, TlsOptionName.CipherSuiteUsed));
        Assert.AreEqual(-(int)Errno.EPROTONOSUPPORT, link.Stack.Open(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Tls12));
        (Socket client, _) = link.Connect();
        Assert.AreEqual(-(int)Errno.EISCONN, Set(client, TlsOptionName.HostName, [65]));
        Assert.AreEqual(0, Get(client, TlsOptionName.CertVerifyResult));
        Assert.AreEqual(null, link.ClientOptions.HostName, "a socket's own options are its own");
    }

    [TestMethod]
    public void Options_OfAListener_ChangeForLaterConnectionsAlone()
    {
        using Link link = Link.InMemory();
        Socket listener = link.Listen();
        Assert.AreEqual(0, Set(listener, TlsOptionName.HandshakeTimeout, BitConverter.GetBytes(1234)));
        Socket first = link.Client();
        first.Blocking = false;
        first.TryConnect(listener.LocalEndPoint, 0);
        Socket accepted = link.Accept(listener);
        Assert.AreEqual(0, Set(listener, TlsOptionName.HandshakeTimeout, BitConverter.GetBytes(5678)));
        Assert.AreEqual(1234, Get(accepted, TlsOptionName.HandshakeTimeout));
        Socket second = link.Client();
        second.Blocking = false;
        second.TryConnect(listener.LocalEndPoint, 0);
        Assert.AreEqual(5678, Get(link.Accept(listener), TlsOptionName.HandshakeTimeout));
    }

    private static int Set(Socket socket, SocketOptionName name, byte[] value) =>
        socket.TrySetSocketOption(TlsOptionName.Level, name, value, value.Length);

    private static int Get(Socket socket, SocketOptionName name)
    {
        byte[] value = new byte[4];
        int result = socket.TryGetSocketOption(TlsOptionName.Level, name, value, 4);
        return result < 0 ? result : BitConverter.ToInt32(value);
    }
}
