using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

#nullable enable
namespace IoTNet.Tests.Tls;

/// <summary>A certificate and its key, as the library takes them.</summary>
internal sealed record Credential(X509Certificate2 Certificate, ECDsa Key)
{
    public string CertificateText => Certificate.ExportCertificatePem() + "\n";

    public string KeyText => Key.ExportPkcs8PrivateKeyPem() + "\n";

    public byte[] CertificatePem => Encoding.ASCII.GetBytes(CertificateText);

    public byte[] KeyPem => Encoding.ASCII.GetBytes(KeyText);
}

/// <summary>Certificates made when they are needed: a CA, and what it signs.</summary>
internal static class Certificates
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    public static readonly Credential Authority = MakeAuthority("IoTNet test CA");

    public static readonly Credential OtherAuthority = MakeAuthority("another CA");

    /// <summary>A server at "server.test", "localhost" and 127.0.0.1.</summary>
    public static readonly Credential Server = Make("server.test", ["server.test", "localhost"], Authority);

    public static readonly Credential Client = Make("a client", [], Authority, usage: ClientUsage);

    public static readonly Credential Expired = Make("old.test", ["server.test"], Authority, from: -20, to: -10);

    public static readonly Credential NotYetValid = Make("new.test", ["server.test"], Authority, from: 10, to: 20);

    public static readonly Credential OtherHost = Make("other.test", ["other.test", "www.other.test"], Authority);

    public static readonly Credential OfOtherAuthority = Make("server.test", ["server.test"], OtherAuthority);

    public static readonly Credential SelfSigned = Make("server.test", ["server.test"], null);

    public static Credential MakeAuthority(string name)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new(request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30)), key);
    }

    /// <param name="issuer">Null: it signs itself.</param>
    public static Credential Make(string name, string[] hosts, Credential? issuer, int from = -5, int to = 5, string usage = ServerUsage)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (hosts.Length > 0)
        {
            SubjectAlternativeNameBuilder names = new();
            foreach (string host in hosts)
            {
                names.AddDnsName(host);
            }

            names.AddIpAddress(System.Net.IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        DateTimeOffset begin = DateTimeOffset.UtcNow.AddDays(from);
        DateTimeOffset end = DateTimeOffset.UtcNow.AddDays(to);
        if (issuer == null)
        {
            return new(request.CreateSelfSigned(begin, end), key);
        }

        byte[] serial = RandomNumberGenerator.GetBytes(12);
        serial[0] &= 0x7F;
        using X509Certificate2 signed = request.Create(
            issuer.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer.Key), begin, end, serial);
        return new(X509CertificateLoader.LoadCertificate(signed.RawData), key);
    }
}
