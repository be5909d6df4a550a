using System.Security.Cryptography;
using System.Text;

namespace IoTNet.Tests.Tls;

/// <summary>Who is let in, and what is said to whoever is not.</summary>
[TestClass]
public class VerificationTests
{
    [TestMethod]
    [DataRow("expired", TlsVerifyFlags.Expired, "the certificate of CN=old.test expired on 20")]
    [DataRow("early", TlsVerifyFlags.NotYetValid, "the certificate of CN=new.test is valid from 20")]
    [DataRow("host", TlsVerifyFlags.NameMismatch, "the certificate is for other.test, www.other.test, 127.0.0.1, not for server.test")]
    [DataRow("authority", TlsVerifyFlags.NotTrusted, "was issued by CN=another CA, which is not one of the CA certificates")]
    [DataRow("self", TlsVerifyFlags.NotTrusted, "is self-signed and not one of the CA certificates")]
    public void Connect_BadServerCertificate_IsRefusedInWords(string which, TlsVerifyFlags flags, string reason)
    {
        using Link link = Link.InMemory();
        Show(link, Bad(which));
        (SocketException thrown, int server, TlsFailure? failure, _) = link.ConnectInVain();
        Assert.AreEqual(Errno.ECONNABORTED, thrown.Errno, thrown.Message);
        StringAssert.Contains(thrown.Message, reason);
        Assert.AreEqual(flags, failure!.Flags, failure.Text);
        Assert.IsTrue(server <= 0, "the server took " + server);
    }

    [TestMethod]
    [DataRow("expired")]
    [DataRow("host")]
    [DataRow("authority")]
    [DataRow("self")]
    public void Connect_VerificationOff_TakesWhateverComes(string which)
    {
        using Link link = Link.InMemory();
        Show(link, Bad(which));
        link.ClientOptions.Verification = TlsVerification.None;
        link.Connect();
    }

    [TestMethod]
    public void Connect_VerificationOptional_TellsWhatIsWrong()
    {
        using Link link = Link.InMemory();
        Show(link, Certificates.Expired);
        link.ClientOptions.Verification = TlsVerification.Optional;
        (Socket client, _) = link.Connect();
        byte[] value = new byte[4];
        Assert.AreEqual(4, client.TryGetSocketOption(TlsOptionName.Level, TlsOptionName.CertVerifyResult, value, 4));
        Assert.AreEqual((int)TlsVerifyFlags.Expired, BitConverter.ToInt32(value));
    }

    [TestMethod]
    public void Connect_NamesNotChecked_TakesAnyHostOfTheAuthority()
    {
        using Link link = Link.InMemory();
        Show(link, Certificates.OtherHost);
        link.ClientOptions.HostName = "";
        link.Connect();
    }

    [TestMethod]
    public void Connect_NamesNotChecked_StillRefusesAnotherAuthority()
    {
        using Link link = Link.InMemory();
        Show(link, Certificates.OfOtherAuthority);
        link.ClientOptions.HostName = "";
        Assert.AreEqual(TlsVerifyFlags.NotTrusted, link.ConnectInVain().ClientFailure!.Flags);
    }

    [TestMethod]
    public void Connect_NoHostName_Fails()
    {
        using Link link = Link.InMemory(null!);
        (SocketException thrown, _, TlsFailure? failure, _) = link.ConnectInVain();
        Assert.AreEqual(TlsVerifyFlags.NameMismatch, failure!.Flags);
        StringAssert.Contains(thrown.Message, "there is no host name to check the certificate of CN=server.test against");
    }

    [TestMethod]
    public void Connect_AddressAsName_IsFoundInTheCertificate()
    {
        using Link link = Link.InMemory("127.0.0.1");
        link.Connect();
    }

    [TestMethod]
    public void Connect_SelfSignedThatIsGiven_IsTrusted()
    {
        using Link link = Link.InMemory();
        Show(link, Certificates.SelfSigned);
        link.ClientOptions.CaCertificates = Certificates.SelfSigned.CertificatePem;
        link.Connect();
    }

    [TestMethod]
    public void Connect_SeveralAuthorities_TrustsEach()
    {
        using Link link = Link.InMemory();
        link.ClientOptions.CaCertificates =
            [.. Certificates.OtherAuthority.CertificatePem, .. Certificates.Authority.CertificatePem];
        link.Connect();
    }

