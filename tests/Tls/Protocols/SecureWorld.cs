using IoTNet.Boards;

namespace IoTNet.Tests.Tls.Protocols;

/// <summary>An event loop over TLS on this machine's network, run by the test's own thread, and what both ends are secured
/// with.</summary>
internal sealed class SecureWorld : IDisposable
{
    private readonly SystemNetStack _host = new();

    public SecureWorld()
    {
        Stacks = new NetworkStack(new TlsStack(_host, new SslStreamProvider()), null);
        Loop = new EventLoop(Stacks);
        Loop.Error += (_, error) => Errors.Add(error);
    }

    public NetworkStack Stacks { get; }

    public EventLoop Loop { get; }

    /// <summary>What handlers threw and nobody else took.</summary>
    public List<Exception> Errors { get; } = [];

    /// <summary>For servers.</summary>
    public TlsOptions Server { get; } = new() { Certificate = Certificates.Server.CertificatePem, PrivateKey = Certificates.Server.KeyPem };

    /// <summary>For clients that know the servers' CA.</summary>
    public TlsOptions Client { get; } = new() { CaCertificates = Certificates.Authority.CertificatePem };

    /// <summary>For clients that know another one.</summary>
    public TlsOptions Stranger { get; } = new() { CaCertificates = Certificates.OtherAuthority.CertificatePem };

    /// <summary>The port of an address.</summary>
    public static int PortOf(string address) =>
        int.Parse(address[(address.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Runs the loop until something is so.</summary>
    public void Until(Func<bool> isSo, Func<string> orElse)
    {
        long end = Environment.TickCount64 + Link.PatienceMs;
        while (!isSo())
        {
            Loop.RunOnce(5);
            Assert.IsLessThan(end, Environment.TickCount64, orElse() + string.Concat(Errors.Select(e => "\n" + e)));
        }
    }

    /// <summary>Every socket must be given back, and nothing thrown.</summary>
    public void AssertClosed()
    {
        Until(() => _host.OpenSockets == 0, () => _host.OpenSockets + " sockets are left open");
        Assert.IsEmpty(Errors, string.Join("\n", Errors));
    }

    public void Dispose() => Loop.Close();
}
