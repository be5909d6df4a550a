using IoTNet.Boards;
using IoTNet.Emulator;

namespace IoTNet.Tests.Tls;

/// <summary>TLS over lwIP, between emulated boards whose cable loses frames.</summary>
[TestClass]
public class EmulatedBoardTests
{
    [TestMethod]
    public void Connect_OverALossyLink_CarriesBytesBothWays() => TestNetwork.Run(net =>
    {
        EmulatedBoard server = net.AddBoard(Options("server", 10));
        EmulatedBoard client = net.AddBoard(Options("client", 11));
        net.SetLink(client, new LinkConditions { Loss = 0.1 });
        TlsOptions serverOptions = new() { Certificate = Certificates.Server.CertificatePem, PrivateKey = Certificates.Server.KeyPem };
        TlsOptions clientOptions = new() { CaCertificates = Certificates.Authority.CertificatePem };
        BoardProgram serving = server.Run(() =>
        {
            using Socket listener = TlsSocket.Listen(new IPEndPoint(IPAddress.Any, 8883), serverOptions, 1);
            using TlsSocket connection = TlsSocket.Accept(listener, 60000);
            byte[] bytes = new byte[5000];
            Assert.AreEqual(5000, connection.Socket.Receive(bytes, SocketFlags.WaitAll));
            connection.Send(bytes, 0, bytes.Length);
        });
        byte[] sent = new byte[5000];
        new Random(3).NextBytes(sent);
        byte[] received = new byte[5000];
        net.Wait(client.Run(() =>
        {
            using TlsSocket connection =
                TlsSocket.Connect(new IPEndPoint(server.Options.Address, 8883), "server.test", clientOptions, 60000);
            connection.Send(sent, 0, sent.Length);
            connection.Socket.ReceiveTimeout = 60000;
            Assert.AreEqual(5000, connection.Socket.Receive(received, SocketFlags.WaitAll));
        }));
        net.Wait(serving);
        CollectionAssert.AreEqual(sent, received);
    });

    private static BoardOptions Options(string name, byte last) => new()
    {
        Name = name,
        Profile = BoardProfile.Esp32,
        Address = new IPAddress(new byte[] { 10, 0, 2, last }),
        Layer = stack => new TlsStack(stack, new SslStreamProvider()),
    };
}
