namespace IoTNet.Tests.Tls;

/// <summary>The openssl command as the peer.</summary>
internal sealed class OpenSsl : Peer
{
    public OpenSsl()
        : base("openssl", "openssl")
    {
    }

    public string CertificateFile(Credential credential) => File(Guid.NewGuid() + ".crt", credential.CertificateText);

    public string KeyFile(Credential credential) => File(Guid.NewGuid() + ".key", credential.KeyText);

    /// <summary>A server; gives its port on 127.0.0.1 once it listens.</summary>
    public int Serve(Credential credential, params string[] more)
    {
        // Port 0 is told in the line ACCEPT.
        Start(["s_server", "-accept", "127.0.0.1:0", "-cert", CertificateFile(credential), "-key", KeyFile(credential), .. more]);
        string line = Await(text => text.StartsWith("ACCEPT ", StringComparison.Ordinal));
        return int.Parse(line[(line.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A client, which ends the connection when its input ends.</summary>
    public void Connect(int port, params string[] more) => Start(["s_client", "-connect", "127.0.0.1:" + port, .. more]);
}
