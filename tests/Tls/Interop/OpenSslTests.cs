using System.Text;

namespace IoTNet.Tests.Tls;

/// <summary>Our sockets and another implementation, both ways.</summary>
[TestClass]
public class OpenSslTests
{
    [TestMethod]
    [DataRow("-tls1_2", "TLS 1.2")]
    [DataRow("-tls1_3", "TLS 1.3")]
    public void Connect_ToSServer_CarriesBytesBothWays(string version, string protocol)
    {
        using OpenSsl peer = new();
        int port = peer.Serve(Certificates.Server, version, "-rev");
        using Link link = Link.OnHost();
        Socket client = Connect(link, port);
        Assert.AreEqual(protocol, link.Stack.Find(client.Handle).Protocol);
        client.Send(Encoding.ASCII.GetBytes("stressed\n"));
        Assert.AreEqual("desserts\n", ReadLine(client));
    }

    [TestMethod]
    [DataRow("-tls1_2", "TLSv1.2")]
    [DataRow("-tls1_3", "TLSv1.3")]
    public void Accept_FromSClient_CarriesBytesBothWays(string version, string protocol)
    {
        using OpenSsl peer = new();
        using Link link = Link.OnHost();
        Socket listener = link.Listen();
        string authority = peer.CertificateFile(Certificates.Authority);
        peer.Connect(((IPEndPoint)listener.LocalEndPoint).Port, version, "-CAfile", authority, "-servername", "server.test",
            "-verify_hostname", "server.test", "-verify_return_error", "-quiet");
        Socket server = link.Accept(listener);
        server.ReceiveTimeout = Link.PatienceMs;
        peer.Write("hello from openssl\n");
        Assert.AreEqual("hello from openssl\n", ReadLine(server));
        server.Send(Encoding.ASCII.GetBytes("hello from here\n"));
        peer.Await(line => line == "hello from here");
        Assert.AreEqual(protocol.Replace("TLSv", "TLS ", StringComparison.Ordinal), link.Stack.Find(server.Handle).Protocol);
        server.Close();
        Assert.AreEqual(0, peer.WaitForExit(), peer.Output);
    }

    [TestMethod]
    [DataRow("-tls1_2")]
    [DataRow("-tls1_3")]
    public void Accept_ClientCertificateAsked_SeesThatOfSClient(string version)
    {
        using OpenSsl peer = new();
        using Link link = Link.OnHost();
        link.ServerOptions.ClientVerification = TlsVerification.Required;
        link.ServerOptions.CaCertificates = Certificates.Authority.CertificatePem;
        Socket listener = link.Listen();
        peer.Connect(((IPEndPoint)listener.LocalEndPoint).Port, version, "-quiet",
            "-cert", peer.CertificateFile(Certificates.Client), "-key", peer.KeyFile(Certificates.Client));
        Socket server = link.Accept(listener);
        server.ReceiveTimeout = Link.PatienceMs;
        peer.Write("known\n");
        Assert.AreEqual("known\n", ReadLine(server));
    }

    [TestMethod]
    [DataRow("-tls1_2")]
    [DataRow("-tls1_3")]
    public void Accept_ClientCertificateMissing_RefusesSClient(string version)
    {
        using OpenSsl peer = new();
        using Link link = Link.OnHost();
        link.ServerOptions.ClientVerification = TlsVerification.Required;
        Socket listener = link.Listen();
        peer.Connect(((IPEndPoint)listener.LocalEndPoint).Port, version, "-quiet");
        Socket server = link.Accept(listener);
        server.ReceiveTimeout = Link.PatienceMs;
        Assert.AreEqual(-(int)Errno.ECONNABORTED, server.TryReceive(new byte[10], 0, 10, SocketFlags.None));
        TlsFailure failure = link.Stack.GetFailure(server.Handle);
        Assert.AreEqual(TlsVerifyFlags.Missing, failure.Flags, failure.Text);
        server.Close();
        Assert.AreNotEqual(0, peer.WaitForExit(), peer.Output);
    }

    [TestMethod]
    [DataRow("-tls1_2")]
    [DataRow("-tls1_3")]
    public void Connect_SServerWantsACertificate_ShowsOurs(string version)
    {
        using OpenSsl peer = new();
        int port = peer.Serve(Certificates.Server, version, "-rev", "-Verify", "1", "-verify_return_error",
            "-CAfile", peer.CertificateFile(Certificates.Authority));
        using Link link = Link.OnHost();
        link.ClientOptions.Certificate = Certificates.Client.CertificatePem;
        link.ClientOptions.PrivateKey = Certificates.Client.KeyPem;
        Socket client = Connect(link, port);
        client.Send(Encoding.ASCII.GetBytes("abc\n"));
        Assert.AreEqual("cba\n", ReadLine(client));
    }

