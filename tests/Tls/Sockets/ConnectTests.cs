using System.Text;

namespace IoTNet.Tests.Tls;

[TestClass]
public class ConnectTests
{
    [TestMethod]
    public void Connect_InMemory_CarriesBytesBothWays() => Exchange(Link.InMemory());

    [TestMethod]
    public void Connect_OnTheHost_CarriesBytesBothWays() => Exchange(Link.OnHost());

    [TestMethod]
    [DataRow(TlsProtocols.Tls12, "TLS 1.2")]
    [DataRow(TlsProtocols.Tls13, "TLS 1.3")]
    public void Connect_OneVersionAllowed_AgreesOnIt(TlsProtocols protocols, string name)
    {
        using Link link = Link.InMemory();
        link.ClientOptions.Protocols = protocols;
        (Socket client, Socket server) = link.Connect();
        byte[] suite = new byte[4];
        Assert.AreEqual(4, client.TryGetSocketOption(TlsOptionName.Level, TlsOptionName.CipherSuiteUsed, suite, 4));
        Assert.AreEqual(protocols == TlsProtocols.Tls13 ? 0x13 : 0xC0, suite[1], "the suite's first byte, for " + name);
        Assert.AreEqual(name, link.Stack.Find(client.Handle).Protocol);
        Assert.AreEqual(name, link.Stack.Find(server.Handle).Protocol);
    }

    private static void Exchange(Link link)
    {
        using (link)
        {
            (Socket client, Socket server) = link.Connect();
            byte[] buffer = new byte[100];
            client.Send(Encoding.ASCII.GetBytes("ping"));
            Assert.AreEqual("ping", Encoding.ASCII.GetString(buffer, 0, server.Receive(buffer)));
            server.Send(Encoding.ASCII.GetBytes("pong!"));
            Assert.AreEqual("pong!", Encoding.ASCII.GetString(buffer, 0, client.Receive(buffer)));
            client.Close();
            Assert.AreEqual(0, server.Receive(buffer));
        }
    }
}