    [TestMethod]
    [DataRow("pem")]
    [DataRow("der")]
    [DataRow("one")]
    [DataRow("password")]
    [DataRow("sec1")]
    public void Connect_KeyInEachForm_IsRead(string form)
    {
        using Link link = Link.InMemory();
        Credential server = Certificates.Server;
        link.ClientOptions.CaCertificates = form == "der" ? Certificates.Authority.Certificate.RawData : Certificates.Authority.CertificatePem;
        link.ServerOptions.Certificate = form == "der" ? server.Certificate.RawData
            : form == "one" ? [.. server.CertificatePem, .. server.KeyPem] : server.CertificatePem;
        link.ServerOptions.Password = form == "password" ? "secret" : null!;
        link.ServerOptions.PrivateKey = form switch
        {
            "der" => server.Key.ExportPkcs8PrivateKey(),
            "one" => null!,
            "sec1" => server.Key.ExportECPrivateKey(),
            "password" => Encoding.ASCII.GetBytes(server.Key.ExportEncryptedPkcs8PrivateKeyPem("secret",
                new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10000))),
            _ => server.KeyPem,
        };
        link.Connect();
    }

    [TestMethod]
    public void Accept_NoCertificate_FailsInWords()
    {
        using Link link = Link.InMemory();
        link.ServerOptions.Certificate = null!;
        (_, int server, _, TlsFailure? failure) = link.ConnectInVain();
        Assert.AreEqual(-(int)Errno.EINVAL, server);
        StringAssert.Contains(failure!.Text, "a TLS server needs a certificate and its private key");
    }

    [TestMethod]
    public void Accept_KeyOfAnotherCertificate_FailsInWords()
    {
        using Link link = Link.InMemory();
        link.ServerOptions.PrivateKey = Certificates.Client.KeyPem;
        (_, int server, _, TlsFailure? failure) = link.ConnectInVain();
        Assert.AreEqual(-(int)Errno.EINVAL, server);
        StringAssert.Contains(failure!.Text, "a certificate or private key cannot be read");
    }

    [TestMethod]
    public void Connect_GarbageAsAuthority_FailsInWords()
    {
        using Link link = Link.InMemory();
        link.ClientOptions.CaCertificates = [1, 2, 3];
        SocketException thrown = link.ConnectInVain().Client;
        Assert.AreEqual(Errno.EINVAL, thrown.Errno);
        StringAssert.Contains(thrown.Message, "a certificate or private key cannot be read");
    }

    [TestMethod]
    public void Accept_GoodClientCertificate_LetsItIn()
    {
        using Link link = AskingForCertificates();
        link.ClientOptions.Certificate = Certificates.Client.CertificatePem;
        link.ClientOptions.PrivateKey = Certificates.Client.KeyPem;
        (Socket client, Socket server) = link.Connect();
        client.Send([7]);
        Assert.AreEqual(1, server.Receive(new byte[1]));
    }

    [TestMethod]
    public void Accept_NoClientCertificate_IsRefused()
    {
        using Link link = AskingForCertificates();
        (_, int server, _, TlsFailure? failure) = link.ConnectInVain();
        Assert.AreEqual(-(int)Errno.ECONNABORTED, server);
        Assert.AreEqual(TlsVerifyFlags.Missing, failure!.Flags);
        StringAssert.Contains(failure.Text, "the client showed no certificate");
    }

    [TestMethod]
    public void Accept_ClientCertificateOfAnotherAuthority_IsRefused()
    {
        using Link link = AskingForCertificates();
        Credential stranger = Certificates.Make("stranger", [], Certificates.OtherAuthority, usage: "1.3.6.1.5.5.7.3.2");
        link.ClientOptions.Certificate = stranger.CertificatePem;
        link.ClientOptions.PrivateKey = stranger.KeyPem;
        (_, int server, _, TlsFailure? failure) = link.ConnectInVain();
        Assert.AreEqual(-(int)Errno.ECONNABORTED, server);
        Assert.AreEqual(TlsVerifyFlags.NotTrusted, failure!.Flags, failure.Text);
    }

    [TestMethod]
    public void Accept_CertificateForServersShownByAClient_IsRefused()
    {
        using Link link = AskingForCertificates();
        link.ClientOptions.Certificate = Certificates.Server.CertificatePem;
        link.ClientOptions.PrivateKey = Certificates.Server.KeyPem;
        TlsFailure? failure = link.ConnectInVain().ServerFailure;
        Assert.AreEqual(TlsVerifyFlags.WrongUsage, failure!.Flags, failure.Text);
    }

    [TestMethod]
    public void Connect_NoVersionInCommon_SaysSo()
    {
        using Link link = Link.InMemory();
        link.ClientOptions.Protocols = TlsProtocols.Tls12;
        link.ServerOptions.Protocols = TlsProtocols.Tls13;
        (SocketException thrown, int server, TlsFailure? client, TlsFailure? accepted) = link.ConnectInVain();
        Assert.AreEqual(-(int)Errno.ECONNABORTED, server);
        StringAssert.Contains(accepted!.Text + thrown.Message, "in common");
        Assert.AreEqual(Errno.ECONNABORTED, client!.Errno);
    }

    [TestMethod]
    public void Connect_NoApplicationProtocolInCommon_SaysSo()
    {
        using Link link = Link.InMemory();
        link.ClientOptions.ApplicationProtocols = ["a"];
        link.ServerOptions.ApplicationProtocols = ["b"];
        (SocketException thrown, _, TlsFailure? client, _) = link.ConnectInVain();
        Assert.AreEqual(120, client!.Alert, thrown.Message);
        StringAssert.Contains(thrown.Message, "no application protocol in common");
    }

    private static Link AskingForCertificates()
    {
        Link link = Link.InMemory();
        link.ServerOptions.ClientVerification = TlsVerification.Required;
        link.ServerOptions.CaCertificates = Certificates.Authority.CertificatePem;
        return link;
    }

    private static void Show(Link link, Credential credential)
    {
        link.ServerOptions.Certificate = credential.CertificatePem;
        link.ServerOptions.PrivateKey = credential.KeyPem;
    }

    private static Credential Bad(string which) => which switch
    {
        "expired" => Certificates.Expired,
        "early" => Certificates.NotYetValid,
        "host" => Certificates.OtherHost,
        "authority" => Certificates.OfOtherAuthority,
        _ => Certificates.SelfSigned,
    };
}