    [TestMethod]
    [DataRow("-tls1_2")]
    [DataRow("-tls1_3")]
    public void Connect_SServerWantsACertificateAndThereIsNone_TellsItsAlert(string version)
    {
        using OpenSsl peer = new();
        int port = peer.Serve(Certificates.Server, version, "-rev", "-Verify", "1", "-verify_return_error");
        using Link link = Link.OnHost();
        Socket client = link.Client();
        SocketException thrown = Assert.ThrowsExactly<SocketException>(() =>
        {
            client.Connect(new IPEndPoint(IPAddress.Loopback, port), Link.PatienceMs);

            // TLS 1.3: the server says so after our handshake is done.
            client.ReceiveTimeout = Link.PatienceMs;
            client.Receive(new byte[1]);
        });
        Assert.AreEqual(Errno.ECONNABORTED, thrown.Errno, thrown.Message);
        Assert.AreEqual(version == "-tls1_3" ? 116 : 40, link.Stack.GetFailure(client.Handle).Alert, thrown.Message);
        StringAssert.Contains(thrown.Message, "the peer refused");
    }

    [TestMethod]
    public void Connect_AlpnWithSServer_AgreesOnOne()
    {
        using OpenSsl peer = new();
        int port = peer.Serve(Certificates.Server, "-rev", "-alpn", "mqtt,http/1.1");
        using Link link = Link.OnHost();
        link.ClientOptions.ApplicationProtocols = ["http/1.1", "mqtt"];
        Socket client = Connect(link, port);
        Assert.AreEqual("mqtt", link.Stack.Find(client.Handle).ApplicationProtocol);
        byte[] name = new byte[20];
        int length = client.TryGetSocketOption(TlsOptionName.Level, TlsOptionName.AlpnList, name, name.Length);
        Assert.AreEqual("mqtt", Encoding.ASCII.GetString(name, 0, length));
    }

    [TestMethod]
    public void Accept_AlpnWithSClient_AgreesOnOne()
    {
        using OpenSsl peer = new();
        using Link link = Link.OnHost();
        link.ServerOptions.ApplicationProtocols = ["h2", "mqtt"];
        Socket listener = link.Listen();
        peer.Connect(((IPEndPoint)listener.LocalEndPoint).Port, "-alpn", "mqtt,h3");
        Socket server = link.Accept(listener);
        Assert.AreEqual(PollEvents.Out, server.Wait(PollEvents.Out, Link.PatienceMs));
        peer.Await(line => line == "ALPN protocol: mqtt");
        Assert.AreEqual("mqtt", link.Stack.Find(server.Handle).ApplicationProtocol);
    }

    [TestMethod]
    public void Receive_SClientEndsItsInput_IsTheEnd()
    {
        using OpenSsl peer = new();
        using Link link = Link.OnHost();
        Socket listener = link.Listen();
        peer.Connect(((IPEndPoint)listener.LocalEndPoint).Port, "-quiet", "-no_ign_eof");
        Socket server = link.Accept(listener);
        server.ReceiveTimeout = Link.PatienceMs;
        peer.Write("last words\n");
        peer.EndInput();
        Assert.AreEqual("last words\n", ReadLine(server));
        Assert.AreEqual(0, server.TryReceive(new byte[1], 0, 1, SocketFlags.None));
    }

    [TestMethod]
    [DataRow("-tls1_2", 1048576)]
    [DataRow("-tls1_3", 1048576)]
    public void Receive_AMebibyteFromSClient_ComesWhole(string version, int bytes)
    {
        using OpenSsl peer = new();
        using Link link = Link.OnHost();
        Socket listener = link.Listen();
        peer.Connect(((IPEndPoint)listener.LocalEndPoint).Port, version, "-quiet");
        Socket server = link.Accept(listener);
        server.ReceiveTimeout = Link.PatienceMs;
        string text = string.Concat(Enumerable.Range(0, bytes / 16).Select(i => i.ToString("x15", null) + "\n"));
        Task writing = Task.Run(() => peer.Write(text));
        byte[] received = new byte[bytes];
        Assert.AreEqual(bytes, server.Receive(received, 0, bytes, SocketFlags.WaitAll));
        writing.Wait();
        Assert.AreEqual(text, Encoding.ASCII.GetString(received));
    }

    private static Socket Connect(Link link, int port)
    {
        Socket client = link.Client();
        client.Connect(new IPEndPoint(IPAddress.Loopback, port), Link.PatienceMs);
        client.ReceiveTimeout = Link.PatienceMs;
        return client;
    }

    private static string ReadLine(Socket socket)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (line.Length == 0 || line[^1] != '\n')
        {
            Assert.AreEqual(1, socket.TryReceive(one, 0, 1, SocketFlags.None), "after '" + line + "'");
            line.Append((char)one[0]);
        }

        return line.ToString();
    }
}
